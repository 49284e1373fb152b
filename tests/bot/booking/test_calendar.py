"""The plan of a day. 2026-11-23 is a Monday."""

from datetime import date, time, timedelta

import pytest

from bot.booking.calendar import Calendar, Closure, ExtraDay, Hours, WeeklyRule
from bot.booking.holidays import missing_year, published_days

MORNING = Hours(time(9), time(11), slot_minutes=30, capacity=4, walk_in_percent=25)
START = date(2026, 1, 1)
YEAR = {one.day: one.working for one in published_days(2026)}
YEARS = frozenset({2026})
WORKWEEK = tuple(WeeklyRule(weekday, MORNING, START) for weekday in range(1, 6))


def starts(calendar: Calendar, day: date) -> list[time]:
    return [slot.starts for slot in calendar.plan(day)]


def test_hours_are_cut_into_whole_slots():
    uneven = Hours(time(9), time(10, 20), slot_minutes=30)
    calendar = Calendar((WeeklyRule(1, uneven, START),), special_days=YEAR, known_years=YEARS)
    assert starts(calendar, date(2026, 11, 23)) == [time(9), time(9, 30)]


def test_a_share_is_kept_for_people_without_appointment():
    (slot, *_) = Calendar(WORKWEEK, special_days=YEAR, known_years=YEARS).plan(date(2026, 11, 23))
    assert (slot.capacity, slot.bookable) == (4, 3)


def test_rules_begin_and_end_on_their_days():
    rule = WeeklyRule(1, MORNING, date(2026, 11, 9), date(2026, 11, 23))
    calendar = Calendar((rule,), special_days=YEAR, known_years=YEARS)
    opened = [day for day in (2, 9, 16, 23, 30) if calendar.plan(date(2026, 11, day))]
    assert opened == [9, 16, 23]


def test_every_second_week_counts_from_the_first():
    rule = WeeklyRule(3, MORNING, date(2026, 11, 9), every_weeks=2)
    calendar = Calendar((rule,), special_days=YEAR, known_years=YEARS)
    opened = [day for day in (4, 11, 18, 25) if calendar.plan(date(2026, 11, day))]
    assert opened == [11, 25]


@pytest.mark.parametrize(
    ("closure", "left"),
    [
        (Closure(date(2026, 11, 23), date(2026, 11, 23)), []),
        (Closure(date(2026, 11, 20), date(2026, 11, 25)), []),
        (Closure(date(2026, 11, 24), date(2026, 11, 24)), [9, 9.5, 10, 10.5]),
        (Closure(date(2026, 11, 23), date(2026, 11, 23), time(10)), [9, 9.5]),
        (Closure(date(2026, 11, 23), date(2026, 11, 23), None, time(10)), [10, 10.5]),
        (Closure(date(2026, 11, 23), date(2026, 11, 23), time(9, 45), time(10)), [9, 10, 10.5]),
        (Closure(date(2026, 11, 23), date(2026, 11, 23), window="2"), [9, 9.5, 10, 10.5]),
    ],
)
def test_closures(closure, left):
    calendar = Calendar(WORKWEEK, (closure,), special_days=YEAR, known_years=YEARS)
    assert [t.hour + t.minute / 60 for t in starts(calendar, date(2026, 11, 23))] == left


def test_two_windows_with_their_own_hours():
    second = Hours(time(10), time(11), window="2", slot_minutes=60)
    calendar = Calendar(
        (*WORKWEEK, WeeklyRule(1, second, START)), special_days=YEAR, known_years=YEARS
    )
    plan = [(slot.window, slot.starts.hour) for slot in calendar.plan(date(2026, 11, 23))]
    assert plan == [("1", 9), ("1", 9), ("1", 10), ("2", 10), ("1", 10)]


def test_of_two_rules_or_extra_days_the_one_entered_last_wins():
    short, longer = (Hours(time(9), time(11), slot_minutes=minutes) for minutes in (30, 60))
    monday = date(2026, 11, 23)
    rules = tuple(WeeklyRule(1, hours, START) for hours in (short, longer))
    days = tuple(ExtraDay(monday, hours) for hours in (short, longer))
    for entered in (Calendar(rules, known_years=YEARS), Calendar((), (), days, {}, YEARS)):
        assert starts(entered, monday) == [time(9), time(10)]


