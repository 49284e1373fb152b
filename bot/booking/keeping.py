"""The hold itself: one per person, made and given back."""

from datetime import datetime

from sqlalchemy import Connection, delete

from bot.booking.slots import give_back
from bot.booking.tables import holds, insert_if_new


def keep(connection: Connection, person: str, slot: int, now: datetime, until: datetime) -> None:
    """Record a hold for a place already taken, instead of the person's earlier one."""
    release(connection, person, now)
    while not insert_if_new(connection, holds, person=person, slot=slot, until=until):
        release(connection, person, now)  # the same person's other tap was faster by a moment


def release(connection: Connection, person: str, now: datetime) -> None:
    """Give the person's held place back, if there is one."""
    gone = delete(holds).where(holds.c.person == person).returning(holds.c.slot)
    for slot in connection.execute(gone).scalars().all():
        give_back(connection, slot, now)
