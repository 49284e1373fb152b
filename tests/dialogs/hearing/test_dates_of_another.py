"""When something else was had, told where months are asked for, is no answer."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
THINGS = (
    "居住证{date}办的",
    "{date}办的居住证",
    "{date}租的房",
    "房子{date}买的",
    "{date}拿的高级工证",
)
DATES = ("2020年3月", "2019年9月", "前年6月")
ASKED = {"social_insurance": "social_insurance_months", "housing_fund": "housing_fund_months"}


@pytest.mark.parametrize(("asked", "thing", "day"), list(product(ASKED, THINGS, DATES)))
def test_the_date_of_another_thing_is_no_figure(asked: str, thing: str, day: str) -> None:
    heard = hear(questions()[asked], Said(thing.format(date=day)), TODAY)
    assert ASKED[asked] not in heard.facts


@pytest.mark.parametrize(
    "text",
    ["社保2019年3月开始交的", "2019年3月开始交的，当时在租房", "有居住证，2019年3月开始交的"],
)
def test_the_date_of_what_is_asked_is_one(text: str) -> None:
    """From March 2019 to November 2026: 92 months."""
    heard = hear(questions()["social_insurance"], Said(text), TODAY)
    assert heard.facts["social_insurance_months"] == 92
