"""A weekday by its short name, a time asked for among other words, and the times not shown yet.
2026-11-23 is a Monday."""

from datetime import date, datetime, timedelta

import pytest

from bot.clock import ZONE
from dialogs.booking.protocol import AtWindow, DayOffer, ShowDays, ShowTimes, TimeOffer
from dialogs.booking.when import read_when
from dialogs.requests import Request
from dialogs.transcript import Talker
from tests.conversations.desk import Desk
from tests.dialogs.booking.scripted import ScriptedDesk
from tests.dialogs.talks import COMPLETE, NOW, agreed

TODAY = date(2026, 11, 23)
WEDNESDAY = date(2026, 11, 25)
STARTS = [(hour, minute) for hour in (9, 10, 14, 15, 16) for minute in (0, 30)]


class OpenAllDay(ScriptedDesk):
    """A desk with places every half hour of one Wednesday."""

    def __call__(self, request: Request[object]) -> object:
        match request:
            case ShowDays():
                return AtWindow((DayOffer(WEDNESDAY, 30),))
            case ShowTimes(_, day) if day == WEDNESDAY:
                starts = [datetime(2026, 11, 25, *one, tzinfo=ZONE) for one in STARTS]
                half = timedelta(minutes=30)
                return AtWindow(tuple(TimeOffer(one, one + half, 3) for one in starts))
        return super().__call__(request)


def at_the_times() -> Talker:
    """A person who chooses a time."""
    person = agreed(*COMPLETE)
    person.desk = Desk()
    person.desk.booking = OpenAllDay()
    person.line("预约瓯北周三")
    return person


@pytest.mark.parametrize(("number", "weekday"), list(enumerate("一二三四五六日")))
@pytest.mark.parametrize("said", ["拜{}", "礼拜{}", "下拜{}", "介拜{}去 早上早点"])
def test_a_weekday_by_its_short_name(said: str, number: int, weekday: str) -> None:
    day = read_when(said.format(weekday), TODAY).day
    assert day is not None
    assert day.weekday() == number
    assert day > TODAY


@pytest.mark.parametrize(
    "said",
    [
        "下午两点半有没有",
        "早上我要煮面的走不开 下午两点半有没有",
        "上午我要开店走不开，下午两点半有吗",
    ],
)
def test_a_time_is_asked_for_among_other_words(said: str) -> None:
    assert "11月25日 周三 14:30，先给您留到" in at_the_times().line(said).text


@pytest.mark.parametrize("said", ["周三下午 还是瓯北 三点", "瓯北周三下午，就三点"])
def test_a_clock_apart_from_its_half_of_the_day(said: str) -> None:
    assert read_when(said, NOW.date()).at == "下午三点"


def test_other_times_are_others() -> None:
    person = at_the_times()
    for half in ("上午", "下午"):
        before = {one.label for one in person.line(half).choices if ":" in one.label}
        after = {one.label for one in person.line("看别的时间").choices if ":" in one.label}
        assert after - before, half
