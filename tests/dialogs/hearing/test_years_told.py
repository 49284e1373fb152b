"""A year of the calendar is no length: 08年登记的, 登记是15年, 07年还是08年."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
BEFORE = ("", "就按", "应该", "登记是", "登记的话", "我是", "大概")
AFTER = ("", "吧", "嘛", "的", "登记的", "开始的", "的事了")


def told(asked: str, text: str) -> Refused | None:
    heard = hear(questions()[asked], Said(text), TODAY)
    assert not heard.facts, text
    return heard.answer if isinstance(heard.answer, Refused) else None


@pytest.mark.parametrize("asked", ["residence", "social_insurance", "housing_fund", "rented"])
def test_a_year_that_begins_with_a_nought_is_no_length(asked: str) -> None:
    """147 texts; where it is plain what began then, its month is asked for."""
    for year, before, after in product(("05", "07", "09"), BEFORE, AFTER):
        refusal = told(asked, f"{before}{year}年{after}")
        if refusal is not None:
            assert refusal.year == 2000 + int(year)
            assert not refusal.choices
        else:
            assert asked != "residence"
            assert "登记" in before + after


def test_when_it_began_is_no_length() -> None:
    for year, before, after in product((12, 15, 19), BEFORE[3:5], ("", "吧", "嘛")):
        refusal = told("residence", f"{before}{year}年{after}")
        assert refusal is not None
        assert refusal.year == 2000 + year


@pytest.mark.parametrize("text", ["登记的话应该07年还是08年吧", "07年08年吧", "07年或者08年登记的"])
def test_of_two_years_the_later_is_certain(text: str) -> None:
    refusal = told("residence", text)
    assert refusal is not None
    assert refusal.year == 2008


@pytest.mark.parametrize(
    ("text", "months"),
    [("登记15年了", 180), ("15年", 180), ("十五年", 180), ("登记有15年", 180), ("8年", 96)],
)
def test_a_length_stays_one(text: str, months: int) -> None:
    heard = hear(questions()["residence"], Said(text), TODAY)
    assert heard.facts == {"residence_months": months}
