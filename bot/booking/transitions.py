"""What moves an appointment on: one conditional UPDATE from the state it was seen in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.booking.day_end import goes_on
from bot.booking.lifecycle import DAY_END, IN_THE_HALL, in_time, transition, values
from bot.booking.slots import let_in, lock, set_free
from bot.booking.tables import appointments, slots
from bot.booking.tickets import give_ticket, note_call
from bot.booking.work_figures import mark_changed
from bot.models.appointment import ARRIVED, CALLED, MISSED, PAST, SERVING

_IN_THE_QUEUE = (ARRIVED, CALLED, SERVING)

_SEEN = select(appointments, slots.c.site, slots.c.day, slots.c.starts_at, slots.c.ends_at).join(
    slots, slots.c.id == appointments.c.slot
)


def step(
    connection: Connection,
    appointment: int,
    state: str,
    now: datetime,
    by: str | None = None,
    *,
    window: str | None = None,
    walk_in: bool = False,
) -> bool:
    """Set an appointment's state; False when it is not in a state this may follow (see `lifecycle`)
    because another clerk was faster, when it is not its time, when the person has another
    appointment by now, or when another account than `by` has them. `window` is where they are
    called or served; `walk_in`: they came without an appointment."""
    row = connection.execute(_SEEN.where(appointments.c.id == appointment)).first()
    way = transition(row.state, state) if row else None
    if row is None or way is None or way.by == DAY_END:
        return False
    if not _moved(connection, row, state, now, by):
        return False
    if state in _IN_THE_QUEUE:
        give_ticket(connection, row, walk_in=walk_in)
    if state != ARRIVED:
        note_call(connection, row.id, state, now, window)
    return True


def settle(
    connection: Connection, appointment: int, state: str, now: datetime, by: str | None = None
) -> bool:
    """The same when the day is settled, or put right later, with any account that had them; nobody
    who `may_still_be_served` is noted as not come."""
    row = connection.execute(_SEEN.where(appointments.c.id == appointment)).first()
    if row is None or row.ends_at > now:
        return False
    if row.state == state == PAST:  # closed by itself; a clerk knows that they came
        came = update(appointments).where(appointments.c.id == row.id, appointments.c.state == PAST)
        unknown = came.where(appointments.c.arrived_at.is_(None))
        mark_changed(connection, row.day)
        return bool(connection.execute(unknown.values(arrived_at=row.starts_at)).rowcount)
    if transition(row.state, state) is None:
        return False
    if state == MISSED and may_still_be_served(connection, row, now):
        return False
    return _moved(connection, row, state, now, row.served_by or by)


def may_still_be_served(connection: Connection, row: Row[Any], now: datetime) -> bool:
    """Whether the person waits or is served while windows are open yet. Who left is passed by when
    called: nobody can say of them that they did not come."""
    return row.state in IN_THE_HALL and goes_on(connection, row.site, row.day, now)


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


def _moved(
    connection: Connection, row: Row[Any], state: str, now: datetime, by: str | None
) -> bool:
    if not in_time(row, state, now):
        return False
    gives, takes = state == MISSED, row.state == MISSED
    if gives or takes:  # a place goes back to the slot, or from it
        lock(connection, row.slot)
    this = update(appointments).where(
        appointments.c.id == row.id,
        appointments.c.state == row.state,
        appointments.c.slot == row.slot,
        _is_free_for(by),
    )
    try:
        with connection.begin_nested():
            if not connection.execute(this.values(values(row, state, now, by))).rowcount:
                return False
    except IntegrityError:  # the unique index also sees one that is booked at this very moment
        return False
    if gives:
        set_free(connection, row.slot)
    if takes:
        let_in(connection, row.slot)
    if row.day < now.date():
        mark_changed(connection, row.day)
    return True


def _is_free_for(by: str | None) -> ColumnElement[bool]:
    """Nobody serves the person, or `by` does. Without `by` nobody is asked."""
    if by is None:
        return literal(True)
    return or_(appointments.c.served_by.is_(None), appointments.c.served_by == by)
