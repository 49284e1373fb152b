"""The statements of the message path, and the reading of a talk outside it.

Plain SQL handed to the driver, since these run for every message, most of them while they hold the
write lock; tests/bench/turns.py measures what that saves. The tables are in `bot/models`.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, select
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlmodel import col

from bot import unmatched
from bot.models import ConversationRow
from bot.sealing.keyring import DamagedError, keyring_of
from bot.unmatched import Statement
from bot.visits import Visit
from dialogs.conversation import Ticks

log = logging.getLogger(__name__)

TALK, REPLY = "conversations.talk", "deliveries.reply"  # sealed, see `bot.models`
# One row always; the columns of what does not exist are NULL.
LOOK = """
SELECT d.key, d.reply, a.key, c.version, c.talk, w.person
FROM (SELECT 1) AS one
LEFT JOIN deliveries d ON d.key = ?
LEFT JOIN deliveries a ON a.address = ?
LEFT JOIN conversations c ON c.person = ?
LEFT JOIN waiting_entries w ON w.person = c.person AND w.offered_until > ?
"""
CLAIM = """
INSERT INTO deliveries (key, person, address, reply, answered_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
"""
BEGIN = """
INSERT INTO conversations (version, talk, early_until, seen_at, created_at, person)
VALUES (1, ?, ?, ?, ?, ?) ON CONFLICT (person) DO NOTHING
"""
ADVANCE = """
UPDATE conversations SET version = version + 1, talk = ?, early_until = ?, seen_at = ?
WHERE person = ? AND version = ?
"""
ANSWER = "UPDATE deliveries SET reply = ? WHERE key = ?"


def facts_told(connection: Connection, person: str) -> dict[str, Any]:
    """What the person told of themselves in the chat, by fact; empty where there is nothing."""
    return profiles_told(connection, person).get("", {})


def profiles_told(connection: Connection, person: str) -> dict[str, dict[str, Any]]:
    """The facts by whose they are: "" the person's own, else the word for the other one."""
    state = _state_of(connection, person)
    return profiles_in(state) if state else {}


def _state_of(connection: Connection, person: str) -> dict[str, Any]:
    wanted = select(col(ConversationRow.talk)).where(col(ConversationRow.person) == person)
    talk = connection.scalar(wanted)
    return dict(json.loads(talk)) if talk else {}


def profiles_in(state: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The same of a stored talk."""
    both = (one for one in (state, state.get("aside")) if one)
    return {str(one.get("whose", "")): dict(one.get("facts") or {}) for one in both}


def ticks_told(connection: Connection, person: str) -> Ticks:
    """The papers that the person said they have, or miss."""
    state = _state_of(connection, person)
    both = (one for one in (state, state.get("aside")) if one)
    own = next((one for one in both if not one.get("whose")), {})
    return Ticks.model_validate(own.get("papers") or {})


class State(NamedTuple):
    """A talk as it is stored; `early_until`: when the first thing in it goes that was said before
    the consent."""

    text: str
    early_until: datetime | None


class SpentAddressError(Exception):
    """The message came by an address that carried another one before: it is forged."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Which message this is, and by which address it came where that is good for one message only
    (both as keyed hashes), and whose it is (openid)."""

    key: str
    person: str  # "" where it is of nobody
    address: str | None = None
    visit: Visit | None = None  # where the account answers in other ways too

    @property
    def again(self) -> "Receipt":
        """For the address of a repeated delivery, where it is not that of the first."""
        both = f"{self.key} {self.address}".encode()
        return Receipt(blake2b(both, digest_size=16).hexdigest(), "", self.address)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database knows of a message and its person. `version` 0: a new person; `offered`: a
    place is kept for them that came free; `lost`: there is a talk, and it is damaged."""

    answered: bool
    reply: str | None
    state: str | None
    version: int
    by_new_address: bool
    offered: bool = False
    lost: bool = False


class Store:
    """The statements for one kind of database, run on a cursor of its driver. Talks and replies lie
    sealed, as `bot.models` says."""

    def __init__(self, dialect: Dialect) -> None:
        self._sqlite = dialect.name == "sqlite"
        self._keys = keyring_of(dialect)
        self._unmatched = unmatched.Counting(self._keys)
        self._look, self._claim, self._begin, self._advance, self._answer = map(
            self.marked, (LOOK, CLAIM, BEGIN, ADVANCE, ANSWER)
        )

    def look(self, cursor: DBAPICursor, receipt: Receipt, now: datetime) -> Stored:
        """Was this message answered already, and where does the talk stand?

        Raises:
            SpentAddressError: its address belongs to another message.
            SealError: what is known lies sealed, and its key is not here.
        """
        asked = (receipt.key, receipt.address, receipt.person, self.moment(now))
        cursor.execute(self._look, asked)
        [(key, sealed_reply, carried, version, talk, offered)] = cursor.fetchall()
        if carried is not None and carried not in (receipt.key, receipt.again.key):
            raise SpentAddressError("its address carried another message before")
        by_new_address = receipt.address is not None and carried is None
        told = offered is not None
        reply = sealed_reply and self._keys.open(REPLY, receipt.key, sealed_reply)
        state, lost = None, False  # of a message that was answered nobody needs them
        if key is None and talk is not None:
            try:
                state = self._keys.open(TALK, receipt.person, talk)
            except DamagedError as error:
                log.error("a talk starts anew: %s", error)
                lost = True
        answered = key is not None
        return Stored(answered, reply, state, version or 0, by_new_address, told, lost)

    def claim(
        self, cursor: DBAPICursor, receipt: Receipt, reply: str | None, now: datetime
    ) -> bool:
        """Note the message as answered. False: another delivery of it was first, or another message
        came by its address."""
        return self._change(cursor, self._claiming(receipt, reply, now))

    def keep(
        self,
        cursor: DBAPICursor,
        receipt: Receipt,
        reply: str | None,
        version: int,
        state: State,
        missed: str,
        now: datetime,
    ) -> bool:
        """Note the message as answered, and the talk's new state; count the text that nobody
        understood, if there is one, a new one only while there is room. False: another delivery,
        or another message of this person, was first, and all of it must be undone."""
        also = self._unmatched.statements(missed, now, self.moment(now)) if missed else []
        if receipt.visit:
            also.append(receipt.visit.statement(self.moment))
        beside = [(self.marked(text), values) for text, values in also]
        claiming = self._claiming(receipt, reply, now)
        advancing = self._advancing(receipt.person, version, state, now)
        return self._change(cursor, claiming, advancing, beside=beside)

    def finish(
        self,
        cursor: DBAPICursor,
        receipt: Receipt,
        reply: str | None,
        version: int,
        state: State,
        now: datetime,
    ) -> None:
        """The reply of a message that was kept before its reply was known, and the state of the
        talk after it, where there still is a talk."""
        answering = (self._answer, (self._sealed(receipt, reply), receipt.key))
        advancing = self._advancing(receipt.person, version, state, now)
        self._change(cursor, answering, advancing)

    def accept(self, cursor: DBAPICursor, receipt: Receipt, now: datetime) -> bool:
        """Note a message that gets no reply. False: it is a repeated delivery.

        Raises:
            SpentAddressError: see `look`.
        """
        if self.claim(cursor, receipt, None, now):
            return True
        if self.look(cursor, receipt, now).by_new_address:
            self.claim(cursor, receipt.again, None, now)
        return False

    def _claiming(self, receipt: Receipt, reply: str | None, now: datetime) -> Statement:
        person, sealed = receipt.person or None, self._sealed(receipt, reply)
        return self._claim, (receipt.key, person, receipt.address, sealed, self.moment(now))

    def _advancing(self, person: str, version: int, state: State, now: datetime) -> Statement:
        at, until = self.moment(now), state.early_until and self.moment(state.early_until)
        talk = self._keys.seal(TALK, person, state.text)
        if version == 0:
            return self._begin, (talk, until, at, at, person)
        return self._advance, (talk, until, at, person, version)

    def _change(
        self, cursor: DBAPICursor, *statements: Statement, beside: Sequence[Statement] = ()
    ) -> bool:
        """Whether each of them changed a row; those `beside` need not. SQLite stops at the first
        that did not; PostgreSQL gets all of them at once, for a single round trip."""
        if self._sqlite:
            changed = all(cursor.execute(*one).rowcount == 1 for one in statements)
            for one in beside if changed else ():
                cursor.execute(*one)
            return changed
        connection: Any = cursor.connection  # psycopg's
        with connection.pipeline():
            done = [connection.execute(*one) for one in statements]
            for one in beside:
                connection.execute(*one)
        return all(one.rowcount == 1 for one in done)

    def _sealed(self, receipt: Receipt, reply: str | None) -> str | None:
        return None if reply is None else self._keys.seal(REPLY, receipt.key, reply)

    def marked(self, statement: str) -> str:
        """A statement as the driver takes it: SQLite marks a value with ?, psycopg with %s."""
        return statement if self._sqlite else statement.replace("?", "%s")

    def moment(self, at: datetime) -> object:
        """A moment as `bot.models.base.Moment` writes it; sqlite3 has no type for it."""
        naive = at.astimezone(UTC).replace(tzinfo=None)
        return naive.isoformat(" ", "microseconds") if self._sqlite else naive
