"""The review worksheet: what was claimed, what papers were seen, what the window verified."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select, update
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables
from bot.sealing.column import OfRow, of_row, opening
from bot.sealing.keyring import DamagedError, SealError
from bot.store import facts_told
from bot.upsert import insert_if_new
from scoring import FACTS
from scoring.engine.results import Estimate, ItemResult

_reviews: Table = SQLModel.metadata.tables["reviews"]

log = logging.getLogger(__name__)

OPEN, VERIFIED, CHANGED, REFUSED = "open", "verified", "changed", "refused"
RESULTS = (OPEN, VERIFIED, CHANGED, REFUSED)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it stands. `verified` is None until the window has decided; `facts` are what the
    window found, by fact, as `read_facts` takes them: the points come from them."""

    item: str
    claimed: Decimal
    papers: str = ""
    verified: Decimal | None = None
    result: str = OPEN
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether neither the citizen nor the window says anything about the item."""
        said = self.papers or self.reason or self.facts
        return not self.claimed and self.result == OPEN and not said

    @property
    def lacks(self) -> str:
        """What keeps it from being decided, "" if nothing: a decision (`result`), the `facts`, or a
        `reason` where it differs from the claim."""
        if self.result == OPEN:
            return "result"
        if self.verified is None:
            return "facts"
        return "" if self.reason or self.result == VERIFIED else "reason"

    @property
    def is_complete(self) -> bool:
        """Whether it is decided, with all that belongs to that."""
        return not self.lacks


def decide(line: Line) -> Line:
    """A line with the points that its facts give, decided as far as they say: what differs from
    the claim is a change, whatever is ticked. Where nothing was claimed there is nothing to differ
    from, unless points are taken off. What is refused gives nothing."""
    if line.result == REFUSED:
        return replace(line, verified=NOTHING, facts={})
    if line.verified is None:
        return line
    agreed = line.verified == line.claimed or (not line.claimed and line.verified > 0)
    return replace(line, result=VERIFIED if agreed else CHANGED)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet. `lines` by item; `sent_at` is None for a draft, `taken_back_at` says that it was
    sent before and was wrong. `unread`: something that was kept does not open, and is not here."""

    lines: Mapping[str, Line]
    sent_at: datetime | None = None
    account: str | None = None
    version: int = 0  # rises with every save; 0: nothing was saved
    taken_back_at: datetime | None = None
    settled: Decimal | None = None
    unread: bool = False

    @property
    def total(self) -> Decimal:
        """What was sent; of one sent before the total was kept, and of a draft, the lines' sum."""
        if self.settled is not None:
            return self.settled
        return sum((line.verified or NOTHING for line in self.lines.values()), NOTHING)

    @property
    def is_complete(self) -> bool:
        """Whether every line with anything on it is decided."""
        lines = list(self.lines.values())
        return bool(lines) and all(line.is_complete for line in lines)


def told(connection: Connection, person: str | None) -> dict[str, Any]:
    """What the citizen told in the chat, by fact; empty where there is nothing, or it does not
    open."""
    if person is None:
        return {}
    try:
        kept = facts_told(connection, person)
    except SealError as error:
        log.error("a worksheet goes without the citizen's estimate: %s", error)
        return {}
    return {fact: value for fact, value in kept.items() if fact in FACTS}


def read(connection: Connection, appointment: int, result: Estimate | None) -> Sheet:
    """The saved worksheet; for items it does not speak of, the claims of the citizen's own estimate
    (`result`)."""
    sealed = (_reviews.c.lines, _reviews.c.total)
    review = connection.execute(
        select(
            *(_reviews.c[name] for name in ("sent_at", "account", "version", "taken_back_at")),
            *(opening(column).label(column.name) for column in sealed),
            *(column.is_not(None).label(f"has_{column.name}") for column in sealed),
        ).where(_reviews.c.appointment == appointment)
    ).one_or_none()
    lines = {item.id: Line(item.id, item.points) for item in _items(result) if _is_claimed(item)}
    if review is None:
        return Sheet(lines)
    lines |= {line.item: line for line in lines_of(review.lines)}
    has_lost_lines = review.has_lines and review.lines is None
    unread = has_lost_lines or (review.has_total and review.total is None)
    if unread:
        log.error("the worksheet of appointment %d does not open", appointment)
    return Sheet(
        lines,
        review.sent_at,
        review.account,
        review.version,
        review.taken_back_at,
        review.total,
        unread,
    )


