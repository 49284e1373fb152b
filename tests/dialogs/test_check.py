"""`xinshimin dialogs check`: nothing wrong as delivered, and every fault named with its fix."""

from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.dialogs import command
from dialogs.check import (
    fact_faults,
    length_faults,
    question_faults,
    reach_faults,
    word_faults,
)
from dialogs.commands import known_words
from dialogs.intents.wording import ways
from dialogs.questions import Answer, Question, Tick
from scoring import load_ruleset

RULES = load_ruleset("yongjia-2022")
DAY = date(2026, 11, 23)


def question(id: str = "q", **changes: Any) -> Question:
    plain: dict[str, Any] = {
        "id": id,
        "title": "题目",
        "ask": "问什么？",
        "why": "因为。",
        "retry": ("一", "二"),
        "fact": "volunteer_services",
        "sources": ("note",),
    }
    return Question.model_validate(plain | changes)


def test_everything_is_in_order() -> None:
    result = CliRunner().invoke(command, ["check"])
    assert result.exit_code == 0, result.output
    assert "are in order" in result.output


def test_the_command_names_what_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialogs.check.ways", lambda section: {"a": ["好"], "b": ["好！"]})
    monkeypatch.setattr("dialogs.check.topic_faults", lambda rules, on: ())
    result = CliRunner().invoke(command, ["check"])
    assert result.exit_code == 1
    assert "intents.yaml: “好” belongs to a and b; keep it at one" in result.output
    assert "1 to fix" in result.output


def test_every_reserved_word_does_something() -> None:
    assert {*ways("words"), *ways("phrases"), *ways("demands")} == known_words()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (question(fact="volunteer_hours"), "there is no fact volunteer_hours"),
        (question(retry=("一",)), "two retry texts are needed"),
        (question(sources=()), "it names no source"),
        (question(sources=("gossip",)), "it names no source, or none known"),
        (
            question(sources=("practice",), why="合同要带上。"),
            "“合同要带上” is surer than its sources",
        ),
        (
            question(fact="talent_class", choices={"H": Answer(label="H 类")}),
            "the rules know no choice H of talent_class",
        ),
        (
            question(fact="talent_class", choices={"G": Answer(label="G 类")}),
            "talent_class can also be F; offer it",
        ),
        (
            question(choices={"a": Answer(label="有"), "b": Answer(label="有")}),
            "“有” belongs to a and b",
        ),
        (
            question(choices={"a": Answer(label="跳过")}),
            "“跳过” of a is the reserved word skip",
        ),
    ],
)
def test_question_faults(wrong: Question, words: str) -> None:
    assert any(words in fault.what for fault in question_faults(wrong))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ([question("a", after="b")], "it stands after b, which is no question"),
        ([question("b", after="a"), question("a")], "move it behind a"),
        (
            [question("a", fact=None, ticks={"x": Tick(label="甲")}), question("b", after="a")],
            "unreachable: no line of a opens it",
        ),
        (
            [question("a", fact=None, ticks={"x": Tick(label="甲", opens="b")}), question("b")],
            "write after: a",
        ),
        (
            [question("a", fact=None, ticks={"x": Tick(label="甲", opens="z")})],
            "a line opens z, which is no question",
        ),
    ],
)
def test_reach_faults(wrong: list[Question], words: str) -> None:
    assert any(words in fault.what for fault in reach_faults({one.id: one for one in wrong}))


def test_fact_faults() -> None:
    found = [fault.what for fault in fact_faults({"a": question("a"), "b": question("b")})]
    assert "volunteer_services is asked 2 times; once is enough" in found
    assert "nobody asks for birth_date; add a question" in found


def test_word_faults() -> None:
    assert "“好” belongs to a and b" in next(word_faults({"a": ["好"], "b": ["好！"]})).what


def test_length_faults() -> None:
    long = {str(n): Answer(label="很长的选项" * 10) for n in range(12)}
    assert (
        "Shorten its labels" in next(length_faults({"q": question(choices=long)}, RULES, DAY)).what
    )
