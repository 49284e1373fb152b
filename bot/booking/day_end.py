"""The end of a day: who came, and who did not, as far as nobody noted it yet."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, or_, select

from bot.booking.queries import query
from bot.booking.tables import appointments, slots
from bot.models.appointment import ACTIVE, BOOKED, MISSED, PAST, SERVED, SERVING

OUTCOMES = (SERVED, MISSED, PAST)
"""Served; did not come; came, and it was not done."""


def likely(state: str) -> str:
    """What most probably became of an appointment in this state; "" where nothing is known.

    >>> [likely(state) for state in ("booked", "arrived", "serving", "past")]
    ['missed', 'past', 'served', '']
    """
    if state == PAST:
        return ""
    return {BOOKED: MISSED, SERVING: SERVED}.get(state, PAST)


def unsettled(connection: Connection, site: str, day: date, now: datetime) -> list[Row[Any]]:
    """The appointments of a day that is over whose end nobody noted, by time. Before the last
    slot has ended, who waits is served yet."""
    open_ones = query().where(*_open(site, day, now))
    return list(connection.execute(open_ones.order_by(slots.c.starts_at, appointments.c.id)))


def count_unsettled(connection: Connection, site: str, day: date, now: datetime) -> int:
    """How many there are."""
    rows = select(func.count()).select_from(appointments)
    these = rows.join(slots, slots.c.id == appointments.c.slot).where(*_open(site, day, now))
    return int(connection.scalar(these) or 0)


def goes_on(connection: Connection, site: str, day: date, now: datetime) -> bool:
    """Whether a window of the site is open yet on that day, now or later."""
    return bool(connection.scalar(select(_goes_on(site, day, now))))


def _goes_on(site: str, day: date, now: datetime) -> ColumnElement[bool]:
    later = slots.alias("later")
    return exists().where(
        later.c.site == site, later.c.day == day, later.c.open, later.c.ends_at > now
    )


def _open(site: str, day: date, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Whose window was closed stayed away for good reason: who calls them notes that."""
    state = appointments.c.state
    unsaid = and_(state == PAST, appointments.c.arrived_at.is_(None))
    closed = and_(slots.c.open.is_(False), appointments.c.arrived_at.is_(None))
    at = (slots.c.site == site, slots.c.day == day, slots.c.ends_at <= now)
    return (*at, ~_goes_on(site, day, now), or_(state.in_(ACTIVE), unsaid), ~closed)
