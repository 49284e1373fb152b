"""Who pays is no owner; years of work are no years of insurance."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from dialogs.data import parse
from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
SUPERIORS = ("老板娘", "厂长", "车间主任", "经理", "包工头")
ANYONE = ("老板", "厂头", *SUPERIORS, "我哥", "老公", "我姐夫", "王师傅")
NAMES = {"社保": "social_insurance_months", "公积金": "housing_fund_months"}
WORKED = ("", "做扣子七年了", "在桥头镇做扣子七年了", "在瓯北鞋厂做了十二年", "在厂里干了十二年")


def told(text: str) -> dict[str, object]:
    return dict(hear(None, Said(text), TODAY).facts)


def test_a_superior_behind_what_is_paid_owns_nothing() -> None:
    for name, superior in product(NAMES, SUPERIORS):
        text = f"{name}{superior}交了三年"
        assert told(text).get(NAMES[name]) == 36, text


def test_anyone_who_pays_for_one_owns_nothing() -> None:
    for person, frame in product(
        ANYONE, ("社保{}给交了三年", "社保{}给我交了三年", "{}给交了三年社保")
    ):
        assert told(frame.format(person)) == {"social_insurance_months": 36}, (person, frame)


def test_years_of_work_are_no_insurance_and_no_residence() -> None:
    for work, payer in product(WORKED, ("", "厂里给", "厂头给我", "老板娘给", "老板给")):
        text = f"{work}社保{payer}交了三年"
        assert told(text) == {"social_insurance_months": 36}, text


def test_a_superior_of_whom_it_is_told_owns_it() -> None:
    for superior in ("厂长", "车间主任", "经理"):
        for text in (f"{superior}社保交了三年", f"社保{superior}交了三年，我交了两年"):
            assert told(text).get("social_insurance_months") != 36, text
    assert "social_insurance_months" not in told("社保我哥交了三年")


def test_one_who_works_at_the_firm_owns_it_and_the_speaker_their_own() -> None:
    for hand, name in product(("焊工", "木工", "质检员", "班长"), NAMES):
        for firm in ("我们厂", "我们厂的", "居住证有，我们工地"):
            text = f"{firm}{hand}{name}交了三年"
            assert NAMES[name] not in told(text), text
        for lead in ("我是我们厂", "我在我们厂做"):
            text = f"{lead}{hand}，{name}交了三年"
            assert told(text).get(NAMES[name]) == 36, text
    assert told("我们厂打工社保交了三年") == {"social_insurance_months": 36}


SWEEP = parse(Path(__file__).with_name("payers.yaml").read_text("utf-8"))
PEOPLE = [noun for kind in ("kin", "superiors", "names", "trades") for noun in SWEEP[kind]]


@pytest.mark.parametrize("frame", SWEEP["mine"], ids=lambda one: one["text"])
def test_any_noun_that_pays_for_one_owns_nothing(frame: dict[str, Any]) -> None:
    """170 nouns in 16 frames. First run: 510 of 2,848 missed; now 46, at most 1 in 15 of a
    frame. What is missed is asked back, and no other value is taken."""
    question = questions()[frame["asked"]] if frame["asked"] else None
    nouns = [*PEOPLE, *SWEEP["firms"]]
    assert len(nouns) >= 150
    missed = []
    for noun in nouns:
        heard = hear(question, Said(frame["text"].format(noun=noun)), TODAY).facts
        if heard.get(frame["fact"]) != frame["value"]:
            missed.append((noun, heard))
    assert len(missed) <= len(nouns) / 15, missed
    assert [one for one in missed if one[1].get(frame["fact"]) is not None] == []


@pytest.mark.parametrize("frame", SWEEP["not_mine"], ids=lambda one: one["text"])
def test_anyone_who_only_has_it_owns_it(frame: dict[str, Any]) -> None:
    """First run: 62 of 720 were recorded as one's own."""
    texts = [frame["text"].format(noun=noun) for noun in PEOPLE]
    assert [text for text in texts if told(text).get(frame["fact"])] == []
