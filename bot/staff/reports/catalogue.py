"""All reports: those of the windows' work, and those of what people told."""

from collections.abc import Iterable

from sqlalchemy import Connection

from bot.staff.reports.rows import Row, Rows, Span
from bot.staff.reports.talks import TALKS
from bot.staff.reports.work import WORK, work

REPORTS = (*WORK, *TALKS)
SHARES = frozenset({"bookings", "no_shows"})  # the second figure is what the first is a part of
COMPARED = frozenset({"differences"})  # the second figure is of the same kind as the first
BY_SITE = frozenset({"bookings", "waiting", "no_shows"})


def read(connection: Connection, span: Span, names: Iterable[str]) -> dict[str, Rows]:
    """These reports, by name. The figures of the work are read once."""
    wanted = list(names)
    done = work(connection, span.first, span.last) if WORK.keys() & set(wanted) else None
    return {
        name: WORK[name](done) if done and name in WORK else TALKS[name](connection, span)
        for name in wanted
    }


def of_all(name: str, rows: list[Row]) -> tuple[object, ...]:
    """What a report by site says of the whole county: sums, and of minutes the mean."""
    people = sum(row[2] for row in rows)
    if name == "waiting":
        return round(sum(row[1] * row[2] for row in rows) / people, 1), people
    return sum(row[1] for row in rows), people
