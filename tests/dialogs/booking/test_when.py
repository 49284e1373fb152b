"""Days and times as people write them. 2026-11-23 is a Monday."""

from datetime import date, datetime, timedelta

import pytest

from bot.clock import ZONE
from dialogs.booking.when import find_day, find_time

TODAY = date(2026, 11, 23)
DAYS = [TODAY + timedelta(days=n) for n in range(1, 15)]
TIMES = [datetime(2026, 11, 25, h, m, tzinfo=ZONE) for h in (9, 10, 14, 15) for m in (0, 30)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("明天", 24),
        ("后天吧", 25),
        ("大后天", 26),
        ("周三", 25),
        ("星期五", 27),
        ("礼拜天", 29),
        ("下周一", 30),
        ("25号", 25),
        ("二十五号", 25),
        ("11月26日", 26),
        ("十一月二十六号", 26),
        ("11.27", 27),
        ("11-27", 27),
        ("11/27", 27),
        ("2026-11-30", 30),
        ("我想明天去", 24),
        ("１１月２４日", 24),
    ],
)
def test_days(text, day):
    assert find_day(text, DAYS, TODAY) == date(2026, 11, day)


@pytest.mark.parametrize("text", ["1", "今天", "23号", "12月25日", "", "周八", "13月1日", "随便"])
def test_no_days(text):
    assert find_day(text, DAYS, TODAY) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9点", (9, 0)),
        ("九点半", (9, 30)),
        ("9:30", (9, 30)),
        ("09：00", (9, 0)),
        ("上午10点", (10, 0)),
        ("下午两点半", (14, 30)),
        ("两点半", (14, 30)),
        ("3点钟", (15, 0)),
        ("15时", (15, 0)),
        ("14:30吧", (14, 30)),
        ("09:00-09:30", (9, 0)),
        ("十点三十分", (10, 30)),
        ("我要9点", (9, 0)),
    ],
)
def test_times(text, at):
    found = find_time(text, TIMES)
    assert found is not None
    assert (found.hour, found.minute) == at


@pytest.mark.parametrize("text", ["9", "11点", "上午", "9点一刻", "25点", "半", "", "下午9点"])
def test_no_times(text):
    assert find_time(text, TIMES) is None
