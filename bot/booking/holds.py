"""The hold itself: one per person, made and given back."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete

from bot.booking.slots import give_back, lapsed_place_free_at
from bot.booking.tables import holds
from bot.upsert import insert_if_new

_DROP = delete(holds).where(holds.c.person == bindparam("whose"))
_RELEASE = _DROP.returning(holds.c.slot, holds.c.until, holds.c.free_at)


def keep(connection: Connection, person: str, slot: int, now: datetime, until: datetime) -> None:
    """Record a hold for a place already taken, instead of the person's earlier one."""
    while not keep_if_none(connection, person, slot, now, until):
        release(connection, person, now)


def keep_if_none(
    connection: Connection, person: str, slot: int, now: datetime, until: datetime
) -> bool:
    """Record a hold for a place already taken, unless the person has one; whether it was."""
    free_at = lapsed_place_free_at(until)
    hold = {"person": person, "slot": slot, "since": now, "until": until, "free_at": free_at}
    return insert_if_new(connection, holds, **hold) is not None


def drop(connection: Connection, person: str) -> None:
    """Undo a hold made just now, of which nobody knows; the caller still has its place."""
    connection.execute(_DROP, {"whose": person})


def release(connection: Connection, person: str, now: datetime) -> None:
    """Give the person's held place back, if there is one. One let go before its time returns after
    a random while, so that nobody can hand it on at a known moment. It is as short as for a lapsed
    one, otherwise anyone who changes their mind all the time would keep many places from others."""
    for slot, until, free_at in connection.execute(_RELEASE, {"whose": person}).all():
        due_at = lapsed_place_free_at(now) if until > now else free_at
        give_back(connection, slot, due_at, person)
