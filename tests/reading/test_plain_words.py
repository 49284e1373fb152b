"""What people read is short and plain: sentences of at most 25 characters, made of the 2,500 common
characters and the rules' own terms.

Counted in the templates as they are written: a value that is filled in counts as two characters,
so does the name of a document, which cannot be shortened;
what stands between two tags of Jinja as a sentence of its own. A colon or semicolon ends one, too.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from dialogs.questions import questions

LONGEST = 25
ROOT = Path(str(files("templates")))
CHARACTER = re.compile(r"[一-鿿]")
COUNTED = re.compile(r"[一-鿿]|[A-Za-z0-9.]{1,80}")
SENTENCE_END = re.compile(r"[。？！；：\n]")
FILLED_IN, TAG, REMARK = "某某", "\n", ""
JINJA = [
    (re.compile(r"\{#[^#]*#\}"), REMARK),
    (re.compile(r"\{%[^%]*%\}"), TAG),
    (re.compile(r"\{\{(?:[^}]|\}[^}]){0,400}\}\}"), FILLED_IN),
]
DOCUMENT = re.compile(r"《[^》]{1,60}》|[一-鿿]{2,8}〔\d{4}〕 ?\d{1,4} 号")
SOURCE = re.compile(r"\[[a-z_, ]{2,60}\] ?")
WITHIN = re.compile(r"</?(?:a|b|strong|span|small|br|code)\b[^>]*>")
ANY_TAG = re.compile(r"<[^>]+>")
NAMES = frozenset("钮浏焊")  # 按钮, 浏览器, 焊工证: of things that have no other name


def texts() -> Iterator[tuple[str, str]]:
    """What citizens read, by its place; the simulator and the command line are not theirs."""
    for path in sorted(ROOT.glob("pages/*.html")):
        if "simulator" not in path.name:
            shown = WITHIN.sub("", without_jinja(path.read_text(encoding="utf-8")))
            yield path.name, ANY_TAG.sub("\n", shown)
    for path in sorted(ROOT.glob("chat/**/*.txt")):
        if "cli" not in path.parts:
            yield str(path.relative_to(ROOT)), without_jinja("\n".join(map(said, lines(path))))
    for path in sorted(Path(str(files("scoring"))).glob("counties/*/faq/*.txt")):
        yield path.name, without_jinja("\n".join(map(said, lines(path))))
    for question in questions().values():
        labels = [one.label for one in (*question.choices.values(), *question.ticks.values())]
        yield question.id, "\n".join([question.title, question.ask, question.why, *labels])


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def said(line: str) -> str:
    """Without the other ways to say an answer, the address of a link and the marks of sources."""
    shown = line.partition("|")[0] if line.startswith("▸") else line
    return SOURCE.sub("", shown)


def without_jinja(text: str) -> str:
    for pattern, instead in JINJA:
        text = pattern.sub(instead, text)
    return text


def own_terms() -> frozenset[str]:
    """The characters of the rules themselves: 缴纳, 租赁, 表彰, 驿站."""
    rules = Path(str(files("scoring"))).glob("counties/**/*.yaml")
    return frozenset(CHARACTER.findall("".join(one.read_text(encoding="utf-8") for one in rules)))


def common() -> frozenset[str]:
    listed = Path(__file__).with_name("common_characters.txt").read_text(encoding="utf-8")
    return frozenset(CHARACTER.findall("".join(listed.splitlines()[3:])))


def test_sentences_are_short() -> None:
    long = [
        f"{place}: {sentence.strip()}"
        for place, text in texts()
        for sentence in SENTENCE_END.split(text)
        if len(COUNTED.findall(DOCUMENT.sub(FILLED_IN, sentence))) > LONGEST
    ]
    assert long == []


def test_characters_are_common() -> None:
    known = common() | own_terms() | NAMES
    assert len(common()) == 2504
    rare = {f"{place}: {one}" for place, text in texts() for one in CHARACTER.findall(text)}
    assert sorted(one for one in rare if one[-1] not in known) == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("{% if a %}有{{ b }}分。{% endif %}", ["有某某分"]),
        ("▸ yes 好的 | 行 可以", ["▸ yes 好的 "]),
        ("算不算？[note]看{# 说明 #}当年通知", ["算不算", "看当年通知"]),
    ],
)
def test_what_counts_as_a_sentence(text: str, sentences: list[str]) -> None:
    found = SENTENCE_END.split(without_jinja(said(text)))
    assert [one for one in found if one.strip()] == sentences
