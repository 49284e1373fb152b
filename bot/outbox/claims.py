"""One notice in the hands of one worker: claimed, and written down what came of it."""

import logging
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import Connection, Row, or_, select, update

from bot.models.notice import DELIVERED, DROPPED, FAILED, WAITING
from bot.outbox import consent
from bot.outbox.answers import Impossible, Later, Refused, Sent, Unsure
from bot.outbox.obstacles import ON_ITS_WAY, UNSURE
from bot.outbox.posting import notices
from bot.outbox.wording import SUBSCRIBE, Notices

LEASE = timedelta(minutes=2)  # longer than a call on every way can take
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=30), timedelta(minutes=15)
MOST_ATTEMPTS = 300  # about three days: nobody shall lose a notice over a weekend's outage
LONGEST_ERROR = 120  # characters

log = logging.getLogger(__name__)
_random = SystemRandom()


def is_due(now: datetime) -> tuple[Any, ...]:
    """A claim that ends later than any claim can was made by a clock that was set back since."""
    claim = notices.c.claimed_until
    free = or_(claim.is_(None), claim <= now, claim > now + 2 * LEASE)
    return (notices.c.state == WAITING, notices.c.due_at <= now, free)


def claim(connection: Connection, id: int, now: datetime) -> Row[Any] | None:
    claim = (
        update(notices)
        .where(notices.c.id == id, *is_due(now))
        .values(claimed_until=now + LEASE, attempts=notices.c.attempts + 1)
        .returning(notices)
    )
    return connection.execute(claim).first()


def record(
    connection: Connection,
    row: Row[Any],
    way: str,
    answer: Sent | Later | Unsure,
    wording: Notices,
    now: datetime,
) -> str:
    """Write down what came of it. Of a person forgotten meanwhile nothing is written."""
    match answer:
        case Sent(receipt):
            out = end(connection, row, DELIVERED, "", now, receipt)
            if (out or _on_its_way(connection, row, receipt)) and way == SUBSCRIBE:
                consent.use(connection, row.person, wording.template(row.kind).id)
            return DELIVERED
        case Unsure(error):
            log.error("notice %s was sent without an answer (%s): %s", row.id, way, error)
            if not end(connection, row, FAILED, UNSURE, now):
                _on_its_way(connection, row, "")
            return FAILED
    return _postpone(connection, row, answer, now)


def note_refusal(
    connection: Connection,
    row: Row[Any],
    way: str,
    answer: Refused | Impossible,
    wording: Notices,
    now: datetime,
) -> None:
    if isinstance(answer, Impossible):
        log.error("notice %s cannot be sent (%s): %s", row.id, way, answer.error)
    elif _is_mine(connection, row):
        _take_as_no(connection, row, wording.template(row.kind).id, now)


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
        end(connection, row, FAILED, answer.error, now)
        return FAILED
    due_at = now if answer.at_once else now + _delay(row.attempts)
    again = {"due_at": due_at, "claimed_until": None, "error": answer.error[:LONGEST_ERROR]}
    connection.execute(mine(row).values(again))
    return WAITING


def end(
    connection: Connection,
    row: Row[Any],
    state: str,
    error: str,
    now: datetime,
    receipt: str | None = None,
) -> bool:
    """End it, unless it was dropped or claimed anew meanwhile."""
    ended = {"state": state, "error": error[:LONGEST_ERROR], "ended_at": now, "receipt": receipt}
    return connection.execute(mine(row).values(ended | {"claimed_until": None})).rowcount > 0


def _on_its_way(connection: Connection, row: Row[Any], receipt: str) -> bool:
    """Whether it was dropped while it was on its way; the staff should know."""
    dropped = update(notices).where(notices.c.id == row.id, notices.c.state == DROPPED)
    this = dropped.values(error=ON_ITS_WAY, receipt=receipt)
    return connection.execute(this).rowcount > 0


def _is_mine(connection: Connection, row: Row[Any]) -> bool:
    mine = select(notices.c.id).where(*_still_mine(row))
    return connection.execute(mine).first() is not None


def mine(row: Row[Any]) -> Any:
    """The notice, as long as nobody dropped it or claimed it anew meanwhile."""
    return update(notices).where(*_still_mine(row))


def _still_mine(row: Row[Any]) -> tuple[Any, ...]:
    return (
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
