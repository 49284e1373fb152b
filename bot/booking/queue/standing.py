"""What a person in the hall is told of the queue."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from bot.booking.queries import active_row
from bot.booking.queue.hall import hall_of
from bot.booking.queue.pace import minutes_to_wait, served_minutes
from bot.booking.queue.windows import open_windows
from bot.models.appointment import ARRIVED, BOOKED, PASSED
from dialogs.booking.protocol import InQueue


def standing(connection: Connection, person: str, now: datetime) -> InQueue | None:
    """How the person stands in today's queue; None for who has no number."""
    row = active_row(connection, person)
    if row is None or row.state == BOOKED or not row.ticket or row.day != now.date():
        return None
    ahead = minutes = None
    if row.state in (ARRIVED, PASSED):
        ahead = hall_of(connection, row.site, now).ahead_of(row.id)
        minutes = _minutes(connection, row, ahead or 0, now)
    return InQueue(row.ticket, row.state, row.title, row.called_to or "", ahead or 0, minutes)


def _minutes(connection: Connection, row: Row[Any], ahead: int, now: datetime) -> int | None:
    windows = len(open_windows(connection, row.site, now))
    return minutes_to_wait(ahead, served_minutes(connection, row.site, now), windows)
