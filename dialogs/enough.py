"""Whether it is enough: what the last ones admitted had beside one's own range. No promise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from dialogs.region.admissions import Admission, admissions

FEW = 3
"""So many places are told one by one; of more, the fewest and the most points."""


class Enough(NamedTuple):
    """One purpose in the latest year the office told of, and one's own range.

    `when`: 去年, or the year. `entries`: by points, the fewest first.
    """

    purpose: str
    when: str
    entries: tuple[Admission, ...]
    low: Decimal
    high: Decimal

    @property
    def told(self) -> tuple[Admission, ...]:
        """The places that a short sentence names."""
        few = len(self.entries) <= FEW
        return self.entries if few else (self.entries[0], self.entries[-1])

    @property
    def is_over(self) -> bool:
        """Whether one's least is as much as every place asked."""
        return self.low >= self.entries[-1].last

    @property
    def is_under(self) -> bool:
        """Whether one's most is less than any place asked."""
        return self.high < self.entries[0].last


def enough(low: Decimal, high: Decimal, on: date) -> tuple[Enough, ...]:
    """One's own range beside the last points admitted, purpose by purpose; empty where the office
    published none."""
    local = admissions(on)
    purposes = dict.fromkeys(one.purpose for one in local.admissions)
    return tuple(_beside(local.last_admitted(one), low, high, on) for one in purposes)


def _beside(entries: tuple[Admission, ...], low: Decimal, high: Decimal, on: date) -> Enough:
    year, purpose = entries[0].year, entries[0].purpose
    when = "去年" if year == on.year - 1 else f"{year} 年"
    return Enough(purpose, when, tuple(sorted(entries, key=_points)), low, high)


def _points(entry: Admission) -> Decimal:
    return entry.last
