"""Appointments as their owners and the window see them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, or_, select

from bot.booking.tables import appointments, sites, slots, tickets
from bot.models.appointment import (
    ARRIVED,
    BOOKED,
    CALLED,
    CANCELLED,
    IS_ACTIVE,
    MISSED,
    PASSED,
    PAST,
    SERVED,
    SERVING,
)
from dialogs.booking.protocol import Place

CAME = "came"


def query() -> Select[Any]:
    """Appointments with slots, sites and numbers of the queue, to be narrowed by `where`."""
    return (
        select(
            appointments,
            tickets.c.number.label("ticket"),
            tickets.c.walk_in,
            tickets.c.called_to,
            tickets.c.called_at,
            tickets.c.calls,
            tickets.c.passed_at,
            tickets.c.told_at,
            slots.c.site,
            slots.c.window,
            slots.c.day,
            slots.c.starts_at,
            slots.c.ends_at,
            slots.c.open,
            sites.c.title,
            sites.c.address,
            sites.c.telephone,
            sites.c.sample,
        )
        .join(slots, slots.c.id == appointments.c.slot)
        .join(sites, sites.c.id == slots.c.site)
        .outerjoin(tickets, tickets.c.appointment == appointments.c.id)
    )


_ACTIVE = query().where(appointments.c.person == bindparam("whose"), IS_ACTIVE)
_CANCELLED = (
    query()
    .where(appointments.c.person == bindparam("whose"), appointments.c.state == CANCELLED)
    .where(slots.c.starts_at > bindparam("now"))
    .order_by(appointments.c.ended_at.desc())
    .limit(1)
)


def came(row: Any) -> bool:
    """Whether the person of an appointment is or was at the window. The day may have ended before a
    clerk pressed the last button."""
    return row.state in (ARRIVED, CALLED, PASSED, SERVING, SERVED) or (
        row.state == PAST and row.arrived_at is not None
    )


def standing(row: Any) -> str:
    """How an appointment stands: its state, or `came` where its day ended with the person there."""
    return CAME if row.state == PAST and came(row) else str(row.state)


def stayed_away() -> ColumnElement[bool]:
    """Whether nobody came to an appointment that is over, as a condition of a query."""
    state, nobody = appointments.c.state, appointments.c.arrived_at.is_(None)
    return or_(state == MISSED, and_(state == PAST, nobody))


def active_row(connection: Connection, person: str) -> Row[Any] | None:
    """The person's active appointment."""
    return connection.execute(_ACTIVE, {"whose": person}).first()


def cancelled_row(connection: Connection, person: str, now: datetime) -> Row[Any] | None:
    """The appointment still ahead that the person cancelled last."""
    return connection.execute(_CANCELLED, {"whose": person, "now": now}).first()


def place(row: Row[Any], now: datetime) -> Place:
    """A row of `query` as its owner sees it."""
    return Place(
        site=row.site,
        title=row.title,
        address=row.address,
        telephone=row.telephone,
        sample=row.sample,
        window=row.window,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        code=row.code,
        purpose=row.purpose,
        reminders=row.reminders,
        closed=not row.open,
        movable=row.state == BOOKED and now < row.starts_at,
        phone_left=row.phone_agreed_at is not None,
    )


def words(row: Row[Any]) -> dict[str, str]:
    """What notices say of an appointment."""
    return {"site": row.title, "starts_at": row.starts_at.isoformat(), "code": row.code}
