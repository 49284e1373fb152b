"""How the person of an appointment is told of what a clerk did, for sentences that say so."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from bot.booking.tables import notices
from bot.outbox.prospects import way_now
from bot.outbox.wording import load_notices
from bot.service import the_service

REVIEWED = "reviewed"
MOST = 300  # asked about one by one; a closed day may hit two thousand


class Prospect(NamedTuple):
    """How many a notice can be sent to, how many must be called, how many were not looked at."""

    sent: int
    call: int
    rest: int


def way_to(connection: Connection, row: Row[Any], kind: str) -> str:
    """The way of a notice of this kind to the person of a row of `queries.query`; "" for none."""
    wording = load_notices(the_service().settings.notices)
    about = None if kind == REVIEWED else row.id  # what the window found outlasts the appointment
    return way_now(connection, kind, row.person, about, wording, the_service().clock())


def prospect(connection: Connection, rows: Sequence[Row[Any]], kind: str) -> Prospect:
    """What a notice of this kind would reach of several."""
    ways = [way_to(connection, row, kind) for row in rows[:MOST]]
    sent = sum(bool(way) for way in ways)
    return Prospect(sent, len(ways) - sent, len(rows) - len(ways))


def latest_notice(connection: Connection, appointment: int) -> Row[Any] | None:
    """The notice of an appointment that was due last, of those that are due."""
    now = the_service().clock()
    mine = select(notices).where(notices.c.appointment == appointment, notices.c.due_at <= now)
    return connection.execute(mine.order_by(notices.c.id.desc()).limit(1)).first()
