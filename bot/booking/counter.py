"""The window's side of the day: who comes, who is here, who was served."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, func, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.booking.appointments import cancel_row, insert_row, move_row
from bot.booking.contacts import of_contact
from bot.booking.queries import query, words
from bot.booking.reminders import post_reminders
from bot.booking.slots import give_back, lock, reclaim, take
from bot.booking.tables import appointments, slots
from bot.models.appointment import ACTIVE, ARRIVED, BOOKED, CANCELLED, MISSED, SERVED, SERVING
from bot.outbox.posting import post

# What a clerk may do → from which states, and which moment it sets.
STEPS: dict[str, tuple[tuple[str, ...], str | None]] = {
    ARRIVED: ((BOOKED, MISSED, SERVING), "arrived_at"),  # from SERVING: pressed the wrong one
    SERVING: ((BOOKED, ARRIVED, SERVED), "serving_at"),  # from SERVED: pressed the wrong one
    SERVED: ((ARRIVED, SERVING), "ended_at"),
    MISSED: ((BOOKED,), "ended_at"),
    BOOKED: ((ARRIVED, MISSED), None),  # pressed the wrong one
}
ENDS = (SERVED, MISSED)
STAFF = "staff"  # as the source of an appointment
MOVED = "moved"
CALLED_OFF = "called_off"


def day_view(connection: Connection, site: str, day: date) -> list[Row[Any]]:
    """The appointments of a site's day (rows of `queries.query`), cancelled ones left out."""
    rows = query().where(
        slots.c.site == site, slots.c.day == day, appointments.c.state != CANCELLED
    )
    return list(connection.execute(rows.order_by(slots.c.starts_at, appointments.c.id)))


def day_outline(connection: Connection, site: str, day: date) -> list[Row[Any]]:
    """The same appointments in the same order, of each what decides where it stands on a page: a
    day may have two thousand, and opening what is sealed of each takes longer than the page."""
    columns = (appointments.c.id, appointments.c.state, appointments.c.arrived_at)
    rows = (
        select(*columns, slots.c.starts_at)
        .join(slots, slots.c.id == appointments.c.slot)
        .where(slots.c.site == site, slots.c.day == day, appointments.c.state != CANCELLED)
    )
    return list(connection.execute(rows.order_by(slots.c.starts_at, appointments.c.id)))


def by_ids(connection: Connection, ids: Collection[int]) -> dict[int, Row[Any]]:
    """These appointments, by their numbers."""
    rows = connection.execute(query().where(appointments.c.id.in_(ids)))
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


def step(
    connection: Connection, appointment: int, state: str, now: datetime, by: str | None = None
) -> bool:
    """Set an appointment's state; False when it is not in a state this may follow (see `STEPS`),
    because somebody else was faster, when it is not its time (see `in_time`), when the person has
    another appointment by now, or when another account than `by` serves them."""
    before, moment = STEPS[state]
    at_once = literal(now, appointments.c.arrived_at.type)
    values: dict[str, Any] = {"state": state, "served_by": None}
    if state in (SERVING, SERVED):
        values["served_by"] = func.coalesce(by, appointments.c.served_by)
    if state not in ENDS:
        values["ended_at"] = None
    if moment:
        values[moment] = now
    if state == BOOKED:  # they are not here after all
        values |= {"arrived_at": None, "serving_at": None}
    if state == SERVING:  # who is called to the window is here, checked in or not
        values["arrived_at"] = func.coalesce(appointments.c.arrived_at, at_once)
    if state == ARRIVED:  # whoever was called by mistake has waited since they came
        before_that = case((appointments.c.state == SERVING, appointments.c.arrived_at))
        values |= {"arrived_at": func.coalesce(before_that, at_once), "serving_at": None}
    this = update(appointments).where(
        appointments.c.id == appointment,
        appointments.c.state.in_(before),
        appointments.c.slot.in_(select(slots.c.id).where(in_time(slots.c, state, now))),
        _is_free_for(by),
    )
    try:
        with connection.begin_nested():
            return bool(connection.execute(this.values(**values)).rowcount)
    except IntegrityError:  # the unique index also sees one that is booked at this very moment
        return False


def claim(connection: Connection, appointment: int, by: str) -> bool:
    """The account `by` serves the person from now on; False where another one does."""
    this = update(appointments).where(appointments.c.id == appointment, _is_free_for(by))
    return bool(connection.execute(this.values(served_by=by)).rowcount)


def take_over(connection: Connection, appointment: int, by: str, holder: str) -> bool:
    """`by` serves the person instead of the account `holder`; False where it is not `holder` who
    does, because a third one was faster."""
    this = update(appointments).where(
        appointments.c.id == appointment, appointments.c.served_by == holder
    )
    return bool(connection.execute(this.values(served_by=by)).rowcount)


def _is_free_for(by: str | None) -> ColumnElement[bool]:
    """Nobody serves the person, or `by` does. Without `by` nobody is asked."""
    if by is None:
        return literal(True)
    return or_(appointments.c.served_by.is_(None), appointments.c.served_by == by)


def in_time(slot: Any, state: str, now: datetime) -> Any:
    """Whether a step may be taken now: nobody is late before the slot begins, and nobody comes on
    another day. `slot` is a row, or the columns of the table and then this is a condition."""
    if state == MISSED:
        return slot.starts_at <= now
    if state in (ARRIVED, SERVING):
        return slot.day == now.date()
    return slot.day <= now.date()


def book_for(
    connection: Connection,
    slot: int,
    purpose: str,
    now: datetime,
    *,
    name: str = "",
    phone: str = "",
) -> int | None:
    """Book for somebody who calls or stands at the window; the places kept for walk-ins may be
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
    """Move somebody's appointment, and tell them. False when it is not booked any more, or the
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
    """Cancel somebody's appointment for the office, and tell them why."""
    row = by_id(connection, appointment)
    if row is None or not cancel_row(connection, row, now):
        return False
    if row.person:
        told = words(row) | {"reason": reason}
        post(connection, row.person, CALLED_OFF, told, now=now, useless_from=row.starts_at)
    return True


def slots_of_day(connection: Connection, site: str, day: date) -> list[Row[Any]]:
    """All slots of a site's day, for booking at the window and for showing how full it is."""
    rows = select(slots).where(slots.c.site == site, slots.c.day == day)
    return list(connection.execute(rows.order_by(slots.c.starts_at, slots.c.window)))


def _take(connection: Connection, slot: int, now: datetime) -> bool:
    lock(connection, slot)
    if take(connection, slot, at_the_window=True):
        return True
    return reclaim(connection, slot, now) > 0 and take(connection, slot, at_the_window=True)
