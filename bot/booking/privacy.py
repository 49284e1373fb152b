"""A person's data at the desk: shown, forgotten, blanked when it is old."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Update, delete, func, select, update

from bot.booking import waiting
from bot.booking.appointments import cancel_row
from bot.booking.keeping import release
from bot.booking.reading import active_row, query
from bot.booking.tables import appointments, notices, slots, waiting_entries
from bot.clock import now as present
from bot.outbox import posting
from bot.people import Holder, hold


def forget(connection: Connection, person: str) -> None:
    """Cancel what is booked and delete who it was. The bare appointment stays for the counts."""
    now = present()
    row = active_row(connection, person)
    if row is not None:
        cancel_row(connection, row, now)
    release(connection, person, now)
    waiting.leave(connection, person)
    posting.forget(connection, person)
    connection.execute(_blanking(now).where(appointments.c.person == person))


def show(connection: Connection, person: str) -> object:
    """All that is kept about this person."""
    rows = connection.execute(query().where(appointments.c.person == person))
    entry = select(waiting_entries.c.site).where(waiting_entries.c.person == person)
    sent = select(func.count()).where(notices.c.person == person)
    kept = {
        "appointments": [
            {
                "site": row.title,
                "starts_at": row.starts_at.isoformat(),
                "state": row.state,
                "purpose": row.purpose,
                "code": row.code,
                "reminders": row.reminders,
            }
            for row in rows
        ],
        "waiting": list(connection.execute(entry).scalars()),
        "notices": int(connection.execute(sent).scalar_one()),
    }
    return kept if any(kept.values()) else None


def blank(connection: Connection, now: datetime, keep_days: int) -> int:
    """Blank who came, `keep_days` after the appointment; delete notices as old. How many people."""
    day = now.date() - timedelta(days=keep_days)
    old = select(slots.c.id).where(slots.c.day < day)
    this = _blanking(now).where(appointments.c.slot.in_(old), appointments.c.blanked_at.is_(None))
    blanked = connection.execute(this).rowcount
    before = now - timedelta(days=keep_days)
    connection.execute(delete(notices).where(notices.c.ended_at < before))
    return blanked


def _blanking(now: datetime) -> Update:
    return update(appointments).values(person=None, name=None, phone=None, blanked_at=now)


hold(Holder("booking", forget, show))
