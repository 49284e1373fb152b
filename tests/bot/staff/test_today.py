"""A township closes by itself, for the rest of today alone, and opens again."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from bot.booking import changes, counter
from bot.booking.calendar import Closure
from bot.booking.tables import closures
from bot.database import reading, writing
from tests.bot.staff.office import DAY, TODAY, Office, slots_of_today, text

CLOSE = {"reason": "停电"}


def open_now(office: Office) -> list[str]:
    return [f"{slot.starts_at:%H:%M}" for slot in slots_of_today(office) if slot.open]


def test_a_clerk_closes_the_rest_of_today_and_is_led_to_whom_it_hits(
    office: Office, booked: list[int]
) -> None:
    """8:30 to 11:30 with people at 8:30, 9:00, 9:30 and 10:00; at 9:10 two of them are to come."""
    office.watch.wait(minutes=-50)
    clerk = office.browser("clerk")
    assert "今天要临时停办" in text(clerk.get(DAY))
    page = text(clerk.post(f"{DAY}/today/preview", CLOSE))
    assert "2</strong>个预约会受影响" in page
    assert len(open_now(office)) == 6
    answer = clerk.post(f"{DAY}/today/apply", CLOSE)
    assert answer.headers["Location"].endswith(f"{DAY}/today")
    page = text(clerk.get(f"{DAY}/today"))
    assert '有 2 个预约受影响，<a href="/staff/affected">' in page
    assert "09:10 起" in page
    assert open_now(office) == ["08:30", "09:00"]
    (entry,) = office.trail("close_today")
    assert (entry.account, entry.target) == ("clerk", "oubei")
    assert "停电" not in entry.detail
    assert "今天临时停办" in text(office.browser("boss").get("/staff/trail"))


def test_it_opens_again(office: Office, booked: list[int]) -> None:
    office.watch.wait(minutes=-50)
    clerk = office.browser("clerk")
    clerk.post(f"{DAY}/today/apply", CLOSE | {"closes": "10:00"})
    assert open_now(office) == ["08:30", "09:00", "10:00", "10:30", "11:00"]
    with reading(office.service.engine) as connection:
        number = connection.scalar(select(closures.c.id))
    again = {"id": str(number)}
    assert "1</strong>个预约会恢复" in text(clerk.post(f"{DAY}/today/preview", again))
    clerk.post(f"{DAY}/today/apply", again)
    assert len(open_now(office)) == 6
    assert office.trail("reopen_today")[0].target == "oubei"
    assert clerk.post(f"{DAY}/today/apply", again).status_code == 400  # a colleague was faster


@pytest.mark.parametrize("made", ["for the site", "for the county", "of another day", "elsewhere"])
def test_what_the_county_closed_stays_closed(office: Office, booked: list[int], made: str) -> None:
    day = TODAY + timedelta(days=1) if made == "of another day" else TODAY
    site = {"for the county": None, "elsewhere": "huangtian"}.get(made, "oubei")
    kind = changes.AddClosure if "for" in made else changes.CloseToday
    with writing(office.service.engine) as connection:
        changes.apply(connection, kind(site, Closure(day, day), "检查"), office.watch())
        number = connection.scalar(select(closures.c.id))
    clerk = office.browser("clerk")
    assert "检查" not in text(clerk.get(f"{DAY}/today"))
    assert clerk.post(f"{DAY}/today/apply", {"id": str(number)}).status_code == 400
    with reading(office.service.engine) as connection:
        assert connection.scalar(select(closures.c.id)) == number


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reason": " "}, "请写原因"),
        (CLOSE | {"closes": "09:59"}, "时间不对"),  # it is ten
        (CLOSE | {"closes": "soon"}, "时间不对"),
        (CLOSE | {"window": "九十九"}, "没有这个窗口"),
        ({"id": "99"}, "已经没有了"),
    ],
)
def test_what_is_wrong_is_said(
    office: Office, booked: list[int], fields: dict[str, str], told: str
) -> None:
    clerk = office.browser("clerk")
    for step in ("preview", "apply"):
        answer = clerk.post(f"{DAY}/today/{step}", fields)
        assert answer.status_code == 400
        assert told in text(answer)
    assert len(open_now(office)) == 6


def test_another_townships_day_is_not_hers(office: Office, booked: list[int]) -> None:
    clerk = office.browser("clerk")
    for step in ("preview", "apply"):
        assert clerk.post(f"/staff/sites/huangtian/today/{step}", CLOSE).status_code == 403


RECURRING = {
    "kind": "add_closure", "site": "oubei", "from": "oubei", "first_day": "2026-11-23",
    "last_day": "2026-12-31", "weekday": "1", "reason": "学习",
}  # fmt: skip


@pytest.mark.parametrize(
    ("of_month", "closed"),
    [("", ["11-23", "11-30", "12-07"]), ("1", ["12-07"]), ("4", ["11-23"]), ("-1", ["11-30"])],
)
def test_a_closure_comes_again_on_a_weekday(
    office: Office, booked: list[int], of_month: str, closed: list[str]
) -> None:
    """Oubei is open on Mondays and Tuesdays, published two weeks ahead: to 12-07."""
    desk = office.browser("desk")
    form = RECURRING | {"of_month": of_month}
    assert "不开" in text(desk.post("/staff/hours/preview", form))
    desk.post("/staff/hours/apply", form)
    shut = []
    with reading(office.service.engine) as connection:
        for ahead in range(15):
            day = date(2026, 11, 23) + timedelta(days=ahead)
            slots = counter.slots_of_day(connection, "oubei", day)
            ahead_of_us = [slot for slot in slots if slot.starts_at > office.watch()]
            if ahead_of_us and not any(slot.open for slot in ahead_of_us):
                shut.append(f"{day:%m-%d}")
    assert shut == closed
    page = text(desk.get("/staff/hours/oubei"))
    told = {"": "每周一", "1": "每月第一个周一", "4": "每月第四个", "-1": "每月最后一个"}[of_month]
    assert told in page


@pytest.mark.parametrize(
    "changes_", [{"last_day": ""}, {"weekday": "8"}, {"weekday": "", "of_month": "1"}]
)
def test_a_closure_that_comes_again_says_on_which_day_and_until_when(
    office: Office, booked: list[int], changes_: dict[str, str]
) -> None:
    answer = office.browser("desk").post("/staff/hours/preview", RECURRING | changes_)
    assert answer.status_code == 400


def test_closures_of_a_weekday_are_days_of_the_calendar() -> None:
    """The first four Fridays of 2026-12 are 4, 11, 18, 25; the last is 25 as well."""
    friday = [
        Closure(date(2026, 12, 1), date(2026, 12, 31), time(14), weekday=5, of_month=number)
        for number in (None, 1, 2, 3, 4, -1)
    ]
    december = [date(2026, 12, 1) + timedelta(days=n) for n in range(31)]
    days = [[day.day for day in december if one.is_on(day)] for one in friday]
    assert days == [[4, 11, 18, 25], [4], [11], [18], [25], [25]]
