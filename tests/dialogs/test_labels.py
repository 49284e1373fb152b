"""The answers to tap: keys in the flow, labels in the template."""

from pathlib import Path

import pytest
from jinja2 import Environment

from dialogs import labels
from dialogs.labels import Key, Texts, choices, lines
from dialogs.match_choice import bare

FOLDER = Path(__file__).parents[2] / "templates" / "chat"
ASKED = sorted(path for path in FOLDER.rglob("*.txt") if path.name != "_choices.txt")
"""What a folder shares is not all on offer together."""


@pytest.fixture
def chat(tmp_path):
    """Templates of a chat with one message, and what its folder shares."""
    tmp_path.joinpath("a").mkdir()
    tmp_path.joinpath("a/_choices.txt").write_text("▸ stop 算了 | 不要 不用\n", "utf-8")
    tmp_path.joinpath("a/ask.txt").write_text(
        "{{ place }}，去吗？\n▸ yes 去 | 好 行\n▸ day {{ one }}号 | {{ '最早' if first }}\n",
        "utf-8",
    )
    return Environment(loader=Texts(tmp_path), autoescape=False)


def test_a_flow_names_the_keys_and_a_template_the_words(chat):
    keys = ["yes", Key("25", "day", {"one": 25, "first": True}), "stop"]
    offered = list(choices(labels.read(chat, "a/ask"), keys, "go", {}))
    assert [(one.number, one.label, one.tap, one.aliases) for one in offered] == [
        (1, "去", "go.yes", ("好", "行")),
        (2, "25号", "go.25", ("最早",)),
        (3, "算了", "go.stop", ("不要", "不用")),
    ]


def test_what_a_message_tells_is_never_an_answer(chat):
    """An address of the office, typed with a line that looks like one."""
    text = chat.get_template("a/ask.txt").render(place="县里\n▸ yes 是")
    assert text == "县里\n▸ yes 是，去吗？"
    assert [one.label for one in choices(labels.read(chat, "a/ask"), ["yes"], "go", {})] == ["去"]


@pytest.mark.parametrize("path", ASKED, ids=lambda path: path.stem)
def test_no_word_stands_for_two_answers_of_a_message(path):
    named = {
        (bare(word), key)
        for key, label, words in lines(path.read_text("utf-8"))
        for word in (label, *words.split())
        if "{" not in label + words
    }
    assert len(dict(named)) == len(named)


def test_each_label_is_that_of_a_key_in_a_flow():
    code = "".join(
        path.read_text("utf-8") for path in (FOLDER.parents[1] / "dialogs").rglob("*.py")
    )
    for path in FOLDER.rglob("*.txt"):
        for key, _, _ in lines(path.read_text("utf-8")):
            assert f'"{key}"' in code, path.name
