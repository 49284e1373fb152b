"""Figures of booking and of the halls at this moment, for `bot.metrics`."""

from collections import Counter
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.booking.tables import appointments, holds, sites, slots, waiting_entries
from bot.models.appointment import ARRIVED, PASSED

Figures = dict[str, float | dict[str, float]]

# By site, so that the index of slots by site and day is used.
_TODAY = (
    select(sites.c.id, appointments.c.state, func.count(), func.min(appointments.c.arrived_at))
    .join(slots, slots.c.site == sites.c.id)
    .join(appointments, appointments.c.slot == slots.c.id)
    .group_by(sites.c.id, appointments.c.state)
)


def figures(connection: Connection, now: datetime) -> Figures:
    """By gauge, and by its label where it has one."""
    count = func.count()
    held = select(count).select_from(holds).where(holds.c.until > now)
    waits = select(count).select_from(waiting_entries)
    made = select(func.max(appointments.c.id))
    return {
        "holds": connection.scalar(held) or 0,
        "waiting_people": connection.scalar(waits) or 0,
        "appointments_made": connection.scalar(made) or 0,
        **_today(connection, now),
    }


def _today(connection: Connection, now: datetime) -> Figures:
    states: Counter[str] = Counter()
    people: Counter[str] = Counter()
    seconds: dict[str, float] = {}
    for site, state, count, came in connection.execute(_TODAY.where(slots.c.day == now.date())):
        states[state] += count
        if state in (ARRIVED, PASSED):
            people[site] += count
            waited = (now - came).total_seconds() if came else 0.0
            seconds[site] = max(waited, seconds.get(site, 0.0))
    return {
        "appointments_today": dict(states),
        "queue_people": dict(people),
        "queue_seconds": seconds,
    }
