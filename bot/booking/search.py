"""Appointments of any day by code, name or telephone number, and those of the same number."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, or_, select

from bot.booking.contacts import has_name, has_phone
from bot.booking.queries import query
from bot.booking.tables import appointments, slots
from bot.models.appointment import ACTIVE, CANCELLED, TAIL

MOST_FOUND = 20
CODE = 6  # digits
ENOUGH_DIGITS = 3  # of a telephone number, to look for it on a day


_SEVERAL = (
    select(appointments.c.phone_index)
    .where(appointments.c.phone_index.in_(bindparam("ours", expanding=True)))
    .where(appointments.c.state.in_(ACTIVE))
    .group_by(appointments.c.phone_index)
    .having(func.count() > 1)
)


def found(
    connection: Connection,
    wanted: str,
    phone: str | None,
    *,
    site: str | None = None,
    but: date | None = None,
) -> list[Row[Any]]:
    """The appointments with this whole code, whole name, or telephone number (`phone` is what of
    `wanted` may be one; its last four digits are enough), latest first; those called off left out.
    With `site` only those there; with `but` none of that day."""
    meant = _meant(connection, wanted, phone)
    rows = query().where(meant, appointments.c.state != CANCELLED)
    if site is not None:
        rows = rows.where(slots.c.site == site)
    if but is not None:
        rows = rows.where(slots.c.day != but)
    latest = rows.order_by(slots.c.starts_at.desc(), appointments.c.id).limit(MOST_FOUND)
    return list(connection.execute(latest))


def found_on(connection: Connection, site: str, day: date, wanted: str) -> list[int]:
    """The appointments of a site's day, in its order, whose code, name or telephone number contains
    this; of a number at least `ENOUGH_DIGITS`. Only what may match is opened."""
    named = appointments.c.name.is_not(None) | appointments.c.phone.is_not(None)
    columns = (appointments.c.id, appointments.c.code, appointments.c.name, appointments.c.phone)
    rows = (
        select(*columns)
        .join(slots, slots.c.id == appointments.c.slot)
        .where(slots.c.site == site, slots.c.day == day, appointments.c.state != CANCELLED)
        .where(named | appointments.c.code.contains(wanted, autoescape=True))
        .order_by(slots.c.starts_at, appointments.c.id)
    )
    return [row.id for row in connection.execute(rows) if wanted and _contains(row, wanted)]


def same_phone(connection: Connection, row: Row[Any]) -> list[Row[Any]]:
    """The other appointments ahead or in hand, at any site, under the telephone number of `row`."""
    if row.phone_index is None or row.state not in ACTIVE:
        return []
    others = query().where(
        appointments.c.phone_index == row.phone_index,
        appointments.c.id != row.id,
        appointments.c.state.in_(ACTIVE),
    )
    rows = connection.execute(others.order_by(slots.c.starts_at, appointments.c.id))
    return list(rows.fetchmany(MOST_FOUND))


def booked_twice(connection: Connection, rows: Iterable[Row[Any]]) -> Collection[int]:
    """Which of these appointments have a telephone number under which more than one is ahead or in
    hand, on any day and at any site."""
    ours = {row.phone_index for row in rows if row.phone_index and row.state in ACTIVE}
    if not ours:
        return frozenset()
    numbers = set(connection.scalars(_SEVERAL, {"ours": list(ours)}))
    return frozenset(row.id for row in rows if row.phone_index in numbers and row.state in ACTIVE)


def _contains(row: Any, wanted: str) -> bool:
    if wanted in row.code or wanted in (row.name or ""):
        return True
    return len(wanted) >= ENOUGH_DIGITS and wanted in (row.phone or "")


def _meant(connection: Connection, wanted: str, phone: str | None) -> ColumnElement[bool]:
    if not wanted.isdecimal():
        named = has_name(connection, wanted)
        return or_(named, has_phone(connection, phone)) if phone else named
    kinds = []
    if len(wanted) == CODE:
        kinds.append(appointments.c.code == wanted)
    if len(wanted) == TAIL or phone:
        kinds.append(has_phone(connection, phone or wanted))
    return or_(*kinds) if kinds else appointments.c.id.is_(None)
