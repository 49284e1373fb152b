"""The hold itself: one per person, made and given back."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete

from bot.booking.slots import give_back, give_back_later
from bot.booking.tables import holds, insert_if_new

_RELEASE = (
    delete(holds).where(holds.c.person == bindparam("whose")).returning(holds.c.slot, holds.c.until)
)


def keep(connection: Connection, person: str, slot: int, now: datetime, until: datetime) -> None:
    """Record a hold for a place already taken, instead of the person's earlier one."""
    while not insert_if_new(connection, holds, person=person, slot=slot, since=now, until=until):
        release(connection, person, now)


def release(connection: Connection, person: str, now: datetime) -> None:
    """Give the person's held place back, if there is one. One let go before its time returns after
    a random while, like a cancelled one, so that nobody can hand it on at a known moment."""
    for slot, until in connection.execute(_RELEASE, {"whose": person}).all():
        if until > now:
            give_back_later(connection, slot, now)
        else:
            give_back(connection, slot, now)
