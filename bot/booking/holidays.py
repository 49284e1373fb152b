"""Public holidays and make-up working days, from `chinesecalendar`.

They are loaded into a table the office can edit, because the State Council's notice for a year
appears in the November before, and a package release later still."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chinese_calendar import Holiday, constants
from sqlalchemy import Connection, select

from bot.booking.tables import known_year_rows, special_days
from bot.upsert import insert_if_new

WARN_FROM_MONTH = 11


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day on which weekly rules do not decide: `working` False is a holiday, True a make-up
    working day. `name` is the holiday's Chinese name."""

    day: date
    working: bool
    name: str


def published_days(year: int) -> tuple[SpecialDay, ...]:
    """The holidays and make-up working days the package knows for `year`; none when it knows none.

    >>> published_days(2026)[0]
    SpecialDay(day=datetime.date(2026, 1, 1), working=False, name='元旦')
    """
    days = [
        SpecialDay(day, working, Holiday(name).chinese)
        for table, working in ((constants.holidays, False), (constants.workdays, True))
        for day, name in table.items()
        if day.year == year
    ]
    return tuple(sorted(days, key=lambda one: one.day))


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


def missing_year(known_years: Iterable[int], today: date) -> int | None:
    """The year for which holidays must be loaded now: this one, or from 1 November the next.

    >>> missing_year({2026}, date(2026, 10, 31))
    >>> missing_year({2026}, date(2026, 11, 1))
    2027
    """
    known = set(known_years)
    if today.year not in known:
        return today.year
    if today.month >= WARN_FROM_MONTH and today.year + 1 not in known:
        return today.year + 1
    return None
