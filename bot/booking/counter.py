"""The window's side of the day: who comes, who is here, who was served."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, bindparam, select, update

from bot.booking.appointments import cancel_row, insert_row, move_row
from bot.booking.contacts import of_contact
from bot.booking.queries import query, words
from bot.booking.reminders import post_reminders
from bot.booking.slots import give_back, lock, reclaim, take
from bot.booking.tables import appointments, slots
from bot.models.appointment import ACTIVE, BOOKED, CANCELLED, STAFF
from bot.outbox.posting import post

MOVED = "moved"
CALLED_OFF = "called_off"


def day_view(connection: Connection, site: str, day: date) -> list[Row[Any]]:
    """The appointments of a site's day (rows of `queries.query`), cancelled ones left out."""
    rows = query().where(
        slots.c.site == site, slots.c.day == day, appointments.c.state != CANCELLED
    )
    return list(connection.execute(rows.order_by(slots.c.starts_at, appointments.c.id)))


class Outline(NamedTuple):
    """Of an appointment, what decides where it stands on the page of its day."""

    id: int
    state: str
    starts_at: datetime


# Made once: the page of a day is asked for again and again.
_THE_DAY = and_(slots.c.site == bindparam("at"), slots.c.day == bindparam("on"))
_SLOTS_OF_DAY = select(slots).where(_THE_DAY).order_by(slots.c.starts_at, slots.c.window)
_OUTLINE = (
    select(appointments.c.id, appointments.c.state, appointments.c.slot)
    .join(slots, slots.c.id == appointments.c.slot)
    .where(_THE_DAY, appointments.c.state != CANCELLED)
    .order_by(slots.c.starts_at, appointments.c.id)
)
_kept = appointments.c
_LINES = (
    select(_kept.slot, _kept.code, _kept.state, _kept.purpose, _kept.source)
    .add_columns(_kept.name, _kept.phone, _kept.arrived_at)
    .join(slots, slots.c.id == _kept.slot)
    .where(_THE_DAY, _kept.state != CANCELLED)
    .order_by(_kept.id)
)
_BY_IDS = query().where(appointments.c.id.in_(bindparam("ids", expanding=True)))


def day_outline(
    connection: Connection, site: str, day: date, its_slots: Iterable[Row[Any]]
) -> list[Any]:
    """The same appointments in the same order, of each an `Outline`: a day may have two thousand,
    and opening what is sealed of each takes longer than the page."""
    begins = {slot.id: slot.starts_at for slot in its_slots}
    rows = connection.execute(_OUTLINE, {"at": site, "on": day}).all()
    return [Outline(id, state, begins[slot]) for id, state, slot in rows]


def day_lines(connection: Connection, site: str, day: date) -> dict[int, list[Row[Any]]]:
    """The same appointments by their slots, of each what a line of paper says."""
    lines: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(_LINES, {"at": site, "on": day}):
        lines.setdefault(row.slot, []).append(row)
    return lines


def by_ids(connection: Connection, ids: Collection[int]) -> dict[int, Row[Any]]:
    """These appointments, by their numbers."""
    rows = connection.execute(_BY_IDS, {"ids": list(ids)})
    return {row.id: row for row in rows}


def by_id(connection: Connection, appointment: int) -> Row[Any] | None:
    """One appointment."""
    return connection.execute(query().where(appointments.c.id == appointment)).first()


def by_code(connection: Connection, site: str, code: str) -> Row[Any] | None:
    """The active appointment with this check-in code at the site."""
    row = query().where(
        appointments.c.code == code, slots.c.site == site, appointments.c.state.in_(ACTIVE)
    )
    return connection.execute(row).first()


def book_for(
    connection: Connection,
    slot: int,
    purpose: str,
    now: datetime,
    *,
    name: str = "",
    phone: str = "",
) -> int | None:
    """Book for a person who calls or stands at the window; the places kept for walk-ins may be
    used. The appointment's id, or None when the slot is full or closed."""
    if not _take(connection, slot, now):
        return None
    about = {"purpose": purpose, "reminders": False, "source": STAFF}
    made = insert_row(connection, slot, now, **about)
    if made is not None:
        who = of_contact(connection, made, name, phone)
        if who:
            connection.execute(update(appointments).where(appointments.c.id == made).values(who))
    return made


def move(connection: Connection, appointment: int, slot: int, now: datetime) -> bool:
    """Move a person's appointment, and tell them. False when it is not booked any more, or the
    slot is full. The new place is taken before the old one is given back."""
    row = by_id(connection, appointment)
    if row is None or row.state != BOOKED or not _take(connection, slot, now):
        return False
    if not move_row(connection, row, slot, now):
        give_back(connection, slot, now)
        return False
    moved = by_id(connection, appointment)
    if moved is not None and moved.person:
        post(
            connection,
            moved.person,
            MOVED,
            words(moved),
            now=now,
            useless_from=moved.starts_at,
            appointment=appointment,
        )
        if moved.reminders:
            post_reminders(
                connection, moved.person, appointment, words(moved), moved.starts_at, now
            )
    return True


def call_off(connection: Connection, appointment: int, reason: str, now: datetime) -> bool:
    """Cancel a person's appointment for the office, and tell them why."""
    row = by_id(connection, appointment)
    if row is None or not cancel_row(connection, row, now):
        return False
    if row.person:
        told = words(row) | {"reason": reason}
        post(
            connection,
            row.person,
            CALLED_OFF,
            told,
            now=now,
            useless_from=row.starts_at,
            appointment=appointment,
        )
    return True


def slots_of_day(connection: Connection, site: str, day: date) -> list[Row[Any]]:
    """All slots of a site's day, for booking at the window and for showing how full it is."""
    return list(connection.execute(_SLOTS_OF_DAY, {"at": site, "on": day}))


def _take(connection: Connection, slot: int, now: datetime) -> bool:
    lock(connection, slot)
    if take(connection, slot, at_the_window=True):
        return True
    return reclaim(connection, slot, now) > 0 and take(connection, slot, at_the_window=True)
