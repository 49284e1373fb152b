"""The numbers that are called in the hall: a letter for what one comes for, and a count."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.booking.tables import ticket_counters, tickets
from bot.models.appointment import CALLED, PASSED, SERVING
from bot.upsert import insert_or_update
from dialogs.booking.purposes import PURPOSES

OTHER_SERIES = "Z"
"""Of a purpose that the county's file no longer has."""


def give_ticket(connection: Connection, row: Row[Any], *, walk_in: bool = False) -> str:
    """The number of an appointment (with its site and day) there on that day: the one it has, or a
    new one."""
    this = tickets.c.appointment == row.id
    had = connection.execute(select(tickets).where(this)).first()
    if had is not None and (had.site, had.day) == (row.site, row.day):
        return str(had.number)
    number = _next_number(connection, row.site, row.day, series_of(row.purpose))
    where = {"site": row.site, "day": row.day, "number": number}
    if had is None:
        values = where | {"appointment": row.id, "walk_in": walk_in, "calls": 0}
        connection.execute(tickets.insert().values(values))
    else:  # it was moved since; nothing of the other day counts
        fresh = dict.fromkeys(("called_to", "called_at", "passed_at", "told_at"))
        connection.execute(update(tickets).where(this).values(where | fresh | {"calls": 0}))
    return number


def note_call(
    connection: Connection, appointment: int, state: str, now: datetime, window: str | None
) -> None:
    """What the queue keeps of a call, and of one in vain. Who is served without a call was called
    at that moment."""
    called = {"called_to": window, "called_at": now, "calls": tickets.c.calls + 1}
    this = update(tickets).where(tickets.c.appointment == appointment)
    if state == CALLED:
        connection.execute(this.values(called))
    elif state == SERVING and window:
        connection.execute(this.where(tickets.c.called_at.is_(None)).values(called))
    elif state == PASSED:
        connection.execute(this.values(passed_at=now))


def series_of(purpose: str) -> str:
    """The letter of a purpose.

    >>> series_of("review"), series_of("gone")
    ('A', 'Z')
    """
    return PURPOSES[purpose].series if purpose in PURPOSES else OTHER_SERIES


def _next_number(connection: Connection, site: str, day: date, series: str) -> str:
    """Taken atomically: the row of the counter is locked until the commit."""
    keys = {"site": site, "day": day, "series": series}
    grown = {"last": ticket_counters.c.last + 1}
    last = insert_or_update(connection, ticket_counters, keys | {"last": 1}, grown)
    return f"{series}{last.last:03}"
