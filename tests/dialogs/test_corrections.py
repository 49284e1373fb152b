"""What a person puts right takes the place of what was said first: 2023年9月，不对，是8月."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, agreed

TODAY = date(2026, 11, 23)
FRAMES = [
    *("{first}，不对，{second}", "{first}，不对，是{second}", "{first}，错了，是{second}"),
    *("{first}，说错了，{second}", "{first} 哦不 {second}", "{first}，应该是{second}"),
    *("{first}，啊不是，是{second}", "不是{first}，是{second}", "{first}，等一下，是{second}"),
    *("{first}记错了{second}", "{first}，不不不，{second}"),
]
CERTAIN = [
    ("residence", "2023年9月", "8月登记的", 39),  # 2023-08 to 2026-11
    ("residence", "2023年9月登记", "2022年9月", 50),
    ("residence", "2023年9月", "去年3月", 20),  # 2025-03 to 2026-11
    ("birth", "1990年5月", "1991年5月", "1991-05-01"),
    ("birth", "1990年5月", "6月", "1990-06-01"),
    ("education", "高中", "大专", "junior_college"),
    ("permit", "有居住证", "只有居住登记", "registration_only"),
    ("skill", "四级", "三级", "level_3"),
]
ONE_TAP = [
    ("residence", "50个月", "40个月", 40),
    ("social_insurance", "三年", "四年", 48),
    ("rented", "3年", "4年", 4),
    ("blood", "2次", "3次", 3),
    ("volunteer", "4次", "40次", 40),
    ("charity", "2000", "3000", 3000),
]


@pytest.mark.parametrize(("id", "first", "second", "value"), CERTAIN)
def test_a_date_or_a_choice_is_replaced(id: str, first: str, second: str, value: object) -> None:
    question = questions()[id]
    for frame in FRAMES:
        text = frame.format(first=first, second=second)
        heard = hear(question, Said(text), TODAY)
        fact = question.facts[0]
        back = heard.confirm.get(fact)
        assert heard.facts.get(fact, back and back.choices[:1]) in (value, (value,)), text


@pytest.mark.parametrize(("id", "first", "second", "value"), ONE_TAP)
def test_a_number_is_asked_back(id: str, first: str, second: str, value: int) -> None:
    question = questions()[id]
    for frame, end in product(FRAMES, ("", "。")):
        text = frame.format(first=first, second=second) + end
        heard = hear(question, Said(text), TODAY)
        fact = question.facts[0]
        offered = heard.confirm[fact].choices if fact in heard.confirm else (heard.facts[fact],)
        assert value in offered, text
        assert heard.facts.get(fact) in (None, value), text


def test_the_only_tax_is_put_right_by_the_name_of_the_line() -> None:
    person = agreed(*COMPLETE, "税费36000，个税没有", "对")
    person.line("慈善捐款5000")
    before = dict(person.conversation.facts)
    person.line("税我记错了，是2万6")
    assert person.conversation.facts == {**before, "business_tax_yuan": 26000}
