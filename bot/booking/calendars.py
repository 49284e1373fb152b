"""A site's calendar, read from the tables."""

from typing import Any

from sqlalchemy import Connection, Row, or_, select

from bot.booking.calendar import Calendar, Closure, ExtraDay, Hours, WeeklyRule
from bot.booking.holidays import published_days
from bot.booking.tables import (
    closures,
    extra_days,
    insert_if_new,
    known_year_rows,
    special_days,
    weekly_rules,
)


def load_special_days(connection: Connection, year: int) -> int:
    """Load a year's holidays and make-up days; what the office edited stays. How many are new."""
    days = [
        insert_if_new(
            connection, special_days, day=one.day, working=one.working, name=one.name, edited=False
        )
        for one in published_days(year)
    ]
    if days:
        know_year(connection, year)
    return sum(day is not None for day in days)


def know_year(connection: Connection, year: int) -> None:
    """Note that the holidays of a year are complete. Single days typed in do not say that."""
    insert_if_new(connection, known_year_rows, year=year)


def known_years(connection: Connection) -> frozenset[int]:
    """The years whose holidays are complete."""
    return frozenset(connection.execute(select(known_year_rows.c.year)).scalars())


def calendar_of(connection: Connection, site: str) -> Calendar:
    """All that decides this site's slots."""
    rules = connection.execute(
        select(weekly_rules).where(weekly_rules.c.site == site).order_by(weekly_rules.c.id)
    )
    extras = connection.execute(
        select(extra_days).where(extra_days.c.site == site).order_by(extra_days.c.id)
    )
    closed = connection.execute(
        select(closures).where(or_(closures.c.site == site, closures.c.site.is_(None)))
    )
    known = connection.execute(select(special_days.c.day, special_days.c.working))
    return Calendar(
        tuple(
            WeeklyRule(row.weekday, _hours(row), row.starts_on, row.ends_on, row.every_weeks)
            for row in rules
        ),
        tuple(
            Closure(row.first_day, row.last_day, row.opens, row.closes, row.window)
            for row in closed
        ),
        tuple(ExtraDay(row.day, _hours(row)) for row in extras),
        {row.day: row.working for row in known},
        known_years(connection),
    )


def _hours(row: Row[Any]) -> Hours:
    return Hours(
        row.opens, row.closes, row.window, row.slot_minutes, row.capacity, row.walk_in_percent
    )
