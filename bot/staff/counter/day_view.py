"""What of a day is shown at once: a day may have two thousand appointments."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.models.appointment import ARRIVED, BOOKED, CALLED, PASSED, SERVING

AT_ONCE = 20  # rows; a fuller day is shown by the hour
MOST = 50  # rows of one page; the others of the hour are a link away
HERE = (SERVING, CALLED, ARRIVED, PASSED)


@dataclass(frozen=True, slots=True)
class Board:
    """Who is `here` now, then the others: of `total`, those from number `start` on are in `rows`.

    `hours` counts all others by hour, and those still to come; empty where everybody fits on one
    page. `before` and `after` are appointments on the pages around this one, None without one.
    """

    here: list[Row[Any]]
    rows: list[Row[Any]]
    total: int
    hours: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    hour: int | None = None
    start: int = 0
    before: int | None = None
    after: int | None = None

    @property
    def shown(self) -> list[int]:
        """The numbers of the appointments on the page."""
        return [row.id for row in (*self.here, *self.rows)]

    def filled(self, rows: Mapping[int, Row[Any]]) -> "Board":
        """The same with these rows of the appointments, which say all of them."""
        here, others = ([rows[one.id] for one in some] for some in (self.here, self.rows))
        return replace(self, here=here, rows=others)


def board_of(rows: list[Row[Any]], hour: int, at: int | None, queue: Sequence[int] = ()) -> Board:
    """Who is here in the order of the `queue`, and the whole day where it fits; otherwise the hour,
    or the next one that has anybody, and of it the page of the appointment `at`, or of the first
    who has not come."""
    here = [row for row in rows if row.state in HERE]
    place = {id: number for number, id in enumerate(queue)}
    here.sort(key=lambda row: (place.get(row.id, -1), row.starts_at, row.id))
    others = [row for row in rows if row.state not in HERE]
    if len(others) <= AT_ONCE:
        return Board(here, others, len(others))
    total = Counter(row.starts_at.hour for row in others)
    coming = Counter(row.starts_at.hour for row in others if row.state == BOOKED)
    shown = next((one for one in sorted(total) if one >= hour), max(total))
    hours = {one: (total[one], coming[one]) for one in sorted(total)}
    asked = next((row for row in rows if row.id == at), None)
    return _page(here, [row for row in others if row.starts_at.hour == shown], hours, shown, asked)


def _page(
    here: list[Row[Any]],
    rows: list[Row[Any]],
    hours: Mapping[int, tuple[int, int]],
    hour: int,
    asked: Row[Any] | None,
) -> Board:
    """One page of an hour; `asked` may have left the list it stood in."""
    first = asked or next((row for row in rows if row.state == BOOKED), rows[0])
    passed = sum(_place(row) < _place(first) for row in rows)
    start = min(passed, len(rows) - 1) // MOST * MOST
    end = start + MOST
    return Board(
        here,
        rows[start:end],
        len(rows),
        hours,
        hour,
        start,
        before=rows[start - MOST].id if start else None,
        after=rows[end].id if end < len(rows) else None,
    )


def found(rows: list[Row[Any]], meant: Collection[int]) -> Board:
    """Those of the day that a person looked for."""
    these = [row for row in rows if row.id in meant]
    return Board([], these[:MOST], len(these))


def _place(row: Row[Any]) -> tuple[datetime, int]:
    return row.starts_at, row.id
