"""A person on worksheets and in the audit trail: shown, forgotten, blanked when it is old."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, select, update
from sqlmodel import col

import bot.booking.privacy  # noqa: F401 - registered before, so asked to forget after this one
from bot.booking.tables import appointments
from bot.database import writing
from bot.models.review import Review, ReviewLine
from bot.people import Holder, hold
from bot.staff import audit
from bot.staff.worksheets import latest_sent


def forget(connection: Connection, person: str) -> None:
    """Keep the bare figures for the county's statistics, and nothing that names or describes, in
    the audit trail neither."""
    theirs = connection.scalars(select(appointments.c.id).where(appointments.c.person == person))
    audit.blank_targets(connection, [f"appointment {id}" for id in theirs])
    _blank_reviews(connection, col(Review.person) == person)


def show(connection: Connection, person: str) -> object:
    """The result that was sent to this person."""
    sheet = latest_sent(connection, person)
    if sheet is None:
        return None
    return [
        {
            "item": line.item,
            "claimed": float(line.claimed),
            "verified": None if line.verified is None else float(line.verified),
            "papers": line.papers,
            "reason": line.reason,
        }
        for line in sheet.lines.values()
    ]


def blank(engine: Engine, now: datetime, keep_days: int) -> dict[str, int]:
    """Blank what is older than `keep_days`: people and remarks on worksheets, names and phones in
    the audit trail. Says how many of each."""
    before = now - timedelta(days=keep_days)
    with writing(engine) as connection:
        old = (col(Review.started_at) < before) & col(Review.person).is_not(None)
        done = {
            "worksheets": _blank_reviews(connection, old),
            "audit": audit.blank(connection, before),
        }
    return {name: count for name, count in done.items() if count}


def _blank_reviews(connection: Connection, which: ColumnElement[bool]) -> int:
    ids = connection.scalars(select(col(Review.id)).where(which)).all()
    if ids:
        lines = update(ReviewLine).where(col(ReviewLine.review).in_(ids))
        connection.execute(lines.values(papers="", reason=""))
        connection.execute(update(Review).where(col(Review.id).in_(ids)).values(person=None))
    return len(ids)


hold(Holder("review", forget, show))
