"""The timetable of a week: one form for windows, days and sites, seen before it is done."""

import json
import re
from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.booking import counter
from bot.booking.tables import slots, weekly_rules
from bot.booking.week import week_of
from bot.database import reading, writing
from bot.staff.sites import site_titles
from tests.bot.setting_up import NOW
from tests.bot.staff.forms import forms_of
from tests.bot.staff.office import TODAY, Office, text

# 9:00 to 11:30 and 14:00 to 17:00 in half hours: 5 + 6 slots of 4 people, of whom 3 can book.
WEEK: list[tuple[str, str]] = [
    ("kind", "set_week"), ("from", ""), ("at", "huangtian"), ("window", "1"),
    ("new_windows", ""), ("starts_on", str(TODAY)), ("slot_minutes", "30"),
    ("capacity", "4"), ("walk_in_percent", "25"),
    ("morning_opens-1", "09:00"), ("morning_closes-1", "11:30"),
    ("afternoon_opens-1", "14:00"), ("afternoon_closes-1", "17:00"),
    *((f"same-{day}", "1") for day in (2, 3, 4, 5)),
]  # fmt: skip


def filled(**changes: str | None) -> list[tuple[str, str]]:
    """The form with fields that are other, or (None) not there."""
    kept = [(name, value) for name, value in WEEK if name not in changes]
    return kept + [(name, value) for name, value in changes.items() if value is not None]


def rules(office: Office, **where: object) -> list[Any]:
    query = select(weekly_rules).order_by(weekly_rules.c.weekday, weekly_rules.c.opens)
    with reading(office.service.engine) as connection:
        rows = connection.execute(query).all()
    return [row for row in rows if all(getattr(row, n) == v for n, v in where.items())]


def open_slots(office: Office, site: str) -> list[Any]:
    here = select(slots).where(slots.c.site == site, slots.c.open)
    with reading(office.service.engine) as connection:
        return list(connection.execute(here))


def test_a_week_with_lunch_is_ten_rules(office: Office, booked: list[int]) -> None:
    desk = office.browser("desk")
    page = text(desk.post("/staff/hours/preview", WEEK))
    assert "可网约 33，现场 11" in page  # of 11 slots 3 and 1
    assert rules(office, site="huangtian") == []
    desk.post("/staff/hours/apply", WEEK)
    made = rules(office, site="huangtian")
    assert [row.weekday for row in made] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert {(row.opens, row.closes) for row in made} == {
        (time(9), time(11, 30)), (time(14), time(17)),
    }  # fmt: skip
    assert len(office.trail("set_week")) == 1


def test_all_sites_and_several_windows_are_one_change(office: Office, booked: list[int]) -> None:
    """22 sites × 3 windows × 10 rules; a line for each site, one entry of the trail."""
    form = filled(at="all", window=None, new_windows="1、2，3")
    desk = office.browser("desk")
    page = text(desk.post("/staff/hours/preview", form))
    with reading(office.service.engine) as connection:
        titles = site_titles(connection)
    assert page.count('data-name="变几天"') == len(titles) == 22
    desk.post("/staff/hours/apply", form)
    assert len(rules(office)) == 22 * 3 * 10 + 2  # and the two of oubei that ended
    (entry,) = office.trail("set_week")
    assert entry.target == "several"
    assert len(json.loads(entry.detail)["site"]) == 22
    assert "几个地方" in text(office.browser("boss").get("/staff/trail"))


def test_the_week_takes_the_place_of_the_one_before(office: Office, booked: list[int]) -> None:
    """Tomorrow has 8:30 to 11:30; from then on 9:00 to 11:30. Who has 8:30 is listed."""
    tomorrow = TODAY + timedelta(days=1)
    with writing(office.service.engine) as connection:
        slot = counter.slots_of_day(connection, "oubei", tomorrow)[0].id
        counter.book_for(connection, slot, "review", NOW, name="刘七", phone="13900000000")
    mornings = {"afternoon_opens-1": "", "afternoon_closes-1": ""}
    form = filled(at="oubei", starts_on=str(tomorrow), **mornings)
    desk = office.browser("desk")
    page = text(desk.post("/staff/hours/preview", form))
    assert "1</strong>个预约会受影响" in page
    assert "刘*" in page
    desk.post("/staff/hours/apply", form)
    before = [row for row in rules(office, site="oubei") if row.opens == time(8, 30)]
    assert {row.ends_on for row in before} == {TODAY}
    assert "刘*" in text(desk.get("/staff/affected"))
    desk.post("/staff/hours/apply", filled(at="oubei", starts_on=str(tomorrow), capacity="5"))
    assert {row.capacity for row in rules(office, site="oubei") if row.ends_on is None} == {5}


