"""What the windows did: counted by day once the day is over, and at once where it is not yet.

The worker counts; reports add up. A day that was put right later is counted again for a month, and
whatever is not counted yet is counted while it is read: slower, and never wrong.
"""

from collections.abc import Iterable
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
    select,
)
from sqlmodel import SQLModel

from bot.booking.elapsed import seconds_between
from bot.booking.queries import stayed_away
from bot.booking.tables import appointments, slots
from bot.database import reading, writing
from bot.models.appointment import CANCELLED, MISSED, PAST, SERVED
from bot.models.day_figure import DayFigure
from bot.pace import Pace

AGAIN = timedelta(days=31)  # so long a day may be put right
KEYS = ("site", "window", "hour", "purpose", "clerk")
NUMBERS = ("booked", "over", "missed", "waited", "waited_seconds", "served", "served_seconds")
NOBODY = dict.fromkeys(("site", "window", "purpose", "clerk"), "") | {"hour": 0}
_figures: Table = SQLModel.metadata.tables[str(DayFigure.__tablename__)]


class Figure(NamedTuple):
    """See `DayFigure`."""

    site: str
    window: str
    hour: int
    purpose: str
    clerk: str
    booked: int
    over: int
    missed: int
    waited: int
    waited_seconds: int
    served: int
    served_seconds: int

    @property
    def key(self) -> tuple[str, str, int, str, str]:
        """What it is the figure of."""
        return self.site, self.window, self.hour, self.purpose, self.clerk

    @property
    def numbers(self) -> tuple[int, ...]:
        """What is added up."""
        return tuple(getattr(self, name) for name in NUMBERS)


def figures(connection: Connection, first: date, last: date) -> list[Figure]:
    """Those of the days from `first` to `last`, both counted, added up."""
    days = _figures.c.day.between(first, last)
    added = [func.sum(_figures.c[name]) for name in NUMBERS]
    keys = [_figures.c[name] for name in KEYS]
    stored = select(*keys, *added).where(days, _figures.c.site != "").group_by(*keys)
    known = select(_figures.c.day).where(days).distinct()
    there = slots.c.day.between(first, last) & slots.c.day.not_in(known)
    return [
        *(Figure(*row[:5], *map(int, row[5:])) for row in connection.execute(stored)),
        *_count(connection, there),
    ]


def recount(engine: Engine, now: datetime, pace: Pace | None = None) -> int:
    """Count the days before today that may have changed, and those that were never counted; how
    many days. One in a transaction, so that nobody waits."""
    pace, today = pace or Pace(), now.date()
    with reading(engine) as connection:
        known = select(_figures.c.day).distinct()
        due = (slots.c.day >= today - AGAIN) | slots.c.day.not_in(known)
        days = select(slots.c.day).where(slots.c.day < today, due).distinct()
        wanted = list(connection.scalars(days.order_by(slots.c.day.desc())))
    done = 0
    for day in pace.each(wanted):
        with writing(engine) as connection:
            _store(connection, day)
        done += 1
    return done


def _store(connection: Connection, day: date) -> None:
    rows = [figure._asdict() for figure in _added(_count(connection, slots.c.day == day))]
    empty = NOBODY | dict.fromkeys(NUMBERS, 0)
    connection.execute(delete(_figures).where(_figures.c.day == day))
    connection.execute(insert(_figures), [row | {"day": day} for row in rows or [empty]])


def _added(parts: Iterable[Figure]) -> list[Figure]:
    """Those of one hour together."""
    sums: dict[tuple[str, str, int, str, str], list[int]] = {}
    for one in parts:
        kept = sums.setdefault(one.key, [0] * len(NUMBERS))
        kept[:] = (a + b for a, b in zip(kept, one.numbers, strict=True))
    return [Figure(*key, *numbers) for key, numbers in sums.items()]


def _count(connection: Connection, which: ColumnElement[bool]) -> list[Figure]:
    """As the appointments of these slots say."""
    return [
        Figure(row[0], row[1], row[2].hour, *row[3:5], *(int(n or 0) for n in row[5:]))
        for row in connection.execute(_counting(which))
    ]


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
