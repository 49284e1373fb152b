"""Who is talking to us, in an account that answers in other ways too.

Plain SQL, as in `bot.store`: it runs for messages. A visit is written in the transaction of the
turn that belongs to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, select
from sqlmodel import col

from bot.models import Visit as Row
from bot.people import Holder, hold, record
from bot.unmatched import Statement

# One row always; the columns of what does not exist are NULL.
LOOK = """
SELECT d.reply IS NOT NULL, v.until > ?, v.since <= ? FROM (SELECT 1) AS one
LEFT JOIN deliveries d ON d.key = ? LEFT JOIN visits v ON v.person = ?
"""
# A visit that goes on keeps its beginning: an answer may be read after a word that was sent later.
ENTER = """
INSERT INTO visits (person, since, until) VALUES (?, ?, ?) ON CONFLICT (person) DO UPDATE SET
until = excluded.until,
since = CASE WHEN visits.until > ? THEN visits.since ELSE excluded.since END
"""
# Of who left meanwhile there is no row, and an answer that took longer begins none.
STAY = "UPDATE visits SET until = ? WHERE person = ?"
LEAVE = "DELETE FROM visits WHERE person = ?"


class Standing(NamedTuple):
    """`answered`: we replied to this very message; `inside`: the person is in a visit, and wrote
    the message in it; `visiting`: the same, whenever it was written."""

    answered: bool
    inside: bool
    visiting: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """What a message of ours does to the visit of its person: with `enters` it begins one, where
    there is none; otherwise it lets it go on. `greeting`: what is said first where there is
    none."""

    person: str
    written: datetime
    now: datetime
    until: datetime
    enters: bool
    greeting: str

    def statement(self, moment: Callable[[datetime], object]) -> Statement:
        """`moment`: of a `bot.store.Store`."""
        until = moment(self.until)
        if not self.enters:
            return STAY, (until, self.person)
        return ENTER, (self.person, moment(self.written), until, moment(self.now))


def over(now: datetime) -> ColumnElement[bool]:
    """The visits that have ended."""
    return col(Row.until) <= now


def _forget(connection: Connection, person: str) -> None:
    connection.execute(delete(Row).where(col(Row.person) == person))


def _show(connection: Connection, person: str) -> object:
    row = connection.execute(select(Row).where(col(Row.person) == person)).mappings().first()
    return record(row, "person") if row else None


hold(Holder("visit", _forget, _show))
