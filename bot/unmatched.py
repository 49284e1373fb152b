"""Texts that nobody understood, counted: how one is found and kept, and how many there may be.

A text is found by its keyed hash, under each key, since its row may lie under an earlier one.
Each person can send any number of such texts. The sweep, every hour, keeps the `KEPT` that were
sent most; in an hour a process takes in `HOURLY` new ones at most.
"""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import cast

from sqlalchemy import ColumnElement, Connection
from sqlmodel import SQLModel, col

import bot.models  # noqa: F401 - registers the tables
from bot.models.unmatched import UnmatchedText
from bot.sealing.column import Sealed
from bot.sealing.keyring import Key, Keyring, keyring_of

KEPT = 10_000  # the staff see the 40 most frequent; a county asks far fewer different things
HOURLY = 1_000
HOUR = timedelta(hours=1)
# With one hash for each key.
AGAIN = "UPDATE unmatched_texts SET times = times + 1, last_at = ? WHERE text_index IN ({hashes})"
NEW = """
INSERT INTO unmatched_texts (id, text, text_index, times, first_at, last_at)
SELECT ?, ?, ?, 1, ?, ?
WHERE NOT EXISTS (SELECT 1 FROM unmatched_texts WHERE text_index IN ({hashes}))
"""
Statement = tuple[str, tuple[object, ...]]
"""With its values, each marked by a question mark."""


def is_text(connection: Connection, text: str) -> ColumnElement[bool]:
    """That a row is of this text."""
    keys = keyring_of(connection.dialect).keys.values()
    return col(UnmatchedText.text_index).in_([_hash(key, text) for key in keys])


class Counting:
    """What one process counts of them."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._since: datetime | None = None
        self._taken = 0

    def statements(self, text: str, now: datetime, at: object) -> list[Statement]:
        """Count the text, or keep it while there is room; `at` is now as the driver takes it."""
        known = [_hash(key, text) for key in self._keyring.keys.values()]
        hashes = ", ".join("?" * len(known))
        counted = AGAIN.format(hashes=hashes), (at, *known)
        if not self._takes_in(now):
            return [counted]
        id = token_hex(8)
        sealed = self._keyring.seal(_kind().name, id, text)
        index = _hash(self._keyring.demanded(), text)
        return [counted, (NEW.format(hashes=hashes), (id, sealed, index, at, at, *known))]

    def _takes_in(self, now: datetime) -> bool:
        """Whether there is room for one that is not kept yet. Asked once for each text."""
        if self._since is None or not self._since <= now < self._since + HOUR:
            self._since, self._taken = now, 0
        self._taken += 1
        return self._taken <= HOURLY


def _hash(key: Key, text: str) -> str:
    return _kind().indexed(key, text)["text_index"]


def _kind() -> Sealed:
    return cast(Sealed, SQLModel.metadata.tables["unmatched_texts"].c.text.type)
