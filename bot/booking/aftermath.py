"""Whom a closure hit, and to whom it says again that their window is open: listed until each of
them knows. Anyone who moves or cancels their appointment themselves leaves the list."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select, update

from bot.booking.queries import query
from bot.booking.tables import appointments, notices, slots
from bot.models.appointment import BOOKED, PAST

CLOSED, REOPENED, REBOOK = "closed", "reopened", "rebook"  # kinds of notices

_ORDER = (slots.c.starts_at, appointments.c.id)


def unsettled(connection: Connection) -> tuple[Row[Any], ...]:
    """Appointments whose window was closed and of which no clerk has said that it is settled, also
    after their day; until then a person may not know. Who came all the same was served or told."""
    open_case = query().where(
        appointments.c.state.in_((BOOKED, PAST)),
        appointments.c.arrived_at.is_(None),
        slots.c.open.is_(False),
        appointments.c.settled_at.is_(None),
        appointments.c.blanked_at.is_(None),
    )
    return tuple(connection.execute(open_case.order_by(*_ORDER)))


def restored(connection: Connection) -> tuple[Row[Any], ...]:
    """Appointments whose window was closed and is open again, until a clerk has said that their
    person knows; after their day it is worth nothing."""
    again = query().where(
        appointments.c.state == BOOKED,
        appointments.c.arrived_at.is_(None),
        slots.c.open,
        appointments.c.reopened_at.is_not(None),
    )
    return tuple(connection.execute(again.order_by(*_ORDER)))


def told(connection: Connection, kind: str) -> dict[int, Row[Any]]:
    """The notice of this kind by appointment that nobody has settled; of several the latest."""
    open_case = or_(appointments.c.settled_at.is_(None), appointments.c.reopened_at.is_not(None))
    columns = ("appointment", "state", "way", "error", "useless_from")
    of_kind = (
        select(*(notices.c[name] for name in columns))
        .join(appointments, appointments.c.id == notices.c.appointment)
        .where(notices.c.kind == kind, open_case)
    )
    rows = connection.execute(of_kind.order_by(notices.c.id))
    return {row.appointment: row for row in rows}


def mark_hit(connection: Connection, hit: Iterable[int]) -> None:
    """Their window is closed from now on: they are listed, whatever was settled before."""
    those = update(appointments).where(appointments.c.id.in_(tuple(hit)))
    connection.execute(those.values(settled_at=None, reopened_at=None))


def mark_restored(connection: Connection, again: Iterable[int], now: datetime) -> None:
    """Their window is open again: they are listed until they know."""
    those = update(appointments).where(appointments.c.id.in_(tuple(again)))
    connection.execute(those.values(settled_at=None, reopened_at=now))


def settle(connection: Connection, appointment: int, now: datetime) -> bool:
    """A clerk has reached the person. False when that was noted before, or the appointment was
    moved or cancelled meanwhile."""
    closed = select(slots.c.id).where(slots.c.open.is_(False))
    is_hit = and_(
        appointments.c.state.in_((BOOKED, PAST)),
        appointments.c.settled_at.is_(None),
        appointments.c.slot.in_(closed),
    )
    is_restored = and_(appointments.c.state == BOOKED, appointments.c.reopened_at.is_not(None))
    this = update(appointments).where(appointments.c.id == appointment, or_(is_hit, is_restored))
    done = connection.execute(this.values(settled_at=now, reopened_at=None))
    return bool(done.rowcount)
