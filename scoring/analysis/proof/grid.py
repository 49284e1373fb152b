"""One category through the engine at every combination of answers, and what must hold of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count, product
from typing import Any, NamedTuple

from scoring.analysis.proof.as_written import AsWritten
from scoring.analysis.proof.axes import Axis
from scoring.analysis.proof.explained import fits
from scoring.engine.category_eval import CategoryAt
from scoring.engine.row_eval import Answers

Amounts = tuple[Decimal, Decimal, Decimal]
"""Points, low and high."""
Place = tuple[int, ...]


class Failure(NamedTuple):
    """Answers of which a claim does not hold: what the engine gives, and what would be right."""

    claim: str
    facts: dict[str, Any]
    found: Amounts
    right: Amounts


class Grid:
    """The engine's results at every combination of the axes. `checked`: how often each claim was
    looked at, in `run`."""

    def __init__(self, category: CategoryAt, written: AsWritten, axes: Sequence[Axis]) -> None:
        self._category, self._written, self._axes = category, written, axes
        self.checked: Counter[str] = Counter()
        self.failures: dict[str, Failure] = {}
        self._found: dict[Place, Amounts] = {}

    def run(self) -> int:
        """Compute all, check all, and say how many; the first failure of each claim is kept."""
        for place in product(*(range(len(axis.answers)) for axis in self._axes)):
            self._found[place] = self._category.amounts(self._answers(place))
        for place, found in self._found.items():
            self._range(place, found)
            self._as_written(place, found)
            self._completions(place, found)
            self._monotone(place, found)
        return len(self._found)

    def explain(self) -> None:
        """The explained result of each combination: the same amounts, and arithmetic that fits."""
        for place, found in self._found.items():
            result = self._category.outcome(self._answers(place)).result
            amounts = result.points, result.low, result.high
            self._check("explained", amounts == found and fits(result), place, found, amounts)
            self._alike(place, found)

    def _alike(self, place: Place, found: Amounts) -> None:
        """A table of people computes quantities alike once: those must give the same."""
        simple = [
            self._category.simplest(axis.fact, answer) if type(answer) is int else answer
            for axis, answer in zip(self._axes, self._answers(place), strict=True)
        ]
        amounts = self._category.amounts(tuple(simple))
        self._check("alike", amounts == found, place, found, amounts)

    def _answers(self, place: Place) -> Answers:
        return tuple([axis.answers[at] for axis, at in zip(self._axes, place, strict=True)])

    def _told(self, place: Place) -> dict[str, Any]:
        answers = self._answers(place)
        return {axis.fact: answer for axis, answer in zip(self._axes, answers, strict=True)}

    def _check(
        self, claim: str, holds: bool, place: Place, right: Amounts, found: Amounts | None = None
    ) -> None:
        self.checked[claim] += 1
        if not holds and claim not in self.failures:
            given = found or self._found[place]
            self.failures[claim] = Failure(claim, self._told(place), given, right)

    def _range(self, place: Place, found: Amounts) -> None:
        points, low, high = found
        right = (min(max(points, low), high), low, high)
        self._check("range", low <= points <= high, place, right)

    def _as_written(self, place: Place, found: Amounts) -> None:
        """Complete answers give what the file says; of others the points."""
        right = self._written.amounts(self._told(place))
        if any(at >= len(axis.complete) for _, axis, at in self._at(place)):
            right = max(right[0], found[1]), *found[1:]
        self._check("as_written", found == right, place, right)

    def _completions(self, place: Place, found: Amounts) -> None:
        """Low and high are the least and the most of what an open answer may become."""
        for n, axis, at in self._at(place):
            if ends := [self._found[_moved(place, n, end)] for end in axis.becomes[at]]:
                low, high = min(one[1] for one in ends), max(one[2] for one in ends)
                if not found[2].is_finite() and self._unlimited(place, n):
                    high = found[2]
                holds = found[1:] == (low, high)
                points = found[0] if holds else self._written.amounts(self._told(place))[0]
                self._check("completions", holds, place, (max(points, low), low, high))
                self.checked["narrowing"] += len(ends)

    def _unlimited(self, place: Place, n: int) -> bool:
        """Whether the most still grows at the largest answer that is tried."""
        last = len(self._axes[n].complete) - 1
        ends = [self._found[_moved(place, n, end)][2] for end in (last - 1, last)]
        return ends[0] < ends[1]

    def _monotone(self, place: Place, found: Amounts) -> None:
        """A larger answer gives no less, an older person no more; in points, low and high."""
        for n, axis, at in self._at(place):
            for less in axis.less[at]:
                below = self._found[_moved(place, n, less)]
                points, low, high = map(max, zip(found, below, strict=True))
                right = points, low, high
                self._check("monotone", found == right, place, right)

    def _at(self, place: Place) -> Iterator[tuple[int, Axis, int]]:
        return zip(count(), self._axes, place)


def _moved(place: Place, n: int, to: int) -> Place:
    return (*place[:n], to, *place[n + 1 :])
