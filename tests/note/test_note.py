"""The county's drafting note, whole: every sentence is told somewhere, every place that is cited is
in it, and its words of scope stand wherever its figures do."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dialogs.data import parse
from dialogs.faq import answer, topics
from dialogs.questions import questions
from dialogs.region.background import background
from scoring import Ruleset, load_ruleset
from scoring.rulefile.values import SourceRef

HERE = Path(__file__).parent
NOTE = (HERE / "note.txt").read_text("utf-8")
SENTENCES = [
    sentence.strip()
    for line in NOTE.splitlines()
    for sentence in re.split(r"(?<=[。；])", line)
    if sentence.strip()
]
TABLE: list[dict[str, Any]] = parse((HERE / "sentences.yaml").read_text("utf-8"))
ON = date(2026, 11, 23)
RULES = {"now": load_ruleset("yongjia-2022"), "before": load_ruleset("yongjia-original")}
TOLD = {name: rules.told(ON) for name, rules in RULES.items()}
BACKGROUND = "\n".join(
    text
    for section in background().sections
    for text in (section.heading, *(one.text for one in section.statements))
)


def test_every_sentence_is_in_the_table() -> None:
    assert [row["n"] for row in TABLE] == list(range(1, len(SENTENCES) + 1))
    for row, sentence in zip(TABLE, SENTENCES, strict=True):
        assert sentence.startswith(row["first"]), row["n"]
        assert len(row["first"]) <= 6
        assert row.keys() - {"n", "first"}, f"{row['n']} is told nowhere, and nobody says why"


EACH = pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['n']} {row['first']}")


@EACH
def test_a_sentence_is_told_on_the_page_and_in_the_answers(row: dict[str, Any]) -> None:
    for words in row.get("background", []):
        assert words in BACKGROUND
    for topic, told in row.get("topic", {}).items():
        text = answer(topic, RULES["now"], ON).text
        assert all(words in text for words in told), text


@EACH
def test_its_figures_are_those_of_the_rulesets(row: dict[str, Any]) -> None:
    for name in ("now", "before"):
        for path, value in row.get(name, {}).items():
            assert RULES[name].figure(path, ON).value == Decimal(str(value)), path
    for name, parts in row.get("rows", {}).items():
        for part, (categories, rows) in parts.items():
            stated = RULES[name].part(part).stated
            assert (stated.categories, stated.rows) == (categories, rows)


@EACH
def test_its_words_stand_with_the_rows(row: dict[str, Any]) -> None:
    for item, words in row.get("label", {}).items():
        assert all(words in TOLD[name].item(item).label for name in TOLD if has(name, item))
    for item, words in row.get("how", {}).items():
        assert words in str(TOLD["now"].item(item).change)
    for item, words in row.get("why", {}).items():
        change = TOLD["now"].item(item).change
        assert change is not None
        assert words in (change.reason or "")
    for id, words in row.get("scope", {}).items():
        thing = TOLD["now"].item(id) if has("now", id) else TOLD["now"].category(id)
        assert words in "".join(one.text for one in thing.scope)


def has(name: str, item: str) -> bool:
    return item in {one.id for one in RULES[name].items()}


def cited(rules: Ruleset) -> set[str]:
    """Every place of the note that a ruleset cites."""
    found: set[str] = set()

    def look(thing: Any) -> None:
        if isinstance(thing, SourceRef) and thing.document == "note":
            found.add(thing.place)
        for value in vars(thing).values() if hasattr(thing, "__dict__") else ():
            for one in value.values() if isinstance(value, dict) else _each(value):
                look(one)

    look(rules)
    return found


def _each(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)


PLACES = sorted(
    set().union(*(cited(rules) for rules in RULES.values()))
    | {one.source.place for s in background().sections for one in s.statements} - {"制定依据"}
    | {s.place for topic in topics().values() for s in topic.sources if s.of == "note"}
)


def bare_of(text: str) -> str:
    """Without spaces, and with one kind of brackets: the note mixes them."""
    return re.sub(r"\s", "", text).replace("(", "（")


@pytest.mark.parametrize("place", PLACES)
def test_a_cited_place_is_in_the_note(place: str) -> None:
    """Pieces between …… (something is left out) or after a heading's colon stand in it in order."""
    note, at = re.sub(r"\s", "", NOTE).replace("(", "（"), 0
    for piece in re.split(
        "……|、(?=职业技能$)|(?<=：)", re.sub(r"\s|（硕士）", "", place).replace("(", "（")
    ):
        bare = piece.rstrip("：")
        found = note.find(bare, at)
        assert found >= 0, bare
        at = found + len(bare)


def stated() -> list[Any]:
    """Every number that a ruleset says the note states, with the words it cites."""
    found = {}
    for name, rules in RULES.items():
        for figure in rules.figures(ON).values():
            for one in figure.readings or (figure,):
                sure = one.status == "stated" and one.source.document == "note"
                if sure and isinstance(one.value, Decimal):
                    key = f"{name} {figure.path} {one.value.normalize():f}"
                    found[key] = pytest.param(one.value, one.source.place, id=key)
    return list(found.values())


@pytest.mark.parametrize(("value", "place"), stated())
def test_a_stated_number_stands_in_the_words_that_are_cited(value: Decimal, place: str) -> None:
    assert value in [Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", place)]


@pytest.mark.parametrize("name", RULES)
def test_that_only_the_highest_counts_is_nowhere_stated(name: str) -> None:
    ways = {f.path: f for f in RULES[name].figures(ON).values() if f.value == "highest"}
    assert ways
    assert {figure.status for figure in ways.values()} == {"inferred"}


SCOPE = {
    "owned_home": ("自购", ("own_home_points",), "home"),
    "donor_registration": ("本县", ("donor_points",), "welfare"),
    "donation": ("直系亲属", ("donor_points",), "welfare"),
    "blood_donations": ("本县", ("blood_points", "blood_elsewhere"), "blood"),
    "volunteer_services": ("本县", ("volunteer_points",), "volunteer"),
    "charity": ("累计", ("charity_points",), "charity"),
    "law_study": ("在本县工作期间", ("law_study_points",), "law_study"),
    "legal_representative": ("我县", ("legal_representative_points",), "county"),
    "red_station_service": ("县新居民", ("other_activity_points",), "county"),
}
"""The note's words of scope: where they must stand, or words that mean the same in the chat."""
SAME = {
    "自购": ("自购", "自己买"),
    "本县": ("本县", "永嘉"),
    "我县": ("我县", "永嘉"),
    "在本县工作期间": ("在本县工作期间", "在永嘉工作期间"),
    "县新居民": ("县新居民", "县里"),
}


@pytest.mark.parametrize("item", SCOPE)
def test_a_word_of_scope_stands_on_page_tick_and_answer(item: str) -> None:
    word, told_in, question = SCOPE[item]
    for name in TOLD:
        assert word in TOLD[name].item(item).label
    asked = questions()[question]
    lines = (
        asked.ask,
        asked.why,
        *(one.label for one in (*asked.ticks.values(), *asked.choices.values())),
    )
    for text in ("".join(lines), *(answer(topic, RULES["now"], ON).text for topic in told_in)):
        assert any(way in text for way in SAME.get(word, (word,))), text
