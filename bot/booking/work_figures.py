"""What the windows did: counted by day once the day is over, and at once where it is not yet.

The worker counts; reports add up whole months, and the days at both ends. A day is counted once
nothing goes on there any more, and once more when a clerk puts it right later. Whatever is not
counted yet is counted while it is read: slower, and never wrong.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    case,
    delete,
    func,
    insert,
    literal,
    select,
)
from sqlmodel import SQLModel

from bot.booking.elapsed import seconds_between
from bot.booking.queries import stayed_away
from bot.booking.tables import appointments, slots
from bot.database import reading, writing
from bot.models.appointment import CANCELLED, IS_ACTIVE, MISSED, PAST, SERVED
from bot.models.work_figure import WorkFigure
from bot.pace import Pace
from bot.upsert import insert_if_new

A_DAY, LONGEST_MONTH = timedelta(days=1), timedelta(days=31)
DAY, MONTH = "day", "month"
CHANGED = "changed"  # the kind of a row that says: this day was put right since it was counted
WINDOW, HOUR, PURPOSE, CLERK = "window", "hour", "purpose", "clerk"
KEYS = ("kind", "site", "name")
NUMBERS = (
    *("places", "booked", "over", "missed", "waited", "waited_seconds"),
    *("served", "served_seconds"),
)
_figures: Table = SQLModel.metadata.tables[str(WorkFigure.__tablename__)]
_keys = [_figures.c[name] for name in KEYS]
_sums = [func.sum(_figures.c[name]) for name in NUMBERS]


class Figure(NamedTuple):
    """See `WorkFigure`."""

    kind: str
    site: str
    name: str
    places: int = 0
    booked: int = 0
    over: int = 0
    missed: int = 0
    waited: int = 0
    waited_seconds: int = 0
    served: int = 0
    served_seconds: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is the figure of."""
        return self.kind, self.site, self.name

    @property
    def numbers(self) -> tuple[int, ...]:
        """What is added up."""
        return tuple(getattr(self, name) for name in NUMBERS)


def figures(connection: Connection, first: date, last: date) -> list[Figure]:
    """Those of the days from `first` to `last`, both counted, added up."""
    counted = _figures.c.kind.not_in((DAY, CHANGED))
    stored = select(*_keys, *_sums).where(_within(first, last), counted).group_by(*_keys)
    rows = [Figure(*row[:3], *map(int, row[3:])) for row in connection.execute(stored)]
    days = slots.c.day.in_(_uncounted(connection, first, last))
    return added((*rows, *_count(connection, days)))


def recount(engine: Engine, now: datetime, pace: Pace | None = None) -> int:
    """Count the days before today that were not counted yet, or changed since; how many days. One
    in a transaction, so that nobody waits."""
    pace = pace or Pace()
    with reading(engine) as connection:
        wanted = list(connection.scalars(_due(now.date())))
    done = 0
    for day in pace.each(wanted):
        with writing(engine) as connection:
            if not _goes_on(connection, day):
                _store(connection, day)
                done += 1
    return done


def mark_changed(connection: Connection, day: date) -> None:
    """Have a day that is counted counted again: an appointment there was put right."""
    zeros = dict.fromkeys(NUMBERS, 0)
    key = {"span": DAY, "first": day, "kind": CHANGED, "site": "", "name": ""}
    insert_if_new(connection, _figures, **key, **zeros)


def _due(today: date) -> Select[Any]:
    """The days to count, the last one first."""
    known, changed = (
        select(_figures.c.first).where(_figures.c.span == DAY, _figures.c.kind == kind)
        for kind in (DAY, CHANGED)
    )
    due = slots.c.day.not_in(known) | slots.c.day.in_(changed)
    days = select(slots.c.day).where(slots.c.day < today, due).distinct()
    return days.order_by(slots.c.day.desc())


def _goes_on(connection: Connection, day: date) -> bool:
    """Whether some appointment of the day is not closed yet, see `close_past`."""
    of_day = select(appointments.c.id).join(slots, slots.c.id == appointments.c.slot)
    some = of_day.where(slots.c.day == day, IS_ACTIVE).limit(1)
    return connection.execute(some).first() is not None


