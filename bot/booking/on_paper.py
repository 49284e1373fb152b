"""What was noted on paper while the computers were down, and is entered afterwards."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, or_, select, update

from bot.booking.appointments import insert_row
from bot.booking.contacts import of_contact
from bot.booking.day_end import OUTCOMES
from bot.booking.publishing import lock_sites
from bot.booking.queries import query
from bot.booking.queue.walk_in import slot_for
from bot.booking.slots import let_in
from bot.booking.tables import appointments, slots
from bot.booking.transitions import settle
from bot.models.appointment import ACTIVE, MISSED, PAST, STAFF

TWICE = timedelta(minutes=1)  # within it the same once more is a button tapped twice


class Noted(NamedTuple):
    """What a line of the paper says: the outcome, when the person came, when they were done. What
    was not written down is None."""

    state: str
    came: datetime | None = None
    done: datetime | None = None

    def is_possible(self, now: datetime) -> bool:
        """Whether it can have been so: nobody came who did not come, or was done before."""
        if self.state not in OUTCOMES or (self.state == MISSED and (self.came or self.done)):
            return False
        times = [one for one in (self.came, self.done, now) if one]
        return times == sorted(times)


class Visit(NamedTuple):
    """A person without an appointment, as the paper says; `name` may be empty."""

    site: str
    purpose: str
    name: str
    came: datetime


def not_entered(connection: Connection, site: str, day: date, now: datetime) -> list[Row[Any]]:
    """The appointments of a day whose time is over and of which nobody noted the end. Unlike the
    end of the day, the morning can be entered at noon."""
    state = appointments.c.state
    unsaid = and_(state == PAST, appointments.c.arrived_at.is_(None))
    over = (slots.c.site == site, slots.c.day == day, slots.c.ends_at <= now)
    rows = query().where(*over, or_(state.in_(ACTIVE), unsaid))
    in_order = rows.order_by(slots.c.window, slots.c.starts_at, appointments.c.id)
    return list(connection.execute(in_order))


def enter(connection: Connection, id: int, noted: Noted, now: datetime, by: str) -> bool:
    """Settle an appointment with the times of the paper; False where a colleague was faster."""
    if not settle(connection, id, noted.state, now, by):
        return False
    moments = {"arrived_at": noted.came, "ended_at": noted.done}
    if known := {name: moment for name, moment in moments.items() if moment}:
        connection.execute(update(appointments).where(appointments.c.id == id).values(**known))
    return True


def enter_visit(
    connection: Connection, visit: Visit, noted: Noted, now: datetime, by: str
) -> int | None:
    """The appointment of a person who came without one, as it would have been made then, beyond the
    places if need be; None where the window was closed, or the time is not over yet."""
    lock_sites(connection, visit.site)
    slot = slot_for(connection, visit.site, visit.came)
    if slot is None or slot.ends_at > now:
        return None
    if (twice := _entered(connection, slot.id, visit, now)) is not None:
        return twice
    let_in(connection, slot.id)
    about = {"purpose": visit.purpose, "reminders": False, "source": STAFF}
    made = insert_row(connection, slot.id, now, **about)
    if made is None:
        return None
    if who := of_contact(connection, made, visit.name, ""):
        connection.execute(update(appointments).where(appointments.c.id == made).values(who))
    enter(connection, made, noted._replace(came=visit.came), now, by)
    return made


def _entered(connection: Connection, slot: int, visit: Visit, now: datetime) -> int | None:
    """The same one, entered a moment ago: the button was tapped twice."""
    kept = appointments.c
    same = (kept.slot == slot, kept.arrived_at == visit.came, kept.purpose == visit.purpose)
    a_moment_ago = (kept.created_at > now - TWICE, kept.source == STAFF)
    lately = select(kept.id, kept.name).where(*same, *a_moment_ago)
    found = connection.execute(lately).all()
    return next((row.id for row in found if (row.name or "") == visit.name), None)
