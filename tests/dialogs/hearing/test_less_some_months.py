"""七年差三个月 is a figure; 还差三个月 is what is missing."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
YEARS = {"两年": 24, "七年": 84, "10年": 120, "四年半": 54}
LESS = {"差一个月": 1, "少两个月": 2, "缺3个月": 3}


def test_years_less_some_months() -> None:
    for years, less in product(YEARS, LESS):
        heard = hear(questions()["social_insurance"], Said(years + less), TODAY)
        assert heard.facts == {"social_insurance_months": YEARS[years] - LESS[less]}, years + less


@pytest.mark.parametrize(
    "text", ["五年还差三个月", "差两个月就满五年", "五年差两个月就满了", "差不多五年"]
)
def test_what_is_still_missing_is_asked_back(text: str) -> None:
    assert hear(questions()["social_insurance"], Said(text), TODAY).facts == {}
