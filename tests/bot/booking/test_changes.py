"""Hours, closures, holidays: the dry run says what then happens; nobody is moved silently."""

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select, update

from bot.booking import waiting
from bot.booking.appointments import confirm, mine
from bot.booking.calendar import Closure, ExtraDay, Hours, WeeklyRule
from bot.booking.changes import (
    AddClosure,
    AddExtraDay,
    AddWeeklyRule,
    EndWeeklyRule,
    RemoveClosure,
    RemoveExtraDay,
    RemoveSpecialDay,
    SetReach,
    SetSpecialDay,
    affected,
    apply,
    preview,
)
from bot.booking.holidays import known_years, load_special_days
from bot.booking.privacy import blank
from bot.booking.publishing import publish_all
from bot.booking.reservation import hold
from bot.booking.slots import open_days
from bot.booking.sweep import holidays_missing, publish_ahead, sweep
from bot.booking.tables import closures, extra_days, notices, sites, slots, weekly_rules
from bot.database import reading, writing
from bot.sweep_limit import SweepLimit
from dialogs.booking.protocol import Confirmed, Full, Held, Lapsed
from tests.bot.booking.desk import NINE, NOW, SITE, TOMORROW, book, wish

HOURS = Hours(time(9), time(12), slot_minutes=60, capacity=2)
POSTGRES = pytest.param("postgresql", marks=pytest.mark.postgres)


@pytest.fixture
def open_site(engine):
    """Open on workdays, nine to twelve."""
    with writing(engine) as connection:
        load_special_days(connection, 2026)
        for weekday in range(1, 6):
            apply(
                connection, AddWeeklyRule(SITE, WeeklyRule(weekday, HOURS, date(2026, 1, 1))), NOW
            )


def days(engine, now=NOW):
    with reading(engine) as connection:
        return [offer.day for offer in open_days(connection, SITE, now)]


def kinds(engine, state="waiting"):
    query = select(notices.c.person, notices.c.kind).where(notices.c.state == state)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(query.order_by(notices.c.id))]


def carry_out(engine, change):
    with writing(engine) as connection:
        return apply(connection, change, NOW)


def keep_nine(engine, person):
    with writing(engine) as connection:
        return hold(connection, person, SITE, NINE, NOW)


def close(day=TOMORROW, reason="停电"):
    return AddClosure(SITE, Closure(day, day), reason)


def test_slots_follow_the_weekly_rules_up_to_the_horizon(engine, open_site):
    workdays = [NOW.date() + timedelta(days=n) for n in range(15)]
    assert days(engine) == [day for day in workdays if day.isoweekday() < 6]


def test_publishing_again_changes_nothing(engine, open_site):
    with writing(engine) as connection:
        assert publish_all(connection, NOW).counts() == {}


def test_the_horizon_moves_on_with_time(engine, open_site):
    later = NOW + timedelta(days=7)
    assert publish_ahead(engine, later).opened == 15
    assert days(engine, later)[-1] == later.date() + timedelta(days=14)


def test_a_dry_run_says_whom_it_would_hit_and_changes_nothing(engine, open_site):
    book(engine, "anna")
    before = days(engine)
    with writing(engine) as connection:
        effect = preview(connection, close(), NOW)
        assert connection.execute(select(func.count()).select_from(closures)).scalar() == 0
    assert [row.person for row in effect.hit] == ["anna"]
    assert effect.published.closed == 3
    assert days(engine) == before
    assert kinds(engine) == []


def test_applying_does_what_the_dry_run_said(engine, open_site):
    book(engine, "anna")
    with writing(engine) as connection:
        said = preview(connection, close(), NOW)
        done = apply(connection, close(), NOW)
        left = affected(connection, NOW)
    assert [row.id for row in said.hit] == [row.id for row in done.hit] == [row.id for row in left]
    assert said.published == done.published
    assert TOMORROW not in days(engine)
    assert kinds(engine) == [("anna", "closed")]


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ([], "停电"),
        ([AddClosure(None, Closure(TOMORROW, TOMORROW), "全县系统升级")], "全县系统升级"),
        ([AddClosure(SITE, Closure(TOMORROW, TOMORROW, time(10), time(12)), "开会")], "停电"),
        ([AddClosure("qiaotou", Closure(TOMORROW, TOMORROW), "刷墙")], "停电"),
    ],
    ids=["one", "the latest of two", "another hour", "another site"],
)
def test_whoever_it_hits_can_read_why(engine, open_site, others, why):
    book(engine, "anna")
    with writing(engine) as connection:
        assert mine(connection, "anna", NOW).why_closed == ""
        for change in (close(), *others):
            apply(connection, change, NOW)
        assert mine(connection, "anna", NOW).why_closed == why


