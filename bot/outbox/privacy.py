"""A person's notices: shown, forgotten."""

from sqlalchemy import Connection, delete, select

import bot.outbox.consent  # noqa: F401 - registered before, so asked to forget after this one
from bot.outbox.posting import notices
from bot.people import Holder, hold, record


def forget(connection: Connection, person: str) -> None:
    """Delete every notice to this person, also what a worker is about to send."""
    connection.execute(delete(notices).where(notices.c.person == person))


def show(connection: Connection, person: str) -> object:
    """What was sent, or waits to be, and what became of it."""
    own = ("id", "key", "person", "appointment", "claimed_until", "cause")
    mine = select(notices).where(notices.c.person == person).order_by(notices.c.id.desc())
    return [record(row, *own) for row in connection.execute(mine).mappings()]


hold(Holder("notices", forget, show))
