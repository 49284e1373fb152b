"""How the points of many people are spread, and who gains and who loses from a reform.

Grows with the number of different results, not with the number of people, and two summaries can be
added: each process keeps its own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import eq, sub
from typing import Any, NamedTuple

from scoring.analysis.batch import Tally
from scoring.engine.results import plain

WIDTHS = (10, 20, 50, 100, 1000, 10_000)
"""Possible widths of a band, in points: the first that needs at most so many bands."""
BANDS = 20


class Spread(NamedTuple):
    """Mean, least and most, and what a quarter, half and three quarters do not exceed."""

    mean: Decimal
    least: Decimal
    lower_quarter: Decimal
    middle: Decimal
    upper_quarter: Decimal
    most: Decimal


class Band(NamedTuple):
    """People with at least `start` and less than `end` points. Where a reform is looked at, the
    points are those before it, and it says how many of them gain and lose, and how much on the
    whole."""

    start: int
    end: int
    people: int
    gaining: int
    losing: int
    mean_gain: Decimal


def spread(counted: Counter[Decimal]) -> Spread | None:
    """The spread of counted points; None of nobody.

    >>> spread(Counter({Decimal(10): 3, Decimal(50): 1}))
    Spread(mean=Decimal('20.00'), least=Decimal('10'), lower_quarter=Decimal('10'), middle=\
Decimal('10'), upper_quarter=Decimal('10'), most=Decimal('50'))
    """
    people = counted.total()
    if not people:
        return None
    mean = sum((points * number for points, number in counted.items()), Decimal(0)) / people
    ranks = [max(1, -(-people * quarter // 4)) for quarter in range(5)]
    found: list[Decimal] = []
    passed = 0
    for points in sorted(counted):
        passed += counted[points]
        while len(found) < len(ranks) and passed >= ranks[len(found)]:
            found.append(points)
    return Spread(mean.quantize(Decimal("0.01")), *found)


@dataclass
class Summary:
    """Counts of people: by points, by (points before, gain), by eligibility; `certain` are those
    whose low and high are the same; `categories` the sum of points by category.

    >>> from datetime import date
    >>> from scoring import Table, load_ruleset
    >>> table = Table(load_ruleset("yongjia-2022"), ["education"], date(2026, 11, 23))
    >>> summary = Summary()
    >>> summary.add(table.tally([("bachelor",), ("master",), ("high_school",)]))
    >>> summary.people, [(band.start, band.people) for band in summary.bands()]
    (3, [(0, 1), (10, 2)])
    """

    points: Counter[Decimal] = field(default_factory=Counter)
    reform: Counter[tuple[Decimal, Decimal]] = field(default_factory=Counter)
    eligible: Counter[bool | None] = field(default_factory=Counter)
    certain: int = 0
    categories: list[Decimal] = field(default_factory=list)

    def add(self, after: Tally, before: Tally | None = None) -> None:
        """Count the people of a table; `before`: the same people under the earlier ruleset."""
        counted = Summary(
            points=Counter(after.points),
            eligible=Counter(after.eligible),
            certain=sum(map(eq, after.low, after.high)),
            categories=[sum(amounts, Decimal(0)) for amounts in after.categories],
        )
        if before is not None:
            gains = map(sub, after.points, before.points)
            counted.reform = Counter(zip(before.points, gains, strict=True))
        self.merge(counted)

    def merge(self, other: "Summary") -> None:
        """Add the people of another summary."""
        self.points.update(other.points)
        self.reform.update(other.reform)
        self.eligible.update(other.eligible)
        self.certain += other.certain
        mine = self.categories or [Decimal(0)] * len(other.categories)
        theirs = other.categories or [Decimal(0)] * len(mine)
        self.categories = [a + b for a, b in zip(mine, theirs, strict=True)]

    @property
    def people(self) -> int:
        """How many were counted."""
        return self.points.total()

    def gains(self) -> Counter[Decimal]:
        """People by points won; negative where they are lost."""
        found = Counter[Decimal]()
        for (_, gain), people in self.reform.items():
            found[gain] += people
        return found

    def bands(self) -> tuple[Band, ...]:
        """People by bands of points: those before the reform where one is looked at."""
        counted = self.reform or {(points, Decimal(0)): n for points, n in self.points.items()}
        most = max((points for points, _ in counted), default=Decimal(0))
        width = next((w for w in WIDTHS if most / w < BANDS), WIDTHS[-1])
        found: dict[int, list[tuple[Decimal, int]]] = {}
        for (points, gain), people in counted.items():
            found.setdefault(int(points // width) * width, []).append((gain, people))
        return tuple(_band(start, width, found[start]) for start in sorted(found))

    def as_json(self, category_ids: Sequence[str]) -> dict[str, Any]:
        """Plain values, numbers as numbers, for JSON; `category_ids` in the ruleset's order."""
        people = max(self.people, 1)
        means = {
            id: plain((total / people).quantize(Decimal("0.01")))
            for id, total in zip(category_ids, self.categories, strict=False)
        }
        return {
            "people": self.people,
            "eligible": {str(a).lower(): self.eligible[a] for a in (True, False, None)},
            "certain": self.certain,
            "points": plain(spread(self.points)),
            "bands": plain(self.bands()),
            "category_means": means,
            "reform": self._reform_as_json(),
        }

    def _reform_as_json(self) -> dict[str, Any] | None:
        gains = self.gains()
        if not gains:
            return None
        return {
            "gaining": sum(people for gain, people in gains.items() if gain > 0),
            "losing": sum(people for gain, people in gains.items() if gain < 0),
            "same": gains[Decimal(0)],
            "gain": plain(spread(gains)),
        }


def _band(start: int, width: int, counted: list[tuple[Decimal, int]]) -> Band:
    people = sum(number for _, number in counted)
    return Band(
        start=start,
        end=start + width,
        people=people,
        gaining=sum(number for gain, number in counted if gain > 0),
        losing=sum(number for gain, number in counted if gain < 0),
        mean_gain=(sum((g * n for g, n in counted), Decimal(0)) / people).quantize(Decimal("0.01")),
    )
