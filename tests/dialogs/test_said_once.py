"""What was said once is not said again: why sources differ, a line before its details."""

import pytest

from dialogs.questions import questions
from tests.dialogs.talks import COMPLETE, agreed, at

WHY = ("写法不一", "没有写", "两种读法")
TICKED_WITH = {
    "housing_fund": ("公积金交了20个月，别的都没有", "公积金 20 个月"),
    "employment": ("签了劳动合同，别的都没有", "和单位签了劳动合同"),
    "volunteer": ("志愿服务4次，别的都没有", "志愿服务 4 次"),
    "charity": ("捐款500元，别的都没有", "慈善捐款 500 元"),
}


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ("社保36个月", "不对，社保是48个月"),
        ("初中", "不对，学历是小学"),
        ("大专，社保36个月", "不对，社保是24个月"),
    ],
)
def test_why_sources_differ_is_told_once(told: str, again: str) -> None:
    person = agreed()
    first, second = person.line(told).text, person.line(again).text
    assert any(why in first for why in WHY)
    assert "也可能是" in first
    assert not any(why in second for why in WHY)
    assert "也可能是" in second


def test_another_difference_is_explained_all_the_same() -> None:
    person = agreed("社保36个月")
    assert "写法不一" in person.line("初中").text


def test_of_the_other_person_it_is_not_explained_again() -> None:
    person = agreed("社保36个月", "帮我老婆也算一下")
    reply = person.line("社保60个月").text
    assert "写法不一" not in reply
    assert "也可能是 30 分" in reply


@pytest.mark.parametrize("line", TICKED_WITH)
def test_a_line_is_not_told_before_its_details(line: str) -> None:
    said, detail = TICKED_WITH[line]
    lists = [one for one in questions().values() if line in one.ticks]
    reply = at(lists[0].id).line(said).text
    told = reply.partition("记下：")[2].partition("\n")[0]
    assert detail in told
    assert "；" not in told
    assert told.count(detail[:3]) == 1


def test_an_explanation_is_not_said_twice_in_a_row() -> None:
    person = agreed(*COMPLETE)
    first = person.line("66和76.5分别是什么意思").text
    second = person.line("为什么给了一个范围").text
    assert "缴纳社会保险 10.5～21 分" in first
    assert "缴纳社会保险 10.5～21 分" not in second
    assert "简单说一遍：" in second
    assert "0577" in second
    assert person.line("哪几分没定").text == first


def test_the_same_message_gets_the_same_reply() -> None:
    person = agreed(*COMPLETE)
    assert person.line("献血怎么算分").text == person.line("献血怎么算分").text