class SentError(Exception):
    """The result was sent to the citizen and stands."""


class StaleError(Exception):
    """A colleague saved the worksheet after this one was opened."""


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
        SealError: what is kept needs a key that is not here; it is not written over.
    """
    values: dict[str, Any] = {"ruleset": ruleset, "account": account, "person": row.person}
    insert_if_new(connection, _reviews, appointment=row.id, site=row.site, started_at=now, **values)
    mine = _reviews.c.appointment == row.id
    wanted = (_reviews.c.id, _reviews.c.sent_at, _reviews.c.version)
    review = connection.execute(select(*wanted).where(mine).with_for_update()).one()
    if review.sent_at is not None:
        raise SentError
    if review.version != version:
        raise StaleError
    try:
        connection.scalar(select(_reviews.c.lines).where(mine))
    except DamagedError:
        log.error("worksheet %d, which does not open, is written anew", review.id)
    values |= {"version": version + 1, "lines": kept_lines(review.id, lines)}
    connection.execute(update(_reviews).where(mine).values(**values))
    return int(review.id)


def mark_sent(connection: Connection, review: int, total: Decimal, now: datetime) -> None:
    """Note that the result goes out; after `save` in the same transaction, so only once."""
    this = update(_reviews).where(_reviews.c.id == review)
    connection.execute(this.values(sent_at=now, total=of_row(review, total)))


def reopen(connection: Connection, appointment: int, now: datetime) -> bool:
    """Take back that the result was sent: it was wrong. Until it is sent again nobody is shown it.
    False when it is open."""
    sent = (_reviews.c.appointment == appointment) & _reviews.c.sent_at.is_not(None)
    back = update(_reviews).where(sent).values(sent_at=None, taken_back_at=now, total=None)
    return bool(connection.execute(back).rowcount)


def latest_result(connection: Connection, person: str) -> Sheet | None:
    """The last result that was sent to this person. Where that one was taken back it is a draft:
    what went out before it does not hold any more."""
    latest = func.coalesce(_reviews.c.sent_at, _reviews.c.taken_back_at)
    appointment = connection.scalar(
        select(_reviews.c.appointment)
        .where(_reviews.c.person == person, latest.is_not(None))
        .order_by(latest.desc())
        .limit(1)
    )
    return read(connection, appointment, None) if appointment else None


def _items(result: Estimate | None) -> Iterable[ItemResult]:
    if result is not None:
        for part in result.parts:
            for category in part.categories:
                yield from category.items


def _is_claimed(item: ItemResult) -> bool:
    """Points, or a yes to something whose points are not published."""
    return bool(item.points) or (item.rule == "unpublished" and item.explanation.matched is True)


def lines_of(kept: Iterable[Mapping[str, Any]] | None) -> list[Line]:
    """The lines of a worksheet as it is kept."""
    return [_line(**one) for one in kept or ()]


def kept_lines(review: int | None, lines: Iterable[Line]) -> OfRow | None:
    """The lines as the worksheet with this number keeps them; blank ones go."""
    said = [asdict(line) for line in lines if not line.is_blank]
    return of_row(review, [{name: _text(value) for name, value in one.items()} for one in said])


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _line(claimed: str, verified: str | None, **rest: Any) -> Line:
    points = None if verified is None else Decimal(verified)
    return Line(claimed=Decimal(claimed), verified=points, **rest)
