"""The statements of the message path, and the reading of a talk outside it.

Plain SQL handed to the driver, since these run for every message, most of them while they hold the
write lock; tests/bench/turns.py measures what that saves. The tables are in `bot/models`.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Dialect, select
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlmodel import col

from bot.models import ConversationRow

# One row always; the columns of what does not exist are NULL.
LOOK = """
SELECT d.key, d.reply, c.version, c.state
FROM (SELECT 1) AS one
LEFT JOIN deliveries d ON d.key = ?
LEFT JOIN conversations c ON c.person = ?
"""
CLAIM = """
INSERT INTO deliveries (key, person, reply, answered_at) VALUES (?, ?, ?, ?)
ON CONFLICT (key) DO NOTHING
"""
BEGIN = """
INSERT INTO conversations (version, state, seen_at, created_at, person) VALUES (1, ?, ?, ?, ?)
ON CONFLICT (person) DO NOTHING
"""
ADVANCE = """
UPDATE conversations SET version = version + 1, state = ?, seen_at = ?
WHERE person = ? AND version = ?
"""
ANSWER = "UPDATE deliveries SET reply = ? WHERE key = ?"
MISSED = """
INSERT INTO unmatched_texts (text, times, first_at, last_at) VALUES (?, 1, ?, ?)
ON CONFLICT (text) DO UPDATE SET times = unmatched_texts.times + 1, last_at = excluded.last_at
"""


def facts_told(connection: Connection, person: str) -> dict[str, Any]:
    """What the person said in the chat, by fact; empty when there is nothing (any more)."""
    wanted = select(col(ConversationRow.state)).where(col(ConversationRow.person) == person)
    state = connection.scalar(wanted)
    told = json.loads(state).get("facts") if state else None
    return told if isinstance(told, dict) else {}


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database knows of a message and its person. `version` 0: a new person."""

    answered: bool
    reply: str | None
    state: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Which message this is, as a keyed hash, and whose (openid)."""

    key: str
    person: str


class Store:
    """The statements for one kind of database, run on a cursor of its driver."""

    def __init__(self, dialect: Dialect) -> None:
        self._sqlite = dialect.name == "sqlite"
        self._look, self._claim, self._begin, self._advance, self._answer, self._missed = (
            # SQLite marks a value with ?, psycopg with %s.
            statement if self._sqlite else statement.replace("?", "%s")
            for statement in (LOOK, CLAIM, BEGIN, ADVANCE, ANSWER, MISSED)
        )

    def look(self, cursor: DBAPICursor, receipt: Receipt) -> Stored:
        """Was this message answered already, and where does the talk stand?"""
        cursor.execute(self._look, (receipt.key, receipt.person))
        [(key, reply, version, state)] = cursor.fetchall()
        return Stored(key is not None, reply, state, version or 0)

    def claim(
        self, cursor: DBAPICursor, receipt: Receipt, reply: str | None, now: datetime
    ) -> bool:
        """Note the message as answered. False: another delivery of it was first."""
        cursor.execute(self._claim, (receipt.key, receipt.person, reply, self._moment(now)))
        return bool(cursor.rowcount == 1)

    def advance(
        self, cursor: DBAPICursor, person: str, version: int, state: str, now: datetime
    ) -> bool:
        """Keep the talk's new state. False: another message of this person came between."""
        at = self._moment(now)
        if version == 0:
            cursor.execute(self._begin, (state, at, at, person))
        else:
            cursor.execute(self._advance, (state, at, person, version))
        return bool(cursor.rowcount == 1)

    def answer(self, cursor: DBAPICursor, receipt: Receipt, reply: str | None) -> None:
        """The reply of a message that was claimed before its reply was known."""
        cursor.execute(self._answer, (reply, receipt.key))

    def missed(self, cursor: DBAPICursor, text: str, now: datetime) -> None:
        """Count a text that nobody understood."""
        at = self._moment(now)
        cursor.execute(self._missed, (text, at, at))

    def _moment(self, at: datetime) -> object:
        """As `bot.models.base.Moment` writes it; sqlite3 has no type for it."""
        naive = at.astimezone(UTC).replace(tzinfo=None)
        return naive.isoformat(" ", "microseconds") if self._sqlite else naive
