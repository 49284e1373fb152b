"""The statements of the message path.

Plain SQL handed to the driver, since these run for every message, most of them while they hold the
write lock; tests/bench/turns.py measures what that saves. The tables are in `bot/models`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult

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


def look(connection: Connection, receipt: Receipt) -> Stored:
    """Was this message answered already, and where does the talk stand?"""
    row = _run(connection, LOOK, receipt.key, receipt.person).one()
    return Stored(row.key is not None, row.reply, row.state, row.version or 0)


def claim(connection: Connection, receipt: Receipt, reply: str | None, now: datetime) -> bool:
    """Note the message as answered. False: another delivery of it was first."""
    values = (receipt.key, receipt.person, reply, _moment(connection, now))
    return _run(connection, CLAIM, *values).rowcount == 1


def advance(connection: Connection, person: str, version: int, state: str, now: datetime) -> bool:
    """Keep the talk's new state. False: another message of this person came between."""
    at = _moment(connection, now)
    if version == 0:
        return _run(connection, BEGIN, state, at, at, person).rowcount == 1
    return _run(connection, ADVANCE, state, at, person, version).rowcount == 1


def answer(connection: Connection, receipt: Receipt, reply: str | None) -> None:
    """The reply of a message that was claimed before its reply was known."""
    _run(connection, ANSWER, reply, receipt.key)


def missed(connection: Connection, text: str, now: datetime) -> None:
    """Count a text that nobody understood."""
    at = _moment(connection, now)
    _run(connection, MISSED, text, at, at)


def _run(connection: Connection, statement: str, *values: object) -> CursorResult[Any]:
    return connection.exec_driver_sql(_in_style(statement, connection.dialect.paramstyle), values)


@lru_cache
def _in_style(statement: str, style: str) -> str:
    """SQLite marks a value with ?, psycopg with %s."""
    return statement if style == "qmark" else statement.replace("?", "%s")


def _moment(connection: Connection, at: datetime) -> object:
    """As `bot.models.base.Moment` writes it; sqlite3 has no type for it."""
    naive = at.astimezone(UTC).replace(tzinfo=None)
    if connection.dialect.name == "sqlite":
        return naive.isoformat(" ", "microseconds")
    return naive
