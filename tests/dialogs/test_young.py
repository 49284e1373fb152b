"""Under 14: nothing of the child is kept, and a parent's way is named."""

from datetime import timedelta

import pytest

from tests.dialogs.talks import NOW, agreed, at, talker

NAMED = "通常看家长的积分"
LEFT = "说过的都删了"


def days_old(years: int, days: int) -> str:
    born = NOW.date().replace(year=NOW.year - years) + timedelta(days=days)
    return f"{born.year}年{born.month}月{born.day}日"


@pytest.mark.parametrize(
    "said",
    ["我13岁", "我今年十二岁", "我才9岁", "我快14岁了", "13岁", "2015年5月", "我读初一",
     "我是小学生", "我在读小学", "我上五年级", days_old(14, 1), f"我{days_old(14, 1)}出生的"],
)  # fmt: skip
def test_a_child_at_the_question_of_birth(said: str) -> None:
    person = at("birth")
    assert NAMED in person.line(said).text
    assert person.conversation.facts == {}
    state = person.conversation.model_dump_json()
    assert not any(one in state for one in ("2015", "2012", "birth", "age_years", "below_high"))


@pytest.mark.parametrize("said", [days_old(14, 0), "14岁", "我14岁", "2011年3月"])
def test_from_fourteen_on(said: str) -> None:
    assert NAMED not in at("birth").line(said).text


@pytest.mark.parametrize(
    "said",
    [
        "我小学毕业",
        "小学",
        "我读到初二",
        "我初一就不读了",
        "我孩子13岁",
        "儿子读初一",
        "我读初一的儿子",
    ],
)
def test_what_says_it_of_nobody_who_is_counted(said: str) -> None:
    assert at("education").line(said).text.count("不到 14 岁，刚才那句没有记") == 0


@pytest.mark.parametrize("place", [["1"], ["1", "预约"], ["退出"], ["修改"], ["重新开始"]])
def test_wherever_it_is_said_nothing_is_kept(place: list[str]) -> None:
    person = agreed("1", "1990年5月", *place)
    assert NAMED in person.line("我13岁，社保三年").text
    assert person.conversation.facts == {}
    assert LEFT in person.line("我自己不到 14 岁").text
    assert person.conversation.model_dump(
        exclude={"heard", "revision", "recent", "amendments"}
    ) == (talker().conversation.model_dump(exclude={"heard", "revision", "recent", "amendments"}))


def test_a_parent_who_wrote_the_child_s_birth_goes_on_with_nothing_lost() -> None:
    person = agreed("1", "1990年5月", "大专")
    before = person.conversation.facts
    person.line("我2015年5月出生")
    reply = person.line("我是大人，算我自己的").text
    assert "好，接着算" in reply
    assert person.conversation.facts == before
    assert person.conversation.early == ()


def test_what_was_told_before_is_held_ten_minutes_and_no_longer() -> None:
    person = agreed("1", "大专")
    person.line("我13岁")
    person.now += timedelta(minutes=10)
    assert "已经删了，我们从头来" in person.line("我是大人").text
    assert person.conversation.facts == {}


@pytest.mark.parametrize("before", [[], ["[关注]"], ["[关注]", "社保五年"]])
def test_before_the_consent_nothing_is_held(before: list[str]) -> None:
    person = talker(*before)
    assert "请家长用自己的微信来问" in person.line("我13岁，大专").text
    assert person.conversation.early == ()


def test_the_other_person_may_be_a_child() -> None:
    person = agreed("1", "帮我儿子也算一下", "1", "2015年3月")
    assert person.conversation.facts == {}
    assert "没有记" in person.line("2").text
    assert (person.conversation.aside, person.conversation.whose) == (None, "")
    assert person.conversation.facts == {"permit": "residence_permit"}


def test_a_child_spoken_of_is_not_kept() -> None:
    person = agreed("1")
    assert "不到 14 岁，不用单独算" in person.line("我儿子2015年5月出生").text
    assert "2015" not in person.conversation.model_dump_json()


def test_what_was_held_outlives_a_slip_and_not_a_child() -> None:
    for said, kept in (("我是大人，算我自己的", True), ("我自己不到 14 岁", False)):
        person = talker("[关注]", "同意", "1", "我是党员", "我13岁")
        assert person.conversation.top.flow == "guardian"
        reply = person.line(said).text
        assert ("单独同意了才问" in reply) == kept
        assert ("party_member" in person.conversation.model_dump_json()) == kept
