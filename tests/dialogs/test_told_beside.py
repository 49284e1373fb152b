"""What is told beside a line of a list, not for certain, is offered where it is asked for."""

import re

import pytest

from dialogs.states import QuestionState
from dialogs.transcript import Talker
from tests.dialogs.talks import COMPLETE, agreed, at


def at_the_list() -> Talker:
    """A person who answered all up to the list of welfare."""
    return agreed(*COMPLETE[:9])


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        (("4 大概十二次", "没有了", "对"), {"volunteer_services": 12}),
        (("志愿者大概20次", "没有了", "对"), {"volunteer_services": 20}),
        (("3，差不多五六次", "没有了", "6次"), {"blood_donations": 6}),
        (
            ("志愿者大概20次，献血大概3次", "没有了", "对", "对"),
            {"volunteer_services": 20, "blood_donations": 3},
        ),
        (("献过血 一共3次 有一次在江西献的", "没有了", "对"), {"blood_donations": 2}),
        (
            ("献血不是每次400 有一次是200的 共3次没错 去年给县慈善总会捐了2000", "没有了", "对"),
            {"blood_donations": 3, "charity_yuan": 2000},
        ),
    ],
)
def test_it_is_taken_with_one_tap(lines: tuple[str, ...], facts: dict[str, int]) -> None:
    person = at_the_list()
    for line in lines:
        person.line(line)
    assert facts.items() <= person.conversation.facts.items()


def test_nothing_is_taken_without_it() -> None:
    person = at_the_list()
    for line in ("4 大概十二次", "没有了", "9次"):
        person.line(line)
    assert person.conversation.facts["volunteer_services"] == 9


def test_the_second_thing_that_is_not_certain_is_offered_after_the_first() -> None:
    person = at("permit")
    for line in ("有的，社保大概40个月，公积金大概20个月", "对"):
        person.line(line)
    assert person.conversation.facts["social_insurance_months"] == 40
    assert person.conversation.top.state["doubts"] == {"housing_fund": [20]}


@pytest.mark.parametrize(
    "volumes",
    ["不是每次400 有一次是200的", "每次400", "每次都是400毫升", "有一次200 有一次400", "每次献400"],
)
def test_how_much_was_given_each_time_is_no_number_of_times(volumes: str) -> None:
    for text in (f"献血{volumes} 共3次没错", f"献过3次，{volumes}"):
        person = at("blood")
        person.line(text)
        assert person.conversation.facts.get("blood_donations") == 3, text


def test_hours_are_no_times() -> None:
    assert "次数" in at("volunteer").line("46个小时").text


def test_lines_that_are_told_are_not_offered_again() -> None:
    person = agreed(*COMPLETE[:2], "个税3200，献血2次")
    for line in COMPLETE[2:7]:
        person.line(line)
    shown = [choice.label for choice in person.line(COMPLETE[7]).choices]
    assert person.conversation.top.state["at"] == "county"
    assert not [label for label in shown if "交过税" in label]
    shown = [choice.label for choice in person.line("没有了").choices]
    assert person.conversation.top.state["at"] == "welfare"
    assert "无偿献血" not in shown
    person.line("没有了")
    assert person.conversation.facts["income_tax_yuan"] == 3200
    assert person.conversation.facts["blood_donations"] == 2


def test_no_more_of_several_numbers_leaves_those_that_are_told() -> None:
    person = agreed("1", "1994年5月", "个税3200")
    person.conversation = person.conversation.go("questionnaire", QuestionState(at="taxes"))
    person.line("没有了")
    assert person.conversation.facts["income_tax_yuan"] == 3200
    assert person.conversation.facts["business_tax_yuan"] == 0


def test_no_total_is_promised() -> None:
    """Ticks add questions: each says its own number, and about how many follow."""
    person, seen = agreed(), []
    lines = (*COMPLETE[:8], "1 4 7 10", "两年", "县级一个", "个税5000", "发明1项", "4", "没有了")
    for line in lines:
        text = person.line(line).text
        seen += [int(number) for number in re.findall(r"【第 (\d+) 题】", text)]
        assert not re.search(r"【\d+/", text)
    assert seen == sorted(seen)
    assert len(seen) >= 12
