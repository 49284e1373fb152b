"""没断过两年 says how long no pause was, and not how long it was paid."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
NAMES = {"social_insurance": "社保", "housing_fund": "公积金"}
NEVER = ("没断过", "从没断过", "从来没断过", "没停过", "没有断过", "没断")
LENGTHS = ("", "两年", "三个月", "超过一年", "半年以上")


@pytest.mark.parametrize("asked", NAMES)
def test_the_length_of_no_pause_is_not_recorded(asked: str) -> None:
    fact = questions()[asked].facts[0]
    for name, never, length in product(("", NAMES[asked]), NEVER, LENGTHS):
        heard = hear(questions()[asked], Said(name + never + length), TODAY)
        assert fact not in {*heard.facts, *heard.confirm}, name + never + length


@pytest.mark.parametrize("asked", NAMES)
def test_the_figure_beside_it_is(asked: str) -> None:
    fact = questions()[asked].facts[0]
    for never, frame in product(
        NEVER, ("{}，五年了", "五年{}", "五年{}两个月", "交了五年，{}三个月")
    ):
        heard = hear(questions()[asked], Said(frame.format(never)), TODAY)
        assert heard.facts == {fact: 60}, frame.format(never)
