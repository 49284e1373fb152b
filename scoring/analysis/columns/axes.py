"""The answers that a category tells apart, numbered: what a column of cells is turned into."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from scoring.ages import AGE, Ages
from scoring.engine.category_eval import CategoryAt
from scoring.rulefile.facts import FACTS, LARGEST, QUANTITIES, Fact

LARGEST_TABLE = 2048
"""So many kinds of answers are computed beforehand; where there are more, those that occur."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The kinds of answers to a fact. `answers`: one of each kind, numbered by its place; None
    where there are too many, then a quantity is its own number. `unknown`: the number where nothing
    was told. `starts`: of a quantity, the least answer of each kind."""

    answers: Sequence[Any] | None
    unknown: int
    starts: tuple[int, ...] = ()

    def number(self, answer: Any) -> int:
        """The number of an answer's kind."""
        if answer is None or self.answers == (None,):
            return self.unknown
        if self.answers is None:
            return int(answer)
        if self.starts:
            return bisect_right(self.starts, answer) - 1
        return int(self.answers.index(answer))

    def kind(self, quantity: pl.Expr) -> pl.Expr:
        """The numbers of a column of quantities."""
        if self.answers is None:
            return quantity
        if not self.starts:
            return quantity * 0  # all of one kind
        step = self.starts[1] - self.starts[0] if len(self.starts) > 1 else 1
        last = len(self.starts) - 1
        if self.starts == tuple(range(self.starts[0], self.starts[-1] + 1, step)):
            return ((quantity - self.starts[0]) // step).clip(upper_bound=last)
        starts = pl.Series(self.starts, dtype=pl.Int64)
        return pl.lit(starts).search_sorted(quantity, side="right").cast(pl.Int64) - 1

    def answer(self, number: int) -> Any:
        """An answer of this kind."""
        if self.answers is None:
            return None if number == self.unknown else number
        return self.answers[number]


NOT_COUNTED = Axis((None,), 0)
"""A fact that changes no points: every answer is of one kind."""
TOO_MANY_UNKNOWN = -(2**31)


def axis_of(fact: Fact, category: CategoryAt, on: date) -> Axis:
    """The kinds of answers to a fact that a category tells apart on a day."""
    presumed = category.presumed[category.facts.index(fact.id)]
    if fact.type in QUANTITIES:
        return _quantities(fact, category, presumed)
    if fact.type == "set":
        subsets = Subsets(choice.id for choice in fact.choices)
        return Axis(subsets, subsets.index(presumed))
    kinds = (*_KINDS[fact.type](fact, on), None)
    return Axis(kinds, kinds.index(presumed))


def _quantities(fact: Fact, category: CategoryAt, presumed: Any) -> Axis:
    starts = _starts(fact, category)
    if starts is None:
        return Axis(None, TOO_MANY_UNKNOWN if presumed is None else presumed)
    axis = Axis((*starts, None), len(starts), starts)
    return axis if presumed is None else Axis(axis.answers, axis.number(presumed), starts)


def _starts(fact: Fact, category: CategoryAt) -> tuple[int, ...] | None:
    """The least quantity of each kind, ascending; None where there are too many."""
    least = fact.minimum if isinstance(fact.minimum, int) else 0
    most = fact.maximum if isinstance(fact.maximum, int) else LARGEST
    starts = [least]
    while (following := _following(starts, most, fact.id, category)) is not None:
        starts.append(following)
        if len(starts) > LARGEST_TABLE:
            return None
    return tuple(starts)


def _following(starts: list[int], most: int, fact: str, category: CategoryAt) -> int | None:
    """The least quantity that gives something else than the last start; None where none does. Rows
    that count full units have even steps, so the last step is tried first."""
    last = starts[-1]
    same = category.simplest(fact, last)
    if category.simplest(fact, most) == same:
        return None
    step = last - starts[-2] if len(starts) > 1 else 1
    if last + step <= most and category.simplest(fact, last + step - 1) == same:
        if category.simplest(fact, last + step) != same:
            return last + step
        last += step
    while most - last > 1:
        middle = (last + most) // 2
        if category.simplest(fact, middle) == same:
            last = middle
        else:
            most = middle
    return most


def _yesno(fact: Fact, on: date) -> Iterator[bool]:
    yield from (False, True)


def _choices(fact: Fact, on: date) -> Iterator[str]:
    yield from (choice.id for choice in fact.choices)


class Subsets(Sequence[frozenset[str] | None]):
    """All sets of some members, then None for an unknown one. A set stands at the sum of its
    members' bits, and is made when asked for: of twenty members there are a million."""

    def __init__(self, members: Iterable[str]) -> None:
        self._bits = {member: 1 << place for place, member in enumerate(members)}

    def __len__(self) -> int:
        return (1 << len(self._bits)) + 1

    def __getitem__(self, number: Any) -> Any:
        if number == len(self) - 1:
            return None
        return frozenset(member for member, bit in self._bits.items() if number & bit)

    def index(self, some: Any, *_: int) -> int:
        return len(self) - 1 if some is None else sum(self._bits[one] for one in some)


def _ages(fact: Fact, on: date) -> Iterator[int | Ages]:
    """Every age there can be: by a date of birth, or grown since the oldest age was told."""
    first = fact.minimum if isinstance(fact.minimum, date) else date.min
    oldest = on.year - first.year + int(str(FACTS[AGE].maximum))
    yield from range(oldest + 1)
    yield from (Ages(age, age + 1) for age in range(oldest))


_KINDS = {"yesno": _yesno, "choice": _choices, "date": _ages, "age": _ages}