def test_a_closed_day_takes_holds_along_but_no_appointment(engine, open_site):
    book(engine, "anna")
    with writing(engine) as connection:
        hold(connection, "berta", SITE, NINE, NOW)
        apply(connection, close(), NOW)
        assert isinstance(confirm(connection, "berta", wish(), NOW, "chat"), Lapsed)
    assert isinstance(book(engine, "clara"), Full)


def test_who_confirms_while_the_day_is_closed_is_told(engine, open_site):
    """The confirmation came first and is not yet committed when the office closes."""
    with writing(engine) as connection:
        hold(connection, "anna", SITE, NINE, NOW)
    with ThreadPoolExecutor() as threads:
        with writing(engine) as connection:
            assert isinstance(confirm(connection, "anna", wish(), NOW, "chat"), Confirmed)
            closed = threads.submit(carry_out, engine, close())
            wait([closed], timeout=0.3)
        assert [row.person for row in closed.result().hit] == ["anna"]
    assert kinds(engine) == [("anna", "closed")]


def test_two_colleagues_close_two_days_at_once(engine, open_site):
    """Each change hits its own day; nobody is told twice."""
    wednesday = TOMORROW + timedelta(days=1)
    book(engine, "anna")
    book(engine, "berta", NINE + timedelta(days=1))
    with ThreadPoolExecutor() as threads:
        with writing(engine) as connection:
            apply(connection, close(), NOW)
            other = threads.submit(carry_out, engine, close(wednesday))
            wait([other], timeout=0.3)
        assert [row.person for row in other.result().hit] == ["berta"]
    assert kinds(engine) == [("anna", "closed"), ("berta", "closed")]


