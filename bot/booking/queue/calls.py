"""Calling: the next one, once more, to another window. Two clerks never get the same person."""

from datetime import datetime

from sqlalchemy import Connection, exists, select, update

from bot.booking import transitions
from bot.booking.queue.hall import hall_of
from bot.booking.queue.soon import tell_soon
from bot.booking.tables import appointments, tickets
from bot.models.appointment import CALLED, SERVING


def call_next(connection: Connection, site: str, now: datetime, by: str, window: str) -> int | None:
    """Call the first who waits to the window of the account `by`; None when nobody does. Whom a
    colleague takes at this very moment, or has begun a worksheet of, is hers, and the next one is
    called."""
    for row in hall_of(connection, site, now).waiting:
        if transitions.step(connection, row.id, CALLED, now, by, window=window):
            tell_soon(connection, site, now)
            return int(row.id)
    return None


def has_called(connection: Connection, site: str, now: datetime, by: str) -> str | None:
    """The number that the account has called and that has not come yet; None without one."""
    mine = (row for row in hall_of(connection, site, now).called if row.served_by == by)
    return next((row.number or "" for row in mine), None)


def recall(connection: Connection, appointment: int, now: datetime, by: str) -> bool:
    """Call once more whom the account has called. False where it has not, or they came."""
    mine = select(appointments.c.id).where(
        appointments.c.id == appointment,
        appointments.c.state == CALLED,
        appointments.c.served_by == by,
    )
    this = update(tickets).where(tickets.c.appointment == appointment, exists(mine))
    again = this.values(called_at=now, calls=tickets.c.calls + 1)
    return bool(connection.execute(again).rowcount)


def hand_over(
    connection: Connection, appointment: int, window: str, now: datetime, by: str
) -> bool:
    """Send whom the account has called, or serves, on to another window, and call them there. False
    where another account has them by now."""
    mine = update(appointments).where(
        appointments.c.id == appointment,
        appointments.c.state.in_((CALLED, SERVING)),
        appointments.c.served_by == by,
    )
    free = mine.values(state=CALLED, served_by=None, serving_at=None)
    if not connection.execute(free).rowcount:
        return False
    this = update(tickets).where(tickets.c.appointment == appointment)
    there = {"called_to": window, "called_at": now, "calls": tickets.c.calls + 1}
    connection.execute(this.values(there))
    return True
