"""Whose a figure is: 150 ways to name a person, in 15 frames, and 60 words that name none.

The people, the words and the frames are a writer's who had not seen the code. First run of the
room as it was before: 33 of 53 relatives' figures were taken as one's own.
"""

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from dialogs.data import parse
from dialogs.interpret import hear
from dialogs.language.common_words import common_words
from dialogs.language.grammar import classes
from dialogs.questions import questions
from dialogs.utterance import Said

DATA = parse(Path(__file__).with_name("whose.yaml").read_text("utf-8"))
TODAY = date(2026, 11, 28)
PLAIN = ("{who}交了五年", "{who}社保五年", "{who}献过三次血")
"""Frames in which a payer, a time or a place may stand as well."""


def told(frame: dict[str, Any], who: str) -> tuple[dict[str, object], dict[str, object]]:
    """One's own facts, and those asked back, of a frame with this word in it."""
    asked = questions()[frame["asked"]] if frame["asked"] else None
    heard = hear(asked, Said(frame["text"].replace("{who}", who)), TODAY)
    facts = frame["facts"].keys()
    own = {fact: value for fact, value in heard.facts.items() if fact in facts}
    return own, {fact: why for fact, why in heard.confirm.items() if fact in facts}


@pytest.mark.parametrize("frame", DATA["frames"], ids=lambda one: one["text"])
def test_no_other_person_s_figure_becomes_one_s_own(frame: dict[str, Any]) -> None:
    assert len(DATA["people"]) >= 150
    taken = [who for who in DATA["people"] if told(frame, who)[0]]
    assert taken == []


@pytest.mark.parametrize(
    "frame", [one for one in DATA["frames"] if one["text"] in PLAIN], ids=lambda one: one["text"]
)
def test_payers_times_and_places_are_no_owners(frame: dict[str, Any]) -> None:
    """The figure is one's own: taken, or asked back where the word makes it uncertain (估计)."""
    assert len(DATA["payers_times_places"]) >= 60
    lost = [who for who in DATA["payers_times_places"] if not any(told(frame, who))]
    assert lost == []


@pytest.mark.parametrize("told_of", DATA["told_of_them"], ids=lambda one: one["fact"])
def test_a_bare_name_or_a_trade_is_another_person(told_of: dict[str, Any]) -> None:
    """强子有大专, 收租的也买了房: 60 of them in 8 frames."""
    frames = [
        {**told_of, "text": "{who}" + one, "facts": {told_of["fact"]: 0}}
        for one in told_of["frames"]
    ]
    assert len(DATA["bare_names_and_trades"]) >= 60
    taken = [
        (who, one["text"])
        for who in DATA["bare_names_and_trades"]
        for one in frames
        if told(one, who)[0]
    ]
    assert taken == []


@pytest.mark.parametrize("row", DATA["described_as_oneself"], ids=lambda one: one["text"])
def test_what_only_describes_names_no_other_person(row: dict[str, str]) -> None:
    assert row["fact"] in heard_alone(row["text"])


KIN = [word for word, kind in classes().items() if kind == "person" and len(word) == 1]
COMPOUNDS = [word for word in common_words() if len(word) > 1 and word[0] in "奶娃娘爷姑伯"]
"""奶茶, 奶粉: words that only begin as a relative's does; 他妈的 is one."""


def test_a_word_that_begins_as_a_relative_s_is_none() -> None:
    assert COMPOUNDS
    assert {word[0] for word in COMPOUNDS} <= {*KIN}
    shops = [f"我开{word}店的，社保五年" for word in COMPOUNDS]
    lost = [one for one in shops if "social_insurance_months" not in heard_alone(one)]
    assert lost == []
    assert "social_insurance_months" not in heard_alone("我奶有社保五年")


def heard_alone(text: str) -> dict[str, object]:
    return dict(hear(None, Said(text), TODAY).facts)


def test_the_speaker_from_somewhere_by_trade() -> None:
    for place, trade in product(("重庆万州", "贵州", "安徽阜阳"), ("钢筋工", "架子工", "缝纫工")):
        facts = heard_alone(f"我{place}的{trade}社保交了三年")
        assert facts.get("social_insurance_months") == 36, place + trade
        for other in (f"我隔壁的{trade}", f"有个{place}的{trade}"):
            assert "social_insurance_months" not in heard_alone(other + "社保交了三年"), other


@pytest.mark.parametrize(
    ("text", "employment"),
    [
        ("我儿子大专毕业，在宁波签了劳动合同，公积金也有，他那个能不能算到我头上", None),
        ("我女儿本科毕业，签了劳动合同", None),
        ("我儿子大专毕业，我签了劳动合同", ["labour_contract"]),
        ("我儿子大专毕业。签了劳动合同", ["labour_contract"]),
        ("我儿子上小学，签了劳动合同", ["labour_contract"]),
    ],
)
def test_a_contract_told_after_a_degree_is_the_child_s(
    text: str, employment: list[str] | None
) -> None:
    assert hear(None, Said(text), TODAY).facts.get("employment") == employment
