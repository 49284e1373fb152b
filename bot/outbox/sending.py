"""Sending what is due: claim, check, send, record.

A claim is one conditional UPDATE, so several workers never send the same notice at once. The same
transaction checks whether the notice still holds, so nothing goes out after a cancellation. A
worker that dies after sending leaves the claim to run out; another then sends again under the same
key, and the platform swallows the second.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Row, func, or_, select, update

from bot.booking.tables import appointments, insert_if_new
from bot.clock import Clock
from bot.database import reading, writing
from bot.models.appointment import ACTIVE
from bot.models.notice import DELIVERED, DROPPED, FAILED, REFUSED, WAITING
from bot.outbox.posting import notices, refusals
from bot.outbox.wording import Notices

LEASE = timedelta(minutes=2)  # longer than any call can take
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=30), timedelta(minutes=15)
MOST_ATTEMPTS = 20  # about four hours
REMINDERS = ("day_before", "same_day")
ANY_TEMPLATE = "*"  # refused altogether: the person blocked the account

log = logging.getLogger(__name__)
_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it; `receipt` is its number for it."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The person does not want it. Nothing more is sent to them under this template."""

    error: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """It can never be sent like this: a wrong field, an unknown template."""

    error: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may work later. With `all` it makes no sense to try the others now."""

    error: str
    all: bool = False


Answer = Sent | Refused | Impossible | Later


class Channel(Protocol):
    """The way out. `send` may be called twice with the same `key`; it must arrive once."""

    def send(self, key: str, person: str, kind: str, words: dict[str, str]) -> Answer: ...


def due(engine: Engine, now: datetime) -> int:
    """How many notices could be sent now."""
    with reading(engine) as connection:
        count = select(func.count()).select_from(notices).where(*_is_due(now))
        return int(connection.execute(count).scalar_one())


def send_due(
    engine: Engine, channel: Channel, wording: Notices, clock: Clock, most: int = 100
) -> dict[str, int]:
    """Send what is due, at most `most` notices. How many ended in which state."""
    with reading(engine) as connection:
        query = select(notices.c.id).where(*_is_due(clock())).order_by(notices.c.due_at)
        ids = connection.execute(query.limit(most)).scalars().all()
    counts: dict[str, int] = {}
    for id in ids:
        state, stop = _send_one(engine, channel, wording, id, clock)
        counts[state] = counts.get(state, 0) + 1
        if stop:
            break
    counts.pop("", None)
    return counts


def _is_due(now: datetime) -> tuple[Any, ...]:
    free = or_(notices.c.claimed_until.is_(None), notices.c.claimed_until <= now)
    return (notices.c.state == WAITING, notices.c.due_at <= now, free)


def _send_one(
    engine: Engine, channel: Channel, wording: Notices, id: int, clock: Clock
) -> tuple[str, bool]:
    """The state it is in then ("" if it was somebody else's), and whether to stop for now."""
    now = clock()
    with writing(engine) as connection:
        row = _claim(connection, id, now)
        if row is None:
            return "", False
        obstacle = _obstacle(connection, row, wording, now)
        if obstacle:
            state, error = obstacle
            _end(connection, row, state, error, now)
            return state, False
    answer = _answer(channel, row)
    now = clock()
    with writing(engine) as connection:
        return _record(connection, row, answer, wording, now), isinstance(answer, Later) and (
            answer.all
        )


def _answer(channel: Channel, row: Row[Any]) -> Answer:
    """What came of sending it. A fault of ours counts as a try: with this notice, not with those
    behind it, and not for ever."""
    try:
        return channel.send(row.key, row.person, row.kind, row.words)
    except Exception as error:
        log.exception("notice %s could not be sent", row.id)
        return Later(type(error).__name__)


def _claim(connection: Connection, id: int, now: datetime) -> Row[Any] | None:
    claim = (
        update(notices)
        .where(notices.c.id == id, *_is_due(now))
        .values(claimed_until=now + LEASE, attempts=notices.c.attempts + 1)
        .returning(notices)
    )
    return connection.execute(claim).first()


def _obstacle(
    connection: Connection, row: Row[Any], wording: Notices, now: datetime
) -> tuple[str, str] | None:
    """Why a claimed notice must not be sent, as its final state and a word for the staff."""
    if row.kind not in wording.notices:
        return FAILED, f"unknown kind {row.kind}"
    if row.useless_from and row.useless_from <= now:
        return (FAILED if row.error else DROPPED), row.error or "too late"
    if row.appointment is not None and not _is_active(connection, row.appointment):
        return DROPPED, "appointment ended"
    template = wording.template(row.kind)
    if not template.id:
        return FAILED, f"no template id for {wording.notices[row.kind].template}"
    refused = select(refusals.c.at).where(
        refusals.c.person == row.person, refusals.c.template.in_((template.id, ANY_TEMPLATE))
    )
    if connection.execute(refused).first():
        return REFUSED, "refused before"
    if wording.consent == "one_time" and row.kind in REMINDERS and _consent_used(connection, row):
        return DROPPED, "the one consent is used"
    return None


def _is_active(connection: Connection, appointment: int) -> bool:
    query = select(appointments.c.id).where(
        appointments.c.id == appointment, appointments.c.state.in_(ACTIVE)
    )
    return connection.execute(query).first() is not None


def _consent_used(connection: Connection, row: Row[Any]) -> bool:
    query = select(notices.c.id).where(
        notices.c.appointment == row.appointment,
        notices.c.state == DELIVERED,
        notices.c.kind.in_(REMINDERS),
    )
    return connection.execute(query).first() is not None


def _record(
    connection: Connection, row: Row[Any], answer: Answer, wording: Notices, now: datetime
) -> str:
    match answer:
        case Sent(receipt):
            return _end(connection, row, DELIVERED, "", now, receipt)
        case Refused(error):
            refuse(connection, row.person, wording.template(row.kind).id, now)
            return _end(connection, row, REFUSED, error, now)
        case Impossible(error):
            log.error("notice %s cannot be sent: %s", row.id, error)
            return _end(connection, row, FAILED, error, now)
        case Later(error):
            if row.attempts >= MOST_ATTEMPTS:
                return _end(connection, row, FAILED, error, now)
            again = {"due_at": now + _delay(row.attempts), "claimed_until": None, "error": error}
            connection.execute(_mine(row).values(again))
            return WAITING


def _end(
    connection: Connection,
    row: Row[Any],
    state: str,
    error: str,
    now: datetime,
    receipt: str | None = None,
) -> str:
    ended = {"state": state, "error": error[:120], "ended_at": now, "receipt": receipt}
    recorded = connection.execute(_mine(row).values(ended | {"claimed_until": None})).rowcount
    if not recorded and state == DELIVERED:
        this = update(notices).where(notices.c.id == row.id, notices.c.state == DROPPED)
        connection.execute(this.values(error="was on its way when it was dropped"))
    return state


def _mine(row: Row[Any]) -> Any:
    """The notice, as long as nobody dropped it or claimed it anew meanwhile."""
    return update(notices).where(
        notices.c.id == row.id,
        notices.c.state == WAITING,
        notices.c.claimed_until == row.claimed_until,
    )


def refuse(connection: Connection, person: str, template: str, now: datetime) -> None:
    """Remember that this person does not want notices of this template."""
    insert_if_new(connection, refusals, person=person, template=template, at=now)


def _delay(attempts: int) -> timedelta:
    """Doubles with every attempt up to the longest; up to a quarter more, so that workers and
    notices do not all come back at once."""
    delay: timedelta = min(FIRST_DELAY * 2 ** (attempts - 1), LONGEST_DELAY)
    return delay * (1 + _random.random() / 4)
