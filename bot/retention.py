"""How long talks are kept, and how they are shown and deleted.

`sweep` is run by `xinshimin worker` now and then, at a pace that no message has to wait for.
"""

import json
import logging
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    delete,
    exists,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped
from sqlmodel import SQLModel, col

import bot.booking.privacy  # noqa: F401 - registered before, so asked to forget after this one
from bot import page_sessions, visits
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
    Visit,
    WaitingEntry,
)
from bot.models.appointment import ACTIVE
from bot.pace import Pace
from bot.people import Holder, forget, hold, record
from bot.sealing.keyring import DamagedError
from bot.settings import Settings
from bot.sweep_limit import SweepLimit
from bot.unmatched import KEPT

log = logging.getLogger(__name__)

# WeChat delivers again within seconds; a copied request stays acceptable for the allowed skew.
SPARE = timedelta(minutes=10)
KEEP_UNMATCHED = timedelta(days=180)
SEEN_STEP = timedelta(days=1)


def sweep(
    engine: Engine,
    settings: Settings,
    now: datetime,
    limit: SweepLimit | None = None,
    pace: Pace | None = None,
) -> dict[str, int]:
    """Delete what is past its time, but for kinds of which too much is due at once; says how many
    rows (or people) of each kind. What is kept for hours only always goes."""
    limit, pace = limit or SweepLimit(settings.delete_percent), pace or Pace()
    old = col(Delivery.answered_at) < now - reply_lasts(settings)
    unused = now - timedelta(days=settings.keep_days)
    return {  # what is kept for hours goes first: people are many statements each
        "deliveries": _delete(engine, Delivery, col(Delivery.key), old, pace),
        "page_sessions": _delete(
            engine, PageSession, col(PageSession.token), page_sessions.ended(now), pace
        ),
        "visits": _delete(engine, Visit, col(Visit.person), visits.over(now), pace),
        "people": forget_unused(engine, unused, limit, pace),
        "refusals": _fade(engine, NoticeRefusal, unused, limit, pace),
        "consents": _fade(engine, NoticeConsent, unused, limit, pace),
        "unmatched": _forget_unmatched(engine, now, limit, pace),
    }


def reply_lasts(settings: Settings) -> timedelta:
    """How long a reply is kept for a repeated delivery; the next sweep deletes it."""
    return timedelta(seconds=2 * settings.wechat_skew_seconds) + SPARE


def reply_hours(settings: Settings) -> int:
    """The whole hours within which a reply is deleted: a sweep comes every hour."""
    hour = timedelta(hours=1)
    return ceil((reply_lasts(settings) + hour) / hour)


def forget_unused(engine: Engine, before: datetime, limit: SweepLimit, pace: Pace) -> int:
    """Delete everything about people who were not seen since `before`; says how many. A person with
    an appointment, a held place or a place in the line is still using the service."""
    due = and_(col(ConversationRow.seen_at) < before, *_not_using(col(ConversationRow.person)))
    if not limit.allows(engine, "people", ConversationRow, due):
        return 0
    unused = select(col(ConversationRow.person)).where(due)

    def forget_them(connection: Connection, people: list[str]) -> int:
        these = unused.where(col(ConversationRow.person).in_(people))
        # On PostgreSQL a person may be talking at this very moment: they are not unused.
        still = connection.scalars(these.with_for_update(skip_locked=True)).all()
        for person in still:
            forget(connection, person)
        return len(still)

    return pace.change(engine, unused, forget_them)


def see(engine: Engine, person: str, now: datetime) -> None:
    """Note that a person used a page: that counts like a message. Written at most once a day."""
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
    """That a person has no appointment, no held place and no place in the line."""
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
    pace: Pace,
) -> int:
    """Delete the old yes or no of people who have no talk with which it would go."""
    person = col(kind.person)
    talks = exists().where(col(ConversationRow.person) == person)
    old = and_(col(kind.at) < before, ~talks, *_not_using(person))
    return _delete(engine, kind, person, old, pace, limit)


def _forget_unmatched(engine: Engine, now: datetime, limit: SweepLimit, pace: Pace) -> int:
    """Delete the texts that nobody sent any more, and of more than `KEPT` those that were sent
    least, the oldest first; that depends on no clock, so `limit` has no say in it."""
    key = col(UnmatchedText.id)
    old = col(UnmatchedText.last_at) < now - KEEP_UNMATCHED
    count = _delete(engine, UnmatchedText, key, old, pace, limit)
    columns = SQLModel.metadata.tables["unmatched_texts"].c
    rank = (columns.times, columns.last_at, columns.id)
    ranked = select(*rank).order_by(*(one.desc() for one in rank))
    with reading(engine) as connection:
        last = connection.execute(ranked.offset(KEPT - 1).limit(1)).first()
    if last is None:
        return count
    least = tuple_(*(literal(value, one.type) for value, one in zip(last, rank, strict=True)))
    return count + _delete(engine, UnmatchedText, key, tuple_(*rank) < least, pace)


def _delete(
    engine: Engine,
    kind: type[SQLModel],
    key: Mapped[str],
    old: ColumnElement[bool],
    pace: Pace,
    limit: SweepLimit | None = None,
) -> int:
    if limit and not limit.allows(engine, str(kind.__tablename__), kind, old):
        return 0

    def delete_them(connection: Connection, keys: list[str]) -> int:
        return connection.execute(delete(kind).where(old, key.in_(keys))).rowcount

    return pace.change(engine, select(key).where(old), delete_them)


def _forget_talk(connection: Connection, person: str) -> None:
    connection.execute(delete(ConversationRow).where(col(ConversationRow.person) == person))


def _show_talk(connection: Connection, person: str) -> object:
    """What was said, and since when; the version only counts messages. Of one that is damaged:
    that it is."""
    mine = col(ConversationRow.person) == person
    columns = SQLModel.metadata.tables["conversations"].c
    others = [column for column in columns if column.name not in ("person", "version", "talk")]
    row = connection.execute(select(*others).where(mine)).mappings().first()
    if row is None:
        return None
    try:
        state = json.loads(connection.scalar(select(col(ConversationRow.talk)).where(mine)) or "{}")
    except DamagedError as error:
        log.error("a person is shown that their talk is lost: %s", error)
        return record(row, state={}, lost="damaged")
    return record(row, state=state)


def _forget_replies(connection: Connection, person: str, _settings: object = None) -> None:
    """Delete the texts that were sent to this person, and whose receipts they are."""
    blank = update(Delivery).where(col(Delivery.person) == person).values(person=None, reply=None)
    connection.execute(blank)


def _show_replies(connection: Connection, person: str) -> object:
    mine = select(Delivery).where(col(Delivery.person) == person)
    rows = connection.execute(mine.order_by(col(Delivery.answered_at).desc())).mappings()
    return [record(row, "key", "person", "address") for row in rows]


hold(Holder("conversation", _forget_talk, _show_talk))
hold(Holder("replies", _forget_replies, _show_replies, _forget_replies))