@pytest.mark.parametrize(
    "url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_a_rush_for_two_windows_while_the_site_itself_changes(engine, open_site):
    """And a person joins the line. Nobody waits in a circle; on SQLite nobody could, it has a
    single writer."""
    beside = AddWeeklyRule(SITE, WeeklyRule(2, replace(HOURS, window="2"), date(2026, 1, 1)))
    carry_out(engine, beside)
    with ThreadPoolExecutor() as threads, writing(engine) as line:
        waiting.join(line, "anna", SITE, NOW)
        with writing(engine) as office:
            apply(office, SetReach(SITE, lead_minutes=60, horizon_days=14), NOW)
            rush = [threads.submit(keep_nine, engine, f"p{i}") for i in range(4)]
            wait(rush, timeout=0.3)
        assert [type(one.result()) for one in rush] == [Held] * 4


def test_opening_again_restores_appointments_and_reminders(engine, open_site):
    book(engine, "anna")
    with writing(engine) as connection:
        apply(connection, close(), NOW)
        closure = connection.execute(select(closures.c.id)).scalar()
        effect = apply(connection, RemoveClosure(closure), NOW)
        assert affected(connection, NOW) == ()
    assert [row.person for row in effect.restored] == ["anna"]
    assert kinds(engine) == [("anna", "reopened")]
    assert kinds(engine, "dropped") == [("anna", "closed")]
    assert isinstance(book(engine, "berta"), Confirmed)


def test_who_was_hit_can_move(engine, open_site):
    book(engine, "anna")
    with writing(engine) as connection:
        apply(connection, close(), NOW)
    moved = book(engine, "anna", NINE + timedelta(days=1), moving=True)
    assert isinstance(moved, Confirmed)
    assert not moved.place.closed


def test_a_county_wide_closure_closes_every_site(engine, open_site):
    with writing(engine) as connection:
        apply(connection, AddWeeklyRule("yantou", WeeklyRule(2, HOURS, date(2026, 1, 1))), NOW)
        effect = apply(connection, AddClosure(None, Closure(TOMORROW, TOMORROW)), NOW)
    assert effect.published.closed == 6


def test_a_new_holiday_closes_and_is_not_loaded_over(engine, open_site):
    with writing(engine) as connection:
        apply(connection, SetSpecialDay(TOMORROW, working=False, name="台风"), NOW)
        load_special_days(connection, 2026)
    assert TOMORROW not in days(engine)
    with writing(engine) as connection:
        apply(connection, RemoveSpecialDay(TOMORROW), NOW)
    assert TOMORROW in days(engine)


def test_a_make_up_saturday_opens(engine, open_site):
    saturday = date(2026, 11, 28)
    with writing(engine) as connection:
        apply(connection, SetSpecialDay(saturday, working=True, name="补班"), NOW)
    assert saturday in days(engine)


def test_an_extra_day_comes_and_goes(engine, open_site):
    sunday = date(2026, 11, 29)
    with writing(engine) as connection:
        apply(connection, AddExtraDay(SITE, ExtraDay(sunday, HOURS)), NOW)
        assert sunday in [offer.day for offer in open_days(connection, SITE, NOW)]
        extra = connection.execute(select(extra_days.c.id)).scalar()
        apply(connection, RemoveExtraDay(extra), NOW)
    assert sunday not in days(engine)


def test_a_weekly_rule_ends(engine, open_site):
    with writing(engine) as connection:
        tuesdays = connection.execute(
            select(weekly_rules.c.id).where(weekly_rules.c.weekday == 2)
        ).scalar()
        apply(connection, EndWeeklyRule(tuesdays, TOMORROW), NOW)
    assert TOMORROW in days(engine)
    assert TOMORROW + timedelta(days=7) not in days(engine)


def test_the_reach_of_a_site(engine, open_site):
    with writing(engine) as connection:
        apply(connection, SetReach(SITE, lead_minutes=60 * 24 * 2, horizon_days=4), NOW)
    assert days(engine) == [date(2026, 11, day) for day in (25, 26, 27)]


def test_fewer_places_than_appointments_keep_them_all(engine, open_site):
    for person in ("anna", "berta"):
        book(engine, person)
    smaller = WeeklyRule(2, Hours(time(9), time(12), slot_minutes=60), date(2026, 2, 1))
    with writing(engine) as connection:
        effect = apply(connection, AddWeeklyRule(SITE, smaller), NOW)
        elsewhere = preview(connection, AddClosure("yantou", Closure(TOMORROW, TOMORROW)), NOW)
    assert effect.overfull == 1
    assert elsewhere.overfull == 0
    assert effect.hit == ()
    assert isinstance(book(engine, "clara"), Full)


def test_what_has_begun_is_left_as_it_is(engine, open_site):
    at_ten = NINE + timedelta(hours=1)
    with writing(engine) as connection:
        effect = preview(connection, close(), at_ten)
    assert effect.published.closed == 1  # eleven o'clock


def test_a_year_without_holidays_publishes_nothing(engine):
    january = NOW + timedelta(days=60)
    with writing(engine) as connection:
        rule = WeeklyRule(1, HOURS, date(2026, 1, 1))
        connection.execute(update(sites).values(horizon_days=90))
        apply(connection, AddWeeklyRule(SITE, rule), NOW)
        assert connection.execute(select(func.count()).select_from(slots)).scalar() == 0
    publish_ahead(engine, NOW)
    assert max(days(engine)) == date(2026, 12, 28)
    with reading(engine) as connection:
        assert known_years(connection) == {2026}
    assert holidays_missing(engine, NOW) == 2027
    assert holidays_missing(engine, january) == 2027


def test_the_sweep_ends_what_is_over_and_blanks_what_is_old(engine, open_site):
    book(engine, "anna")
    assert sweep(engine, NOW + timedelta(days=1)).past == 0
    assert sweep(engine, NOW + timedelta(days=2)).past == 1
    assert blank(engine, NOW + timedelta(days=31), 30, SweepLimit()) == {}
    assert blank(engine, NOW + timedelta(days=32), 30, SweepLimit()) == {"appointments": 1}
