"""改到周五, in the week of the appointment; a date with its weekday; a weekday without hours; and
who comes. 2026-11-23 is a Monday."""

from datetime import date, datetime, timedelta

import pytest

from bot.clock import ZONE
from dialogs.booking.protocol import AtWindow, DayOffer, ShowDays, ShowTimes, TimeOffer
from dialogs.booking.when import read_when
from dialogs.requests import Request
from dialogs.transcript import Talker
from tests.conversations.desk import Desk
from tests.dialogs.booking.scripted import ScriptedDesk
from tests.dialogs.talks import COMPLETE, agreed

TODAY = date(2026, 11, 23)
WEEKDAYS = [day for n in range(1, 19) if (day := TODAY + timedelta(days=n)).weekday() < 5]


class OpenOnWeekdays(ScriptedDesk):
    """A desk with a place each hour of every weekday of three weeks."""

    def __call__(self, request: Request[object]) -> object:
        match request:
            case ShowDays():
                return AtWindow(tuple(DayOffer(day, 7) for day in WEEKDAYS))
            case ShowTimes(_, day) if day in WEEKDAYS:
                starts = (datetime(day.year, day.month, day.day, h, tzinfo=ZONE) for h in (9, 15))
                return AtWindow(
                    tuple(TimeOffer(one, one + timedelta(minutes=30), 3) for one in starts)
                )
        return super().__call__(request)


def booked(day: int) -> Talker:
    """A person with an appointment on a day of December at 15:00."""
    person = agreed(*COMPLETE)
    person.desk = Desk()
    person.desk.booking = OpenOnWeekdays()
    for line in ("预约瓯北", f"12月{day}日 15:00", "核对积分", "就约这个"):
        reply = person.line(line)
    if "约好了" not in reply.text:
        reply = person.line("1")
    assert f"12月{day}日" in reply.text
    return person


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("改到周五上午", "12月4日 周五"),
        ("排班变了，改到周五上午", "12月4日 周五"),
        ("改到周一", "11月30日 周一"),
        ("改到这周五上午", "11月27日 周五"),
        ("改到下周五", "12月4日 周五"),
        ("改到12月10日", "12月10日 周四"),
        ("改到12月8日周二上午9点", "12月8日 周二"),
    ],
)
def test_a_weekday_is_that_of_the_week_of_the_appointment(text: str, day: str) -> None:
    assert day in booked(3).line(text).text


def test_one_that_is_over_in_that_week_is_the_next() -> None:
    person = agreed(*COMPLETE)
    person.desk = Desk()
    person.desk.booking = OpenOnWeekdays()
    person.now += timedelta(days=2)  # a Wednesday
    for line in ("预约瓯北", "11月26日 15:00", "核对积分", "1"):
        person.line(line)
    assert "12月1日 周二" in person.line("改到周二").text


def test_a_date_is_no_birth_date_on_the_way() -> None:
    person = booked(3)
    person.line("改到周五上午")
    before = person.conversation.facts
    reply = person.line("不是这周，是12月11日周五上午，9:00")
    assert "12月11日 周五" in reply.text
    assert person.conversation.facts == before
    assert "记下" not in person.line("12月8号吧").text
    assert person.conversation.facts == before


def test_a_birth_date_that_is_told_as_one_is_heard_on_the_way() -> None:
    person = booked(3)
    person.line("改时间")
    assert "1990年5月" in person.line("我的出生年月写错了，是1990年5月").text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月11日周五上午", date(2026, 12, 11)),
        ("周五（12月11日）", date(2026, 12, 11)),
        ("11号周五", date(2026, 12, 11)),
    ],
)
def test_a_date_and_its_weekday_are_one_day(text: str, day: date) -> None:
    assert read_when(text, TODAY).day == day


def test_a_weekday_without_hours_is_said() -> None:
    person = agreed(*COMPLETE)
    person.desk = Desk()
    person.desk.booking = OpenOnWeekdays()
    assert "周六没有排时间" in person.line("预约沙头礼拜六上午").text
    assert "周日没有排时间" in person.line("礼拜天呢").text


def test_a_full_day_of_a_window_that_opens_then_is_only_full() -> None:
    person = agreed(*COMPLETE)
    person.desk = Desk()
    assert "那天没有空位" in person.line("预约瓯北周四上午").text


@pytest.mark.parametrize(
    "text",
    [
        "是儿媳妇去还是我去啊",
        "我跟司机两个人一起去行不行",
        "两个人一个号行不行",
        "司机能不能一起",
        "一定要本人去吗",
        "我代渠约弗好啊",
    ],
)
def test_who_comes(text: str) -> None:
    person = agreed(*COMPLETE)
    person.desk = Desk()
    person.line("预约瓯北")
    shown = person.line(text).text
    assert "您来，窗口核对的是您的分" in shown or "这里只能约您自己的" in shown


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("不是明天，是周三上午", date(2026, 11, 25), "上午"),
        ("不是上午，是下午两点", None, "下午两点"),
        ("弗是上昼 是下半日两点钟", None, "下午两点钟"),
        ("不是周三", date(2026, 11, 25), ""),
    ],
)
def test_what_is_denied_is_not_the_day(text: str, day: date | None, at: str) -> None:
    found = read_when(text, TODAY)
    assert (found.day, found.at) == (day, at)
