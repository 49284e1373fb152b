"""The figures of the reports. Each is a function of a connection and a span of days; none names a
person."""

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, case, func, select
from sqlmodel import SQLModel, col

from bot.booking.queries import stayed_away
from bot.booking.tables import appointments, slots
from bot.clock import ZONE
from bot.models.appointment import CANCELLED, MISSED, PAST, SERVED
from bot.models.conversation import ConversationRow
from bot.models.review import Review
from bot.sealing.column import opening
from bot.staff.sites import site_titles
from bot.store import profiles_in
from bot.worksheets import lines_of
from dialogs.questions import questions
from scoring import FACTS, FactsError, Ruleset, estimate, read_facts

BAND = 20  # points
LATEST = 2000  # conversations that are looked at
AT_ONCE = 100  # worksheets opened at once

Row = tuple[Any, ...]
_talks: Table = SQLModel.metadata.tables["conversations"]
_reviews: Table = SQLModel.metadata.tables["reviews"]

log = logging.getLogger(__name__)


class Rows(list[Row]):
    """The rows of a report; `unread` talks or worksheets do not open, and are not in it."""

    def __init__(self, rows: Iterable[Row], unread: int = 0) -> None:
        super().__init__(rows)
        self.unread = unread


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


@dataclass(frozen=True, slots=True)
class Span:
    """What a report covers: both days counted."""

    first: date
    last: date
    rules: Ruleset

    def moments(self) -> tuple[datetime, datetime]:
        """From the beginning of the first day to the end of the last, in the county's zone."""
        first = datetime.combine(self.first, time.min, ZONE)
        return first, datetime.combine(self.last, time.max, ZONE)


def bookings(connection: Connection, span: Span) -> Rows:
    """Site, appointments that were not cancelled, places offered."""
    booked = dict(_by_site(connection, span, appointments.c.state != CANCELLED))
    places = (
        select(slots.c.site, func.sum(slots.c.capacity))
        .where(slots.c.day.between(span.first, span.last), slots.c.open)
        .group_by(slots.c.site)
    )
    offered = {row[0]: int(row[1]) for row in connection.execute(places)}
    return Rows(
        (title, booked.get(site, 0), offered.get(site, 0))
        for site, title in site_titles(connection).items()
        if site in booked or site in offered
    )


def waiting(connection: Connection, span: Span) -> Rows:
    """Site, mean minutes between check-in and the beginning, people."""
    moments = (
        select(slots.c.site, appointments.c.arrived_at, appointments.c.serving_at)
        .join(slots, slots.c.id == appointments.c.slot)
        .where(
            slots.c.day.between(span.first, span.last),
            appointments.c.arrived_at.is_not(None),
            appointments.c.serving_at.is_not(None),
        )
    )
    minutes: dict[str, list[float]] = {}
    for site, arrived, began in connection.execute(moments):
        minutes.setdefault(site, []).append(max(0.0, (began - arrived).total_seconds() / 60))
    return Rows(
        (title, round(sum(minutes[site]) / len(minutes[site]), 1), len(minutes[site]))
        for site, title in site_titles(connection).items()
        if site in minutes
    )


def no_shows(connection: Connection, span: Span) -> Rows:
    """Site, appointments nobody came to, appointments that are over."""
    over = appointments.c.state.in_((SERVED, MISSED, PAST))
    missed = dict(_by_site(connection, span, stayed_away()))
    ended = dict(_by_site(connection, span, over))
    return Rows(
        (title, missed.get(site, 0), ended[site])
        for site, title in site_titles(connection).items()
        if site in ended
    )


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


REPORTS: dict[str, Callable[[Connection, Span], Rows]] = {
    "bookings": bookings,
    "waiting": waiting,
    "no_shows": no_shows,
    "bands": bands,
    "leaving": leaving,
    "differences": differences,
}
SHARES = frozenset({"bookings", "no_shows"})  # the second figure is what the first is a part of
COMPARED = frozenset({"differences"})  # the second figure is of the same kind as the first
BY_SITE = frozenset({"bookings", "waiting", "no_shows"})


def of_all(name: str, rows: list[Row]) -> tuple[Any, ...]:
    """What a report by site says of the whole county: sums, and of minutes the mean."""
    people = sum(row[2] for row in rows)
    if name == "waiting":
        return round(sum(row[1] * row[2] for row in rows) / people, 1), people
    return sum(row[1] for row in rows), people


def _by_site(connection: Connection, span: Span, condition: Any) -> Iterator[tuple[str, int]]:
    count = func.sum(case((condition, 1), else_=0))
    query = (
        select(slots.c.site, count)
        .join(appointments, appointments.c.slot == slots.c.id)
        .where(slots.c.day.between(span.first, span.last))
        .group_by(slots.c.site)
    )
    for site, number in connection.execute(query):
        if number:
            yield site, int(number)


def _latest_talks(connection: Connection, span: Span) -> Opened:
    latest = (
        select(opening(_talks.c.talk))
        .where(col(ConversationRow.seen_at).between(*span.moments()))
        .order_by(col(ConversationRow.seen_at).desc())
    )
    return Opened(connection.scalars(latest.limit(LATEST)))


def _mean(points: tuple[Decimal, ...]) -> float:
    return float(round(sum(points, Decimal(0)) / len(points), 2))
