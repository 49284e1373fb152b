"""Everybody in the hall of a site today: who waits and in which order, who is called or served."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select

from bot.booking.queue.order import Called, Waiting, queue_order
from bot.booking.tables import appointments, sites, slots, tickets
from bot.models.appointment import ARRIVED, CALLED, PASSED, SERVING

_HERE: Select[Any] = (
    select(
        appointments.c.id,
        appointments.c.state,
        appointments.c.purpose,
        appointments.c.person,
        appointments.c.reminders,
        appointments.c.arrived_at,
        appointments.c.serving_at,
        appointments.c.served_by,
        tickets.c.number,
        tickets.c.walk_in,
        tickets.c.called_to,
        tickets.c.called_at,
        tickets.c.calls,
        tickets.c.passed_at,
        tickets.c.told_at,
        slots.c.starts_at,
        slots.c.ends_at,
    )
    .join(slots, slots.c.id == appointments.c.slot)
    .outerjoin(tickets, tickets.c.appointment == appointments.c.id)
    .where(
        appointments.c.state.in_((ARRIVED, CALLED, PASSED, SERVING)),
        slots.c.site == bindparam("at"),
        slots.c.day == bindparam("on"),
    )
)


@dataclass(frozen=True, slots=True)
class Hall:
    """`waiting` in the order in which they are called; `called` the latest first."""

    waiting: tuple[Row[Any], ...]
    called: tuple[Row[Any], ...]
    serving: tuple[Row[Any], ...]

    def ahead_of(self, appointment: int) -> int | None:
        """How many are called before this one; None for who does not wait."""
        ids = [row.id for row in self.waiting]
        return ids.index(appointment) if appointment in ids else None


def hall_of(connection: Connection, site: str, now: datetime) -> Hall:
    """The hall of a site as it is now."""
    here = connection.execute(_HERE, {"at": site, "on": now.date()})
    rows = {row.id: row for row in here}
    wait = [_waiting(row) for row in rows.values() if row.state in (ARRIVED, PASSED)]
    share = connection.scalar(select(sites.c.walk_in_share).where(sites.c.id == site)) or 0
    order = queue_order(wait, called_this_hour(connection, site, now), share, now)
    called = [row for row in rows.values() if row.state == CALLED]
    called.sort(key=lambda row: (row.called_at or row.arrived_at, row.id), reverse=True)
    serving = [row for row in rows.values() if row.state == SERVING]
    serving.sort(key=lambda row: (row.serving_at, row.id))
    return Hall(tuple(rows[one.id] for one in order), tuple(called), tuple(serving))


def called_this_hour(connection: Connection, site: str, now: datetime) -> Called:
    """Who was called since the hour struck."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    since = select(tickets.c.walk_in).where(
        tickets.c.site == site, tickets.c.day == now.date(), tickets.c.called_at >= hour
    )
    counts = Counter(connection.scalars(since))
    return Called(counts[False], counts[True])


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        row.id, row.starts_at, row.ends_at, row.arrived_at, bool(row.walk_in), row.passed_at
    )
