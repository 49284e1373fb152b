"""How long talks are kept, and how they are shown and deleted.

`sweep` is run by `xinshimin worker` now and then. It goes in small steps, each its own short
transaction, so that no message ever waits long for the write lock.
"""

import json
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    delete,
    exists,
    select,
    update,
)
from sqlalchemy.orm import Mapped
from sqlmodel import SQLModel, col

import bot.booking.privacy  # noqa: F401 - registered before, so asked to forget after this one
from bot import page_sessions
from bot.database import reading, writing
from bot.models import (
    Appointment,
    ConversationRow,
    Delivery,
    Hold,
    NoticeConsent,
    NoticeRefusal,
    PageSession,
    UnmatchedText,
    WaitingEntry,
)
from bot.models.appointment import ACTIVE
from bot.people import Holder, forget, hold, record
from bot.settings import Settings
from bot.sweep_limit import SweepLimit

STEP = 200  # rows in one transaction
PEOPLE_STEP = 20  # people in one: each may have rows in many tables
STEPS = 500  # in one sweep
# WeChat delivers again within seconds; a copied request stays acceptable for the allowed skew.
SPARE = timedelta(minutes=10)
KEEP_UNMATCHED = timedelta(days=180)
SEEN_STEP = timedelta(days=1)


def sweep(
    engine: Engine, settings: Settings, now: datetime, limit: SweepLimit | None = None
) -> dict[str, int]:
    """Delete what is past its time, but for kinds of which too much is due at once; says how many
    rows (or people) of each kind. What is kept for hours only always goes."""
    limit = limit or SweepLimit(settings.delete_percent)
    old = col(Delivery.answered_at) < now - reply_lasts(settings)
    missed = col(UnmatchedText.last_at) < now - KEEP_UNMATCHED
    unused = now - timedelta(days=settings.keep_days)
    return {
        "people": forget_unused(engine, unused, limit),
        "deliveries": _delete_in_steps(engine, Delivery, col(Delivery.key), old),
        "page_sessions": _delete_in_steps(
            engine, PageSession, col(PageSession.token), page_sessions.ended(now)
        ),
        "refusals": _fade(engine, NoticeRefusal, unused, limit),
        "consents": _fade(engine, NoticeConsent, unused, limit),
        "unmatched": _delete_in_steps(
            engine, UnmatchedText, col(UnmatchedText.text), missed, limit
        ),
    }


def reply_lasts(settings: Settings) -> timedelta:
    """How long a reply is kept for a repeated delivery; the next sweep deletes it."""
    return timedelta(seconds=2 * settings.wechat_skew_seconds) + SPARE


def forget_unused(engine: Engine, before: datetime, limit: SweepLimit) -> int:
    """Delete everything about people who were not seen since `before`; says how many. Whoever has
    an appointment, a held place or a place in the line is still using the service."""
    due = and_(col(ConversationRow.seen_at) < before, *_not_using(col(ConversationRow.person)))
    if not limit.allows(engine, "people", ConversationRow, due):
        return 0
    unused = select(col(ConversationRow.person)).where(due).limit(PEOPLE_STEP)
    count = 0
    for _ in range(STEPS):
        with writing(engine) as connection:
            people = connection.scalars(unused).all()
            for person in people:
                forget(connection, person)
        count += len(people)
        if len(people) < PEOPLE_STEP:
            break
    return count


def see(engine: Engine, person: str, now: datetime) -> None:
    """Note that somebody used a page: that counts like a message. Written at most once a day."""
    stale = (
        col(ConversationRow.person) == person,
        col(ConversationRow.seen_at) < now - SEEN_STEP,
    )
    with reading(engine) as connection:
        if connection.execute(select(col(ConversationRow.person)).where(*stale)).first() is None:
            return
    with writing(engine) as connection:
        connection.execute(update(ConversationRow).where(*stale).values(seen_at=now))


def _not_using(person: Mapped[str]) -> tuple[ColumnElement[bool], ...]:
    """That somebody has no appointment, no held place and no place in the line."""
    return (
        ~exists().where(col(Appointment.person) == person, col(Appointment.state).in_(ACTIVE)),
        ~exists().where(col(Hold.person) == person),
        ~exists().where(col(WaitingEntry.person) == person),
    )


def _fade(
    engine: Engine,
    kind: type[NoticeConsent | NoticeRefusal],
    before: datetime,
    limit: SweepLimit,
) -> int:
    """Delete the old yes or no of people who have no talk with which it would go."""
    person = col(kind.person)
    talks = exists().where(col(ConversationRow.person) == person)
    old = and_(col(kind.at) < before, ~talks, *_not_using(person))
    return _delete_in_steps(engine, kind, person, old, limit)


def _delete_in_steps(
    engine: Engine,
    kind: type[SQLModel],
    key: Mapped[str],
    old: ColumnElement[bool],
    limit: SweepLimit | None = None,
) -> int:
    if limit and not limit.allows(engine, str(kind.__tablename__), kind, old):
        return 0
    some = select(key).where(old).limit(STEP)
    count = 0
    for _ in range(STEPS):
        with writing(engine) as connection:
            gone = connection.execute(delete(kind).where(old, key.in_(some))).rowcount
        count += gone
        if gone < STEP:
            break
    return count


def _forget_talk(connection: Connection, person: str) -> None:
    connection.execute(delete(ConversationRow).where(col(ConversationRow.person) == person))


def _show_talk(connection: Connection, person: str) -> object:
    """What was said, and since when; the version only counts messages."""
    mine = select(ConversationRow).where(col(ConversationRow.person) == person)
    row = connection.execute(mine).mappings().first()
    return row and record(row, "person", "version", state=json.loads(row["state"]))


def _forget_replies(connection: Connection, person: str) -> None:
    blank = update(Delivery).where(col(Delivery.person) == person).values(person=None, reply=None)
    connection.execute(blank)


def _show_replies(connection: Connection, person: str) -> object:
    mine = select(Delivery).where(col(Delivery.person) == person)
    rows = connection.execute(mine.order_by(col(Delivery.answered_at).desc())).mappings()
    return [record(row, "key", "person", "address") for row in rows]


hold(Holder("conversation", _forget_talk, _show_talk))
hold(Holder("replies", _forget_replies, _show_replies))
