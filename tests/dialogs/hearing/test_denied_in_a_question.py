"""谁给我交, 没人给我交, 捐啥捐: a denial in the form of a question, or by naming nobody."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
PAID = [
    f"{lead}{who}{given}{verb}{end}"
    for lead in ("", "我打零工的，", "跑外卖的，")
    for who, given, end in (("谁", "给我", "啊"), ("没人", "给我", ""), ("没有人", "帮我", "过"))
    for verb in ("交", "买")
]
GIVEN = {
    "charity": ("捐啥捐", "捐什么捐哦", "自己都吃不饱捐啥捐"),
    "blood": ("献啥献", "怕得要死献什么献"),
    "law_study": ("没听过这个", "没听说过"),
    "political": ("哪有那本事", "哪来的本事"),
    "talent": ("我哪算什么人才", "哪里算得上什么人才"),
}


@pytest.mark.parametrize("asked", ["social_insurance", "housing_fund"])
@pytest.mark.parametrize("text", PAID)
def test_nothing_was_paid(asked: str, text: str) -> None:
    question = questions()[asked]
    assert hear(question, Said(text), TODAY).facts.get(question.facts[0]) == 0


@pytest.mark.parametrize(
    ("asked", "text"), [(q, one) for q, texts in GIVEN.items() for one in texts]
)
def test_nothing_is_there(asked: str, text: str) -> None:
    question = questions()[asked]
    assert hear(question, Said(text), TODAY).facts.get(question.facts[0]) in (0, "none")


@pytest.mark.parametrize("text", ["谁给我交社保", "社保谁给交的", "没人告诉我要交"])
def test_who_pays_may_be_a_question(text: str) -> None:
    assert "housing_fund_months" not in hear(None, Said(text), TODAY).facts
