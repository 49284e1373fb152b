"""What was told is put right at any time: at another question, after the result, in booking."""

from itertools import cycle

import pytest

from dialogs.language.text import clean
from dialogs.transcript import Talker
from tests.dialogs.talks import COMPLETE, agreed

FRAMES = [
    *("{name}不是{old}是{new}", "{name}是{new} 不是{old}", "{name}改成{new}", "把{name}改成{new}"),
    *("{name}我填的{old}其实{new}", "{name}写错了，是{new}", "说错了，{name}是{new}"),
    *("刚才{name}说错了 是{new}", "{name}记错了 {new}", "{name}那个不对，{new}"),
    *("{name}我前面说的{old}，实际是{new}", "前面{name}写的{old}不对 是{new}", "{old}改成{new}"),
]
FACTS = [
    ("社保", "social_insurance_months", "42个月", "52个月", 52),
    ("居住时间", "residence_months", "50个月", "40个月", 40),
    ("租房", "rented_years", "3年", "5年", 5),
    ("学历", "education", "大专", "高中", "high_school"),
    ("技能", "skill", "三级", "四级", "level_4"),
    ("志愿服务", "volunteer_services", "4次", "6次", 6),
    ("出生", "birth_date", "1994年5月", "1995年5月", "1995-05-01"),
]
AT_A_QUESTION, DONE = COMPLETE[:-1], COMPLETE
WHERE = {
    "another question": AT_A_QUESTION,
    "the result": DONE,
    "booking": (*DONE, "预约复核"),
}


@pytest.fixture(scope="module")
def people() -> dict[str, Talker]:
    return {where: agreed(*lines) for where, lines in WHERE.items()}


@pytest.mark.parametrize(("name", "fact", "old", "new", "value"), FACTS)
def test_the_new_value_is_taken_and_the_old_one_said(
    people: dict[str, Talker], name: str, fact: str, old: str, new: str, value: object
) -> None:
    for frame, (where, person) in zip(FRAMES, cycle(people.items())):
        before = person.conversation
        told = frame.format(name=name, old=old, new=new)
        if fact in before.facts and (old in clean(told) or "{old}" not in frame):
            text = person.line(told).text
            heard = person.conversation.facts[fact], "原来记的是" in text
            assert heard == (value, True), (where, frame)
            assert person.conversation.top.flow == before.top.flow, (where, frame)
        person.conversation = before


@pytest.mark.parametrize("text", ["社保应该是52个月", "等一下 社保搞错了 应该52个月"])
def test_what_ought_to_be_is_asked_back(people: dict[str, Talker], text: str) -> None:
    for person in people.values():
        before = person.conversation
        assert "原来记的是 42 个月，您现在说 52 个月" in person.line(text).text
        person.line("对")
        assert person.conversation.facts["social_insurance_months"] == 52
        assert person.conversation.top.flow == before.top.flow
        person.conversation = before


@pytest.mark.parametrize(
    "text",
    [
        "老婆社保不是42个月是52个月",
        "我哥的社保改成52个月",
        "社保改成52个月行不行？",
        "社保不是42个月",
        "不是周三是周四",
        "时间改成下周二",
    ],
)
def test_what_puts_nothing_of_ones_own_right(people: dict[str, Talker], text: str) -> None:
    for person in people.values():
        before = person.conversation
        person.line(text)
        assert person.conversation.facts == before.facts
        person.conversation = before


def test_the_question_that_is_asked_keeps_its_own_corrections() -> None:
    person = agreed(*COMPLETE[:7])  # 租房年数 is asked
    for text in ("不是3年，是4年", "三年，不对，四年"):
        before = person.conversation
        person.line(text)
        person.line("对")
        assert person.conversation.facts["rented_years"] == 4, text
        person.conversation = before


def test_what_opens_with_a_denial_is_of_the_answer_just_recorded() -> None:
    """不是1个月，是60个月, though the question that waits takes months too; 对的，1 is an offer."""
    person = agreed("居住证有", "1988年6月", "初中", "没有", "1个月", "不是1个月，是60个月")
    assert person.conversation.facts["social_insurance_months"] == 60
    assert "residence_months" not in person.conversation.facts
    person = agreed("居住证有", "1988年6月", "初中", "没有", "社保五年整吧好像", "对的，1")
    assert person.conversation.facts["social_insurance_months"] == 60


def test_a_time_of_residence_that_is_changed_is_no_booking() -> None:
    person = agreed(*COMPLETE)
    text = person.line("居住时间改一下，是2014年4月登记的，不是13年").text
    assert "居住时间原来记的是" in text
