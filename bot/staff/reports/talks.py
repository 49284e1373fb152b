"""What people told in the chat, and what the windows made of it. Each report is a function of a
connection and a span of days; none names a person."""

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel, col

from bot.models.conversation import ConversationRow
from bot.models.review import Review
from bot.sealing.column import opening
from bot.staff.reports.rows import Rows, Span
from bot.store import profiles_in
from bot.worksheets import lines_of
from dialogs.questions import questions
from scoring import FACTS, FactsError, estimate, read_facts

BAND = 20  # points
LATEST = 2000  # conversations that are looked at
AT_ONCE = 100  # worksheets opened at once

_talks: Table = SQLModel.metadata.tables["conversations"]
_reviews: Table = SQLModel.metadata.tables["reviews"]

log = logging.getLogger(__name__)


@dataclass
class Opened:
    """What was opened of a sealed column, without those that do not open, which are counted."""

    values: Iterable[Any]
    unread: int = 0

    def __iter__(self) -> Iterator[Any]:
        for value in self.values:
            if value is None:
                self.unread += 1
            else:
                yield value
        if self.unread:
            log.error("a report goes without %d texts that do not open", self.unread)


def bands(connection: Connection, span: Span) -> Rows:
    """Bands of estimated points, people in each."""
    counts: Counter[int] = Counter()
    talks = _latest_talks(connection, span)
    for talk in talks:
        told = profiles_in(json.loads(talk)).get("", {})
        known = {fact: value for fact, value in told.items() if fact in FACTS}
        try:
            result = estimate(span.rules, read_facts(known), on=span.last) if known else None
        except FactsError:
            continue  # kept by an older version; the conversation fixes it with the next message
        if result is not None:
            counts[int(result.points // BAND)] += 1
    shown = range(max(counts, default=-1) + 1)
    rows = [(f"{band * BAND}～{band * BAND + BAND - 1}", counts[band]) for band in shown]
    return Rows(rows, talks.unread)


def leaving(connection: Connection, span: Span) -> Rows:
    """Question, people whose talk stopped there."""
    counts: Counter[str] = Counter()
    talks = _latest_talks(connection, span)
    for talk in talks:
        waiting_flows = json.loads(talk).get("waiting") or [{}]
        top = waiting_flows[-1]
        if top.get("flow") == "questionnaire":
            counts[str(top.get("state", {}).get("at"))] += 1
    asked = [question for question in questions().values() if counts[question.id]]
    return Rows([(question.title, counts[question.id]) for question in asked], talks.unread)


def differences(connection: Connection, span: Span) -> Rows:
    """Item, mean verified, mean claimed, worksheets."""
    labels = {item.id: item.label for item in span.rules.told(span.last).items()}
    sent = select(opening(_reviews.c.lines)).where(
        col(Review.sent_at).between(*span.moments()), _reviews.c.lines.is_not(None)
    )
    found: dict[str, list[tuple[Decimal, Decimal]]] = {}
    sheets = Opened(connection.scalars(sent.execution_options(yield_per=AT_ONCE)))
    for kept in sheets:
        for line in lines_of(kept):
            if line.verified is not None:
                found.setdefault(line.item, []).append((line.verified, line.claimed))
    rows = [
        (label, *(_mean(points) for points in zip(*found[id], strict=True)), len(found[id]))
        for id, label in labels.items()
        if id in found
    ]
    return Rows(rows, sheets.unread)


TALKS: dict[str, Callable[[Connection, Span], Rows]] = {
    "bands": bands,
    "leaving": leaving,
    "differences": differences,
}


def _latest_talks(connection: Connection, span: Span) -> Opened:
    latest = (
        select(opening(_talks.c.talk))
        .where(col(ConversationRow.seen_at).between(*span.moments()))
        .order_by(col(ConversationRow.seen_at).desc())
    )
    return Opened(connection.scalars(latest.limit(LATEST)))


def _mean(points: tuple[Decimal, ...]) -> float:
    return float(round(sum(points, Decimal(0)) / len(points), 2))
