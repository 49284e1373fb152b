"""What was noted on paper is entered afterwards, with the times that stand there."""

import json
from datetime import datetime

import pytest
from sqlalchemy import select

from bot import worksheets
from bot.booking.on_paper import Noted
from bot.booking.tables import appointments, slots
from bot.clock import ZONE
from bot.database import reading
from tests.bot.staff.office import DAY, Office, kept, text

PAPER = f"{DAY}/paper"
TODAY = "2026-11-23"


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def lines(booked: list[int], *given: tuple[str, str, str]) -> dict[str, str]:
    fields = {"day": TODAY}
    for id, (to, came, done) in zip(booked, given, strict=False):
        fields |= {f"was-{id}": "booked", f"to-{id}": to, f"came-{id}": came, f"done-{id}": done}
    return fields


def test_a_morning_is_entered_with_the_papers_times(office: Office, booked: list[int]) -> None:
    """Three of four slots are over: one was served, one not finished, one stayed away."""
    office.watch.wait(minutes=15)
    browser = office.browser("clerk")
    page = text(browser.get(PAPER))
    assert all(f"came-{id}" in page for id in booked[:3])
    assert f"came-{booked[3]}" not in page  # until half past ten
    assert "selected" not in page.partition("<tbody>")[2].partition("没预约就来的")[0]
    browser.post(
        PAPER,
        lines(booked, ("served", "08:41", "09:02"), ("past", "09:05", ""), ("missed", "", "")),
    )
    assert "登记好了 3 个" in text(browser.get(PAPER))
    first, second, third = (kept(office, id) for id in booked[:3])
    assert (first.state, first.arrived_at, first.ended_at) == ("served", at(8, 41), at(9, 2))
    assert first.served_by == "clerk"
    assert (second.state, second.arrived_at) == ("past", at(9, 5))
    assert (third.state, third.arrived_at) == ("missed", None)
    told = json.loads(office.trail("enter_paper")[0].detail)
    assert told["came"] == "2026-11-23 08:41"
    assert told["done"] == "2026-11-23 09:02"
    shown = text(office.browser("boss").get("/staff/trail"))
    assert "补录纸上登记" in shown
    assert "纸上写几点来 2026-11-23 08:41" in shown


def test_a_day_is_entered_days_later(office: Office, booked: list[int]) -> None:
    office.watch.wait(days=3)
    browser = office.browser("clerk")
    assert "补录纸上登记" in text(browser.get(f"{DAY}/print?day={TODAY}"))
    browser.post(PAPER, lines(booked, *[("served", "", "")] * 4))
    assert [kept(office, id).state for id in booked] == ["served"] * 4
    assert kept(office, booked[0]).arrived_at == at(8, 30)  # by appointment: nothing else is known


def test_what_cannot_be_so_is_kept_in_the_form_and_nothing_entered(
    office: Office, booked: list[int]
) -> None:
    office.watch.wait(minutes=15)
    browser = office.browser("clerk")
    good = ("served", "08:41", "09:02")
    for bad in (
        ("served", "09:10", "09:02"),
        ("served", "08:41", "23:00"),
        ("missed", "08:41", ""),
        ("served", "quarter", ""),
        ("", "08:41", ""),
        ("nonsense", "", ""),
    ):
        answer = browser.post(PAPER, lines(booked, good, bad))
        assert answer.status_code == 400, bad
        page = text(answer)
        assert "有 1 行填得不对" in page
        assert 'value="08:41"' in page
    assert {kept(office, id).state for id in booked} == {"booked"}


def test_what_a_colleague_noted_meanwhile_stays(office: Office, booked: list[int]) -> None:
    office.watch.wait(minutes=15)
    browser, other = office.browser("clerk"), office.browser("desk")
    other.post(PAPER, lines(booked, ("missed", "", "")))
    browser.post(PAPER, lines(booked, ("served", "08:41", "")))
    assert kept(office, booked[0]).state == "missed"
    assert len(office.trail("enter_paper")) == 1


VISIT = {
    "day": TODAY,
    "purpose": "review",
    "name": "孙九",
    "came-visit": "09:10",
    "to-visit": "served",
}


def test_a_person_without_an_appointment_is_entered_once(office: Office, booked: list[int]) -> None:
    office.watch.wait(minutes=15)
    browser = office.browser("clerk")
    for _ in range(2):
        browser.post(f"{PAPER}/visit", VISIT | {"done-visit": "09:30"})
    with reading(office.service.engine) as connection:
        query = select(appointments, slots.c.starts_at).join(
            slots, slots.c.id == appointments.c.slot
        )
        [row] = [one for one in connection.execute(query) if one.id not in booked]
    assert (row.state, row.arrived_at, row.ended_at) == ("served", at(9, 10), at(9, 30))
    assert (row.name, row.source, row.starts_at) == ("孙九", "staff", at(9))
    page = text(browser.get(f"{DAY}/appointments/{row.id}/review"))
    assert "复核单" in page  # which is filled in as on the paper


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"came-visit": ""}, 400, "填得不对"),
        ({"to-visit": "missed", "came-visit": ""}, 400, "填得不对"),
        ({"purpose": "nonsense"}, 400, "填得不对"),
        ({"came-visit": "10:10"}, 302, "窗口没有开，或者那一段时间还没过完"),
    ],
)
def test_a_visit_that_cannot_be_so(
    office: Office, booked: list[int], changes: dict[str, str], status: int, said: str
) -> None:
    office.watch.wait(minutes=15)
    browser = office.browser("clerk")
    answer = browser.post(f"{PAPER}/visit", VISIT | changes)
    assert answer.status_code == status
    assert said in text(answer if status == 400 else browser.get(PAPER))
    if status == 400:
        assert "孙九" in text(answer)
    with reading(office.service.engine) as connection:
        assert len(connection.execute(select(appointments.c.id)).all()) == len(booked)


def test_a_worksheet_of_paper_is_sent_days_later(office: Office, booked: list[int]) -> None:
    office.watch.wait(days=2)
    browser = office.browser("clerk")
    browser.post(PAPER, lines(booked, ("served", "08:41", "09:02")))
    page = f"{DAY}/appointments/{booked[0]}/review"
    browser.post(page, {"version": "0", "fact-birth_date": "1994-11-23", "send": "1"})
    with reading(office.service.engine) as connection:
        assert worksheets.read(connection, booked[0], None).sent_at == office.watch()
    row = kept(office, booked[0])
    assert (row.state, row.arrived_at, row.ended_at) == ("served", at(8, 41), at(9, 2))


def test_lines_that_may_be_so() -> None:
    now = at(12)
    assert Noted("served", at(9), at(10)).is_possible(now)
    assert Noted("served", None, at(10)).is_possible(now)
    assert Noted("missed").is_possible(now)
    assert not Noted("booked").is_possible(now)
    assert not Noted("served", at(13)).is_possible(now)
