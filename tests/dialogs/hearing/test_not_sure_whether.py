"""Whether something is so, where one does not know it oneself, tells nothing."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
DOUBTS = ("我不确定", "不知道", "记不清", "拿不准", "不太清楚")
WHETHER = (
    *("有没有献过血", "自己是否属于E类人才", "有没有专利", "是不是党员", "算不算登记"),
    *("有没有参加过志愿服务", "是否签过合同"),
)


@pytest.mark.parametrize("doubt", DOUBTS)
def test_nothing_is_recorded(doubt: str) -> None:
    for whether, behind in product(WHETHER, ("", "，大专")):
        text = doubt + whether + behind
        left = {"education": "junior_college"} if behind else {}
        assert hear(None, Said(text), TODAY).facts == left, text


@pytest.mark.parametrize("text", ["不知道有没有分，献过两次血", "献过两次血，不知道算不算分"])
def test_what_is_known_counts(text: str) -> None:
    assert hear(None, Said(text), TODAY).facts == {"blood_donations": 2}


@pytest.mark.parametrize(
    ("question", "text", "offered"),
    [
        ("residence", "十来年了", (120,)),
        ("residence", "房子我自己买的，十来年了一直住", (120,)),
        ("rented", "十来年总有的", (10,)),
    ],
)
def test_some_ten_years_are_no_months(question: str, text: str, offered: tuple[int, ...]) -> None:
    asked = questions()[question]
    assert hear(asked, Said(text), TODAY).confirm[asked.facts[0]].choices == offered
