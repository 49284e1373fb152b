"""Booking, moving and cancelling one's own appointment.

A person has at most one active appointment; a partial unique index holds that. Moving takes the new
place (the hold) before it gives the old one back, in the caller's transaction.
"""

from dataclasses import replace
from datetime import datetime, time
from secrets import randbelow
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    TextClause,
    bindparam,
    select,
    update,
)

from bot.booking import reservation, waiting
from bot.booking.closures import why_closed
from bot.booking.queries import active_row, place, query, words
from bot.booking.reminders import post_reminders
from bot.booking.slots import give_back, give_back_later
from bot.booking.tables import appointments, slots
from bot.models.appointment import BOOKED, CANCELLED, IS_ACTIVE, PAST
from bot.outbox.posting import drop_of_appointment, welcome_again
from bot.pace import Pace
from bot.upsert import insert_if_new
from dialogs.booking.protocol import (
    Cancelled,
    Confirmed,
    ConfirmPlace,
    HasOne,
    Lapsed,
    NotNow,
    Place,
)

_CODE = select(appointments.c.id).where(appointments.c.code == bindparam("shown"), IS_ACTIVE)


def mine(connection: Connection, person: str, now: datetime) -> Place | None:
    """The person's active appointment. One of an earlier day no longer counts."""
    row = active_row(connection, person)
    if row is None or row.day < now.date():
        return None
    return replace(place(row, now), why_closed=why_closed(connection, row))


def confirm(
    connection: Connection, person: str, wish: ConfirmPlace, now: datetime, source: str
) -> Confirmed | Lapsed | HasOne:
    """Turn the person's hold into an appointment, or with `wish.moving` move the present one there.

    Done twice, it answers the same and changes nothing.
    """
    present = active_row(connection, person)
    if present and present.day < now.date():
        close_past(connection, now, appointments.c.person == person)
        present = active_row(connection, person)
    if present and _is_there(present, wish):
        return Confirmed(place(present, now))
    if present and not wish.moving:
        return HasOne(place(present, now))
    return _take_up(connection, person, present, wish, now, source)


def cancel(
    connection: Connection, person: str, now: datetime, starts_at: datetime
) -> Cancelled | NotNow | HasOne:
    """Cancel the person's appointment, unless it was checked in or has begun. One that does not
    start at `starts_at` is another than the person saw, and is kept."""
    row = active_row(connection, person)
    if row is None:
        last = query().where(appointments.c.person == person).order_by(appointments.c.id.desc())
        before = connection.execute(last.limit(1)).first()
        return Cancelled() if before and before.state == CANCELLED else NotNow()
    if row.starts_at != starts_at:
        return HasOne(place(row, now))
    if not place(row, now).movable or not cancel_row(connection, row, now):
        return NotNow()
    return Cancelled()


def cancel_row(connection: Connection, row: Row[Any], now: datetime) -> bool:
    """Cancel an appointment that is booked; its place returns after a random while."""
    booked = update(appointments).where(appointments.c.id == row.id, appointments.c.state == BOOKED)
    if not connection.execute(booked.values(state=CANCELLED, ended_at=now)).rowcount:
        return False
    give_back_later(connection, row.slot, now, row.person)
    drop_of_appointment(connection, row.id, now)
    return True


def insert_row(connection: Connection, slot: int, now: datetime, **about: Any) -> int | None:
    """A new appointment in a place already taken: its id, or None when the person has one. `about`
    are the other columns."""
    about |= {"slot": slot, "state": BOOKED, "code": _new_code(connection), "created_at": now}
    made = insert_if_new(connection, appointments, **about)
    return None if made is None else int(made[0])


def move_row(connection: Connection, row: Row[Any], slot: int, now: datetime, **about: Any) -> bool:
    """Move an appointment that is booked and still where `row` has it to a place already taken; the
    old one returns after a random while. `about` are other columns that change."""
    booked = update(appointments).where(
        appointments.c.id == row.id,
        appointments.c.state == BOOKED,
        appointments.c.slot == row.slot,
    )
    moved = booked.values(slot=slot, changes=appointments.c.changes + 1, reopened_at=None, **about)
    if not connection.execute(moved).rowcount:
        return False
    give_back_later(connection, row.slot, now, row.person)
    drop_of_appointment(connection, row.id, now)
    return True


def close_past(connection: Connection, now: datetime, *which: ColumnElement[bool]) -> int:
    """Appointments of earlier days that nobody at the window said anything about are `past`. They
    must not keep their owners from booking again. How many of `which` there were."""
    past = update(appointments).where(*_is_past(now), *which)
    return connection.execute(past.values(state=PAST, ended_at=now)).rowcount


def close_all_past(engine: Engine, now: datetime, pace: Pace) -> int:
    """The same for everybody."""
    return pace.change(
        engine,
        select(appointments.c.id).where(*_is_past(now)),
        lambda connection, ids: close_past(connection, now, appointments.c.id.in_(ids)),
    )


def _is_past(now: datetime) -> tuple[ColumnElement[bool] | TextClause, ...]:
    """In the words of the index of those that are active: all the others are never looked at."""
    today = datetime.combine(now.date(), time.min, tzinfo=now.tzinfo)
    over = select(slots.c.id).where(slots.c.ends_at <= today)
    return IS_ACTIVE, appointments.c.slot.in_(over)


def _new_code(connection: Connection) -> str:
    """Six digits, not in use by another active appointment."""
    while True:
        code = f"{randbelow(900_000) + 100_000}"
        if connection.execute(_CODE, {"shown": code}).first() is None:
            return code


def _is_there(row: Row[Any], wish: ConfirmPlace) -> bool:
    """Whether the appointment is what is wished for, down to the purpose. One in a closed slot can
    still be moved to another window at the same time."""
    same_time = row.site == wish.site and row.starts_at == wish.starts_at
    same_rest = (row.purpose, row.reminders) == (wish.purpose, wish.reminders)
    return bool(same_time and row.open and (same_rest or not wish.moving))


def _take_up(
    connection: Connection,
    person: str,
    present: Row[Any] | None,
    wish: ConfirmPlace,
    now: datetime,
    source: str,
) -> Confirmed | Lapsed | HasOne:
    """Book the held place, or move the `present` appointment there."""
    slot = reservation.consume(connection, person, wish.site, wish.starts_at, now)
    if slot is None:
        return Lapsed()
    about = {"purpose": wish.purpose, "reminders": wish.reminders}
    if present is None:
        taken = insert_row(connection, slot, now, person=person, source=source, **about) is not None
    else:
        taken = move_row(connection, present, slot, now, **about)
    if not taken:
        give_back(connection, slot, now)
    row = active_row(connection, person)
    if row is None:  # it was cancelled from elsewhere at this very moment
        return Lapsed()
    if not taken:
        return HasOne(place(row, now))
    waiting.leave(connection, person)
    if wish.reminders:
        welcome_again(connection, person)
        post_reminders(connection, person, row.id, words(row), row.starts_at, now)
    return Confirmed(place(row, now))