def added(parts: Iterable[Figure]) -> list[Figure]:
    """Those of the same kind, site and name together."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    for one in parts:
        kept = sums.setdefault(one.key, [0] * len(NUMBERS))
        kept[:] = (a + b for a, b in zip(kept, one.numbers, strict=True))
    return [Figure(*key, *numbers) for key, numbers in sums.items()]


def _within(first: date, last: date) -> ColumnElement[bool]:
    """The whole months of a span of days, and the days before and after them."""
    begin = first if first.day == 1 else _next_month(first)
    end = (last + A_DAY).replace(day=1)
    if begin >= end:
        return _of(DAY, first, last + A_DAY)
    rest = _of(DAY, first, begin) | _of(DAY, end, last + A_DAY)
    return _of(MONTH, begin, end) | rest


def _of(span: str, first: date, after: date) -> ColumnElement[bool]:
    at = _figures.c.first
    return (_figures.c.span == span) & (at >= first) & (at < after)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + LONGEST_MONTH).replace(day=1)


def _uncounted(connection: Connection, first: date, last: date) -> list[date]:
    """The days of a span that have slots and are not counted: among them all that lie ahead. Days
    without a slot are left out: among many of them PostgreSQL would read every appointment."""
    ends = [select(which(slots.c.day)).scalar_subquery() for which in (func.min, func.max)]
    earliest, latest = connection.execute(select(*ends)).one()
    if earliest is None:
        return []
    first, last = max(first, earliest), min(last, latest)
    counted = select(_figures.c.first).where(_of(DAY, first, last + A_DAY), _figures.c.kind == DAY)
    known = set(connection.scalars(counted))
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    due = slots.c.day.in_([day for day in every if day not in known])
    return list(connection.scalars(select(slots.c.day).where(due).distinct()))


def _store(connection: Connection, day: date) -> None:
    """A day, and with it its month. Whatever changes after the delete marks the day again, so the
    delete comes before the count."""
    connection.execute(delete(_figures).where(_of(DAY, day, day + A_DAY)))
    rows = [Figure(DAY, "", ""), *added(_count(connection, slots.c.day == day))]
    connection.execute(
        insert(_figures), [{"span": DAY, "first": day, **row._asdict()} for row in rows]
    )
    _store_month(connection, day.replace(day=1))


def _store_month(connection: Connection, month: date) -> None:
    after = _next_month(month)
    days = _of(DAY, month, after) & _figures.c.kind.not_in((DAY, CHANGED))
    whole: list[Any] = [literal(MONTH), literal(month), *_keys, *_sums]
    added_up = select(*whole).where(days).group_by(*_keys)
    columns = ["span", "first", *KEYS, *NUMBERS]
    connection.execute(delete(_figures).where(_of(MONTH, month, after)))
    connection.execute(insert(_figures).from_select(columns, added_up))


def _count(connection: Connection, which: ColumnElement[bool]) -> Iterator[Figure]:
    """What was offered in these slots, and as their appointments say."""
    places = select(slots.c.site, slots.c.window, func.sum(slots.c.capacity))
    offered = places.where(which, slots.c.open).group_by(slots.c.site, slots.c.window)
    for site, window, count in connection.execute(offered):
        yield Figure(WINDOW, site, window, int(count))
    for row in connection.execute(_counting(which)):
        yield from _by_kind(*row)


def _by_kind(
    site: str, window: str, starts_at: datetime, purpose: str, clerk: str, *counts: Any
) -> Iterator[Figure]:
    numbers = [0, *(int(count or 0) for count in counts)]
    yield Figure(WINDOW, site, window, *numbers)
    yield Figure(HOUR, "", str(starts_at.hour), *numbers)
    yield Figure(PURPOSE, "", purpose, *numbers)
    if clerk:
        yield Figure(CLERK, "", clerk, *numbers)


def _counting(which: ColumnElement[bool]) -> Select[Any]:
    state, arrived = appointments.c.state, appointments.c.arrived_at
    began, ended = appointments.c.serving_at, appointments.c.ended_at
    waited = began.is_not(None) & arrived.is_not(None)
    served = (state == SERVED) & began.is_not(None) & ended.is_not(None)
    numbers = (
        func.count(),
        _times(state.in_((SERVED, MISSED, PAST))),
        _times(stayed_away()),
        _times(waited),
        func.sum(case((waited, _no_less(seconds_between(arrived, began))), else_=0)),
        _times(served),
        func.sum(case((served, _no_less(seconds_between(began, ended))), else_=0)),
    )
    clerk = func.coalesce(appointments.c.served_by, "")
    keys = (slots.c.site, slots.c.window, slots.c.starts_at, appointments.c.purpose, clerk)
    return (
        select(*keys, *numbers)
        .join(slots, slots.c.id == appointments.c.slot)
        .where(which, state != CANCELLED)
        .group_by(*keys)
    )


def _times(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _no_less(seconds: Any) -> ColumnElement[int]:
    """A clock that was set back counts nothing."""
    return case((seconds > 0, seconds), else_=0)