def test_another_length_of_slots_lists_whom_it_leaves_without_one(
    office: Office, booked: list[int]
) -> None:
    """From half hours to whole ones at 8:30: who has 9:00 or 10:00 has no slot any more."""
    office.watch.wait(hours=-2)
    form = filled(
        at="oubei", slot_minutes="60", capacity="8",
        **{"morning_opens-1": "08:30", "afternoon_opens-1": "", "afternoon_closes-1": ""},
    )  # fmt: skip
    desk = office.browser("desk")
    page = text(desk.post("/staff/hours/preview", form))
    assert "2</strong>个预约会受影响" in page  # of 8:30, 9:00, 9:30 and 10:00
    desk.post("/staff/hours/apply", form)
    assert text(desk.get("/staff/affected")).count("已联系好</button>") == 2


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"walk_in_percent": "100"}, "网上一个也约不了"),
        ({"walk_in_percent": "0"}, "没有留给现场的"),
    ],
)
def test_a_day_without_places_of_a_kind_is_a_warning(
    office: Office, booked: list[int], changes: dict[str, str], told: str
) -> None:
    desk = office.browser("desk")
    assert told in text(desk.post("/staff/hours/preview", filled(**changes)))
    assert told not in text(desk.post("/staff/hours/preview", WEEK))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"at": None}, "请先选一个窗口"),
        ({"window": None}, "请勾上或者写上几号窗口"),
        ({"starts_on": "soon"}, "日子不对"),
        ({"capacity": "0"}, "有数字不对"),
        ({"morning_closes-1": "08:00"}, "先开门后关门"),
        ({"morning_closes-1": ""}, "先开门后关门"),
        ({"afternoon_opens-1": "11:00"}, "先开门后关门"),
        ({"morning_opens-1": "", "morning_closes-1": "", "afternoon_opens-1": "",
          "afternoon_closes-1": ""}, "一周都是空的"),
        ({"new_windows": "、".join(map(str, range(21)))}, "最多 20 个"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    office: Office, booked: list[int], changes: dict[str, str | None], told: str
) -> None:
    desk = office.browser("desk")
    form = filled(**changes)
    answer = desk.post("/staff/hours/preview", form)
    assert answer.status_code == 400
    assert told in text(answer)
    (back,) = (one for one in forms_of(answer) if one.value("kind") == "set_week")
    for name, value in form:
        if name not in ("window", "new_windows"):
            assert back.has(name, value), name
    assert rules(office, site="huangtian") == []


def test_the_form_has_the_window_as_it_is_to_change_or_to_copy(
    office: Office, booked: list[int]
) -> None:
    """Oubei is open on Mondays and Tuesdays from 8:30 to 11:30: the second like the first."""
    desk = office.browser("desk")
    assert "/staff/hours/week?site=oubei&amp;window=1" in text(desk.get("/staff/hours/oubei"))
    answer = desk.get("/staff/hours/week?site=oubei&window=1")
    (form,) = (one for one in forms_of(answer) if one.value("kind") == "set_week")
    sent = {name: value for name, value in form.fields if value and name != "csrf_token"}
    assert {n: v for n, v in sent.items() if "_opens" in n or "_closes" in n or "same" in n} == {
        "morning_opens-1": "08:30", "morning_closes-1": "11:30", "same-2": "1",
    }  # fmt: skip
    desk.post("/staff/hours/apply", [*form.fields, ("at", "huangtian")])
    with reading(office.service.engine) as connection:
        ours, theirs = (week_of(connection, s, "1", TODAY) for s in ("oubei", "huangtian"))
    assert ours == theirs
    assert sorted(ours) == [1, 2]


def test_hours_of_every_few_weeks_stay(office: Office, booked: list[int]) -> None:
    desk = office.browser("desk")
    weekly = {
        "kind": "add_weekly", "site": "oubei", "from": "oubei", "weekday": "6", "opens": "09:00",
        "closes": "11:00", "slot_minutes": "30", "capacity": "2", "walk_in_percent": "0",
        "window": "1", "starts_on": str(TODAY), "every_weeks": "2",
    }  # fmt: skip
    desk.post("/staff/hours/apply", weekly)
    desk.post("/staff/hours/apply", filled(at="oubei"))
    assert [row.ends_on for row in rules(office, every_weeks=2)] == [None]


def test_a_window_of_another_county_is_not_taken(office: Office) -> None:
    answer = office.browser("desk").post("/staff/hours/preview", filled(at="nowhere"))
    assert answer.status_code == 400
    assert not re.search("Traceback", text(answer))