def test_every_second_week_goes_on_over_the_turn_of_the_year():
    """2026 ends in its week 53: anyone who counted by the number of the week would open twice."""
    rule = WeeklyRule(4, MORNING, date(2026, 12, 14), every_weeks=2)
    calendar = Calendar((rule,), known_years=frozenset({2026, 2027}))
    days = [date(2026, 12, 17) + timedelta(weeks=n) for n in range(6)]
    opened = [day for day in days if calendar.plan(day)]
    assert opened == [date(2026, 12, 17), date(2026, 12, 31), date(2027, 1, 14)]


def test_the_newer_rule_wins_where_two_overlap():
    longer = WeeklyRule(1, Hours(time(9), time(11), slot_minutes=60), date(2026, 11, 1))
    calendar = Calendar((*WORKWEEK, longer), special_days=YEAR, known_years=YEARS)
    assert starts(calendar, date(2026, 11, 23)) == [time(9), time(10)]
    assert len(starts(calendar, date(2026, 10, 26))) == 4


HOLIDAYS_2026 = {
    "元旦": [(1, 1), (1, 2), (1, 3)],
    "春节": [(2, day) for day in range(15, 24)],
    "清明": [(4, 4), (4, 5), (4, 6)],
    "劳动节": [(5, day) for day in range(1, 6)],
    "端午": [(6, 19), (6, 20), (6, 21)],
    "中秋": [(9, 25), (9, 26), (9, 27)],
    "国庆节": [(10, day) for day in range(1, 8)],
}
MAKE_UP_2026 = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]


def test_holidays_of_2026():
    """As the State Council has published them, day by day, and nothing besides."""
    holidays = {(name, day) for name, days in HOLIDAYS_2026.items() for day in days}
    published = published_days(2026)
    named = {(one.name, (one.day.month, one.day.day)) for one in published if not one.working}
    worked = [(one.day.month, one.day.day) for one in published if one.working]
    assert named == holidays
    assert worked == MAKE_UP_2026


@pytest.mark.parametrize("month_day", [day for days in HOLIDAYS_2026.values() for day in days])
def test_holidays_beat_weekly_rules(month_day):
    every_day = tuple(WeeklyRule(weekday, MORNING, START) for weekday in range(1, 8))
    assert not Calendar(every_day, special_days=YEAR, known_years=YEARS).plan(
        date(2026, *month_day)
    )


@pytest.mark.parametrize("month_day", MAKE_UP_2026)
def test_make_up_days_are_worked(month_day):
    day = date(2026, *month_day)
    assert day.isoweekday() in (6, 7)
    assert starts(Calendar(WORKWEEK, special_days=YEAR, known_years=YEARS), day)


def test_an_ordinary_saturday_stays_closed():
    assert not starts(Calendar(WORKWEEK, special_days=YEAR, known_years=YEARS), date(2026, 11, 28))


def test_an_extra_day_beats_a_holiday_and_the_weekly_rules():
    extra = ExtraDay(date(2026, 10, 3), Hours(time(14), time(15)))
    monday = ExtraDay(date(2026, 11, 23), Hours(time(14), time(15)))
    calendar = Calendar(WORKWEEK, extra_days=(extra, monday), special_days=YEAR, known_years=YEARS)
    assert starts(calendar, date(2026, 10, 3)) == [time(14), time(14, 30)]
    assert starts(calendar, date(2026, 11, 23)) == [time(14), time(14, 30)]


def test_a_year_without_data_offers_nothing():
    assert not Calendar(WORKWEEK, special_days=YEAR, known_years=YEARS).plan(date(2027, 1, 4))


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 1), 2027),
    ],
)
def test_the_warning_starts_on_1_november(today, missing):
    assert missing_year({2025, 2026}, today) == missing


def test_every_share_leaves_somebody_to_book_and_keeps_walk_ins_their_part():
    """Every capacity and share that the console takes: 20,200 of them."""
    for capacity in range(1, 201):
        before = capacity
        for share in range(101):
            hours = Hours(time(9), time(10), capacity=capacity, walk_in_percent=share)
            bookable = hours.bookable
            assert 0 <= bookable <= before  # never more for a larger share
            assert (bookable == 0) == (share == 100)
            kept = capacity - bookable
            assert 100 * kept >= capacity * share or bookable == 1
            assert 100 * (kept - 1) < capacity * share  # and no place too many
            before = bookable
