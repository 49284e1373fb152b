"""The review worksheet: what was claimed, what papers were seen, what the window verified."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update
from sqlmodel import SQLModel, col

from bot.booking.tables import insert_if_new
from bot.models.appointment import ARRIVED, PAST, SERVED, SERVING
from bot.models.review import Review, ReviewLine
from bot.store import facts_told
from scoring import FACTS, Ruleset, estimate, read_facts
from scoring.results import Estimate, ItemResult

_reviews: Table = SQLModel.metadata.tables["reviews"]

OPEN, VERIFIED, CHANGED, REFUSED = "open", "verified", "changed", "refused"
RESULTS = (OPEN, VERIFIED, CHANGED, REFUSED)


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it stands. `verified` is None until the window has decided."""

    item: str
    claimed: Decimal
    papers: str = ""
    verified: Decimal | None = None
    result: str = OPEN
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether neither the citizen nor the window says anything about the item."""
        return not self.claimed and self.result == OPEN and not (self.papers or self.reason)

    @property
    def is_complete(self) -> bool:
        """Decided, and with a reason where it differs from the claim."""
        return self.verified is not None and (self.result == VERIFIED or bool(self.reason))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet. `lines` by item; `sent_at` is None for a draft."""

    lines: Mapping[str, Line]
    sent_at: datetime | None
    account: str | None
    version: int = 0  # rises with every save; 0: nothing was saved

    @property
    def total(self) -> Decimal:
        """The points verified so far; categories' caps are the county's to apply."""
        return sum((line.verified or Decimal(0) for line in self.lines.values()), Decimal(0))

    @property
    def is_complete(self) -> bool:
        """Whether every line with anything on it is decided."""
        lines = list(self.lines.values())
        return bool(lines) and all(line.is_complete for line in lines)


def claimed(
    connection: Connection, person: str | None, rules: Ruleset, now: datetime
) -> Estimate | None:
    """The citizen's own estimate from the chat, None where there is none."""
    if person is None:
        return None
    told = facts_told(connection, person)
    known = {fact: value for fact, value in told.items() if fact in FACTS}
    return estimate(rules, read_facts(known), on=now.date()) if known else None


def read(connection: Connection, appointment: int, result: Estimate | None) -> Sheet:
    """The saved worksheet; for items it does not speak of, the claims of the estimate."""
    review = connection.execute(
        select(Review).where(col(Review.appointment) == appointment)
    ).one_or_none()
    lines = {item.id: Line(item.id, item.points) for item in _items(result) if _is_claimed(item)}
    if review is None:
        return Sheet(lines, None, None)
    kept = select(ReviewLine).where(col(ReviewLine.review) == review.id)
    lines |= {row.item: _line(row) for row in connection.execute(kept)}
    return Sheet(lines, review.sent_at, review.account, review.version)


class SentError(Exception):
    """The result was sent to the citizen and stands."""


class StaleError(Exception):
    """A colleague saved the worksheet after this one was opened."""


def came(row: Row[Any]) -> bool:
    """Whether the person of an appointment is or was at the window: only then there is anything to
    review. The day may have ended before a clerk pressed the last button."""
    return row.state in (ARRIVED, SERVING, SERVED) or (
        row.state == PAST and row.arrived_at is not None
    )


def save(
    connection: Connection,
    row: Row[Any],
    ruleset: str,
    lines: Iterable[Line],
    account: str,
    now: datetime,
    *,
    version: int,
) -> int:
    """Store the worksheet of an appointment instead of the draft `version`; its number.

    Raises:
        SentError: it was sent, perhaps by a colleague at this very moment.
        StaleError: a colleague saved another draft meanwhile.
    """
    values = {"ruleset": ruleset, "account": account, "person": row.person}
    insert_if_new(connection, _reviews, appointment=row.id, site=row.site, started_at=now, **values)
    mine = _reviews.c.appointment == row.id
    review = connection.execute(select(_reviews).where(mine).with_for_update()).one()
    if review.sent_at is not None:
        raise SentError
    if review.version != version:
        raise StaleError
    connection.execute(update(_reviews).where(mine).values(version=version + 1, **values))
    connection.execute(delete(ReviewLine).where(col(ReviewLine.review) == review.id))
    number = {"review": review.id}
    written = [number | asdict(line) for line in lines if not line.is_blank]
    if written:
        connection.execute(insert(ReviewLine), written)
    return int(review.id)


def mark_sent(connection: Connection, review: int, now: datetime) -> None:
    """Note that the result goes out; after `save` in the same transaction, so only once."""
    connection.execute(update(_reviews).where(_reviews.c.id == review).values(sent_at=now))


def reopen(connection: Connection, appointment: int) -> bool:
    """Take back that the result was sent: it was wrong. Until it is sent again nobody is shown it.
    False when it is open."""
    sent = (_reviews.c.appointment == appointment) & _reviews.c.sent_at.is_not(None)
    return bool(connection.execute(update(_reviews).where(sent).values(sent_at=None)).rowcount)


def latest_sent(connection: Connection, person: str) -> Sheet | None:
    """The last result that was sent to this person."""
    review = connection.execute(
        select(Review)
        .where(col(Review.person) == person, col(Review.sent_at).is_not(None))
        .order_by(col(Review.sent_at).desc())
        .limit(1)
    ).one_or_none()
    return read(connection, review.appointment, None) if review else None


def _items(result: Estimate | None) -> Iterable[ItemResult]:
    if result is not None:
        for part in result.parts:
            for category in part.categories:
                yield from category.items


def _is_claimed(item: ItemResult) -> bool:
    """Points, or a yes to something whose points are not published."""
    return bool(item.points) or (item.rule == "unpublished" and item.explanation.matched is True)


def _line(row: Any) -> Line:
    return Line(row.item, row.claimed, row.papers, row.verified, row.result, row.reason)
