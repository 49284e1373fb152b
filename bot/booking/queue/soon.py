"""Who is told that it is soon their turn: anyone who asked for notices, once."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, update

from bot.booking.queries import query, words
from bot.booking.queue.hall import hall_of
from bot.booking.tables import appointments, tickets
from bot.outbox.posting import post

YOUR_TURN = "your_turn"
LEFT = 2
"""When so many are before one."""
GOOD_FOR = timedelta(minutes=10)
"""Later, one was called, or sees the screen."""


def tell_soon(connection: Connection, site: str, now: datetime) -> None:
    """Tell those at the head of the queue who were not told."""
    first = hall_of(connection, site, now).waiting[: LEFT + 1]
    for ahead, row in enumerate(first):
        if row.person and row.reminders and row.number and _is_new(connection, row.id, now):
            whole = connection.execute(query().where(appointments.c.id == row.id)).one()
            told = words(whole) | {"code": row.number, "ahead": str(ahead)}
            post(connection, row.person, YOUR_TURN, told, now=now, useless_from=now + GOOD_FOR)


def _is_new(connection: Connection, appointment: int, now: datetime) -> bool:
    this = update(tickets).where(tickets.c.appointment == appointment, tickets.c.told_at.is_(None))
    return bool(connection.execute(this.values(told_at=now)).rowcount)
