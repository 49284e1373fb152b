"""A person without an appointment gets a number, however full the day is."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.booking import transitions
from bot.booking.appointments import insert_row
from bot.booking.publishing import lock_sites
from bot.booking.slots import let_in, take
from bot.booking.tables import slots
from bot.models.appointment import ARRIVED, STAFF


def take_number(connection: Connection, site: str, purpose: str, now: datetime) -> int | None:
    """The new appointment, of a person who waits; None when the site is closed today. It counts to
    the slot of this hour: into a place kept for walk-ins or left by a person who did not come, or,
    when there is none, beyond the places. It never takes a place that can still be booked."""
    lock_sites(connection, site)
    slot = slot_for(connection, site, now)
    if slot is None:
        return None
    if not (slot.starts_at <= now and take(connection, slot.id, at_the_window=True)):
        let_in(connection, slot.id)
    made = insert_row(connection, slot.id, now, purpose=purpose, reminders=False, source=STAFF)
    if made is not None:
        transitions.step(connection, made, ARRIVED, now, walk_in=True)
    return made


def slot_for(connection: Connection, site: str, now: datetime) -> Row[Any] | None:
    """To which a person counts who comes then: the emptiest slot of those that last; otherwise
    the next one, or the last one of the day."""
    today = select(slots).where(slots.c.site == site, slots.c.day == now.date(), slots.c.open)
    rows = connection.execute(today.order_by(slots.c.starts_at, slots.c.window)).all()
    lasting = [row for row in rows if row.starts_at <= now < row.ends_at]
    if lasting:
        return min(lasting, key=lambda row: (row.taken - row.capacity, row.window))
    return next((row for row in rows if row.starts_at > now), rows[-1] if rows else None)
