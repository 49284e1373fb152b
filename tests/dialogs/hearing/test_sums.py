"""Two figures with a plus between them: what they come to is offered, none of them is recorded."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
PLUS = ("+", " + ", "＋", "加")
MONTHS = ("{a}个月{plus}{b}个月", "{a}{plus}{b}个月")
NAMED = {
    "social_insurance_months": ("社保", MONTHS),
    "housing_fund_months": ("公积金", MONTHS),
    "blood_donations": ("献血", ("{a}次{plus}{b}次", "{a}{plus}{b}次")),
    "charity_yuan": ("慈善捐款", ("{a}元{plus}{b}元", "{a}{plus}{b}元")),
}


@pytest.mark.parametrize("fact", NAMED)
def test_a_sum_is_offered(fact: str) -> None:
    name, frames = NAMED[fact]
    for frame, plus, behind in product(frames, PLUS, ("", "，大专")):
        text = name + frame.format(a=40, b=31, plus=plus) + behind
        heard = hear(None, Said(text), TODAY)
        assert fact not in heard.facts, text
        assert heard.confirm[fact].choices[0] == 71, text


@pytest.mark.parametrize("said", ["40+31", "40+31个月", "40个月加31个月", "3年+35个月", "三年+35"])
def test_a_sum_answers_the_question(said: str) -> None:
    heard = hear(questions()["social_insurance"], Said(said), TODAY)
    assert not heard.facts
    assert heard.confirm["social_insurance_months"].choices[0] == 71


@pytest.mark.parametrize("text", ["社保42个月+公积金20个月", "公积金20个月+大专+社保42个月"])
def test_a_list_with_plus_signs_is_no_sum(text: str) -> None:
    facts = hear(None, Said(text), TODAY).facts
    assert (facts["social_insurance_months"], facts["housing_fund_months"]) == (42, 20)
