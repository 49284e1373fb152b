"""The telephone that a person left with their appointment: for news of it, and for nothing else."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from bot.booking.contacts import of_contact
from bot.booking.queries import active_row
from bot.booking.tables import appointments

_NONE: dict[str, Any] = dict.fromkeys(
    ("phone", "phone_index", "phone_tail_index", "phone_agreed_at")
)


def keep_phone(connection: Connection, person: str, number: str, now: datetime) -> bool:
    """Keep it with the person's appointment, in the place of an earlier one; "" forgets it. False
    without an appointment."""
    row = active_row(connection, person)
    if row is None:
        return False
    left = _NONE
    if number:
        left = of_contact(connection, row.id, phone=number) | {"phone_agreed_at": now}
    mine = update(appointments).where(appointments.c.id == row.id, appointments.c.person == person)
    return bool(connection.execute(mine.values(left)).rowcount)
