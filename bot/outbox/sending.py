"""Sending what is due: claim, check, send, record.

A claim is one conditional UPDATE, so several workers never send the same notice at once. The same
transaction checks whether the notice still holds, and the sending follows at once (the token was
fetched before), so nothing goes out after a cancellation. A worker that dies after sending, or
never hears the answer, leaves it open whether the notice is out. Then either the platform reports
that it is (`events`), or it is sent again under the same key, and the platform swallows the second:
for ten minutes, and by its documentation only a template message. Rather twice than never.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Row, func, or_, select, update

from bot.clock import Clock
from bot.database import reading, writing
from bot.models.notice import DELIVERED, DROPPED, FAILED, REFUSED, WAITING
from bot.outbox import consent
from bot.outbox.obstacles import ON_ITS_WAY, REMINDERS, obstacle
from bot.outbox.posting import notices
from bot.outbox.wording import Notices

LEASE = timedelta(minutes=2)  # longer than any call can take
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=30), timedelta(minutes=15)
MOST_ATTEMPTS = 300  # about three days: nobody shall lose a notice over a weekend's outage
LONGEST_ERROR = 120  # characters
MOST = 100  # in one go

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
    """It may work later. With `all` it makes no sense to try the others now. With `at_once` only
    the token was bad, and `prepare` will have another."""

    error: str
    all: bool = False
    at_once: bool = False


Answer = Sent | Refused | Impossible | Later


class Channel(Protocol):
    """The way out. `prepare` does what may take long, and says what hinders sending altogether.
    `send` may be called twice with the same `key`; it must arrive once."""

    def prepare(self) -> Later | None: ...

    def send(self, key: str, person: str, kind: str, words: dict[str, str]) -> Answer: ...


class HeldUpError(Exception):
    """Nothing gets through for now: the token, the quota, the network. The text says which."""


def due(engine: Engine, now: datetime) -> dict[str, int]:
    """How many notices could be sent now, and how many were tried in vain so far."""
    tried = notices.c.state == WAITING, notices.c.attempts > 0
    with reading(engine) as connection:
        return {
            name: int(connection.execute(select(func.count()).where(*those)).scalar_one())
            for name, those in (("notices", _is_due(now)), ("notices tried in vain", tried))
        }


def send_due(
    engine: Engine,
    channel: Channel,
    wording: Notices,
    clock: Clock,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, int]:
    """Send what is due, at most `MOST` notices, and until `stopped`. How many ended in which state.

    Raises:
        HeldUpError: the others would fail as well; each would wait for the platform's silence in
            vain.
    """
    with reading(engine) as connection:
        order = (notices.c.kind.in_(REMINDERS), notices.c.due_at)  # news first: see `obstacles`
        query = select(notices.c.id).where(*_is_due(clock())).order_by(*order)
        ids = connection.execute(query.limit(MOST)).scalars().all()
    counts: Counter[str] = Counter()
    for id in ids:
        if stopped():
            break
        counts[_send_one(engine, channel, wording, id, clock)] += 1
    counts.pop("", None)
    return dict(counts)


def _is_due(now: datetime) -> tuple[Any, ...]:
    """A claim that ends later than any claim can was made by a clock that was set back since."""
    claim = notices.c.claimed_until
    free = or_(claim.is_(None), claim <= now, claim > now + 2 * LEASE)
    return (notices.c.state == WAITING, notices.c.due_at <= now, free)


def _send_one(engine: Engine, channel: Channel, wording: Notices, id: int, clock: Clock) -> str:
    """The state it is in then, "" if it was somebody else's."""
    state, answer = _try(engine, channel, wording, id, clock)
    if isinstance(answer, Later) and answer.at_once:
        state, answer = _try(engine, channel, wording, id, clock)
    if isinstance(answer, Later) and answer.all:
        raise HeldUpError(answer.error)
    return state


def _try(
    engine: Engine, channel: Channel, wording: Notices, id: int, clock: Clock
) -> tuple[str, Answer | None]:
    """Prepare, claim and check, send, record. Nothing stands between the check and the sending."""
    hindrance = channel.prepare()
    now = clock()
    with writing(engine) as connection:
        row = _claim(connection, id, now)
        if row is None:
            return "", None
        if found := obstacle(connection, row, wording, now):
            _end(connection, row, *found, now)
            return found[0], None
    answer = hindrance or _answer(channel, row)
    now = clock()
    with writing(engine) as connection:
        return _record(connection, row, answer, wording, now), answer


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


def _record(
    connection: Connection, row: Row[Any], answer: Answer, wording: Notices, now: datetime
) -> str:
    """Write down what came of it. Of a person forgotten meanwhile nothing is written."""
    match answer:
        case Sent(receipt):
            if _end(connection, row, DELIVERED, "", now, receipt) or _on_its_way(
                connection, row, receipt
            ):
                consent.use(connection, row.person, wording.template(row.kind).id)
            return DELIVERED
        case Refused(error):
            if _end(connection, row, REFUSED, error, now):
                _take_as_no(connection, row, wording.template(row.kind).id, now)
            return REFUSED
        case Impossible(error):
            log.error("notice %s cannot be sent: %s", row.id, error)
            _end(connection, row, FAILED, error, now)
            return FAILED
    return _postpone(connection, row, answer, now)


def _take_as_no(connection: Connection, row: Row[Any], template: str, now: datetime) -> None:
    """A yes said while the platform refused is newer than what it refused: another worker used up
    the one before."""
    claimed_at = row.claimed_until - LEASE
    if not consent.agreed_since(connection, row.person, template, claimed_at):
        consent.refuse(connection, row.person, template, now)


def _postpone(connection: Connection, row: Row[Any], answer: Later, now: datetime) -> str:
    if not answer.all:
        log.warning("notice %s must wait: %s", row.id, answer.error)
    if row.attempts >= MOST_ATTEMPTS:
        _end(connection, row, FAILED, answer.error, now)
        return FAILED
    due_at = now if answer.at_once else now + _delay(row.attempts)
    again = {"due_at": due_at, "claimed_until": None, "error": answer.error[:LONGEST_ERROR]}
    connection.execute(_mine(row).values(again))
    return WAITING


def _end(
    connection: Connection,
    row: Row[Any],
    state: str,
    error: str,
    now: datetime,
    receipt: str | None = None,
) -> bool:
    """End it, unless somebody dropped it or claimed it anew meanwhile."""
    ended = {"state": state, "error": error[:LONGEST_ERROR], "ended_at": now, "receipt": receipt}
    return connection.execute(_mine(row).values(ended | {"claimed_until": None})).rowcount > 0


def _on_its_way(connection: Connection, row: Row[Any], receipt: str) -> bool:
    """Whether it was dropped while it was on its way; the staff should know."""
    dropped = update(notices).where(notices.c.id == row.id, notices.c.state == DROPPED)
    this = dropped.values(error=ON_ITS_WAY, receipt=receipt)
    return connection.execute(this).rowcount > 0


def _mine(row: Row[Any]) -> Any:
    """The notice, as long as nobody dropped it or claimed it anew meanwhile."""
    return update(notices).where(
        notices.c.id == row.id,
        notices.c.state == WAITING,
        notices.c.claimed_until == row.claimed_until,
    )


def _delay(attempts: int) -> timedelta:
    """Doubles with every attempt up to the longest; up to a quarter more, so that workers and
    notices do not all come back at once."""
    doubled = min(attempts - 1, 10)  # a timedelta has an end, too
    delay: timedelta = min(FIRST_DELAY * 2**doubled, LONGEST_DELAY)
    return delay * (1 + _random.random() / 4)
