"""Many people at once: rows of a table in, points, low and high out.

Facts are not shared between categories, so the points of a category depend on a few cells only, and
people give the same answers again and again. Each column therefore remembers what it made of the
cells it has seen, as they stood in the file, and each category what it gave for which answers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from scoring.category import CategoryAt
from scoring.cells import read_cell
from scoring.compiled import PartAt
from scoring.estimate import age_on, eligibility, part_total
from scoring.facts import QUANTITIES, Fact, read_facts
from scoring.rules.base import UNBOUNDED, ZERO
from scoring.ruleset import Ruleset

REMEMBERED = 50_000
"""How much a column or a category keeps before it begins anew: memory stays flat."""

Cells = Sequence[Any]


class Amounts(NamedTuple):
    """Points by the default readings, at least and at most."""

    points: Decimal
    low: Decimal
    high: Decimal


class Tally(NamedTuple):
    """What a ruleset gives one person; parts (points, low, high) and categories in its order."""

    eligible: bool | None
    total: Amounts
    parts: Sequence[tuple[Decimal, Decimal, Decimal]]
    categories: Sequence[Amounts]


class Table:
    """Rows with the same columns, under one ruleset on one day.

    `columns` are fact ids; cells are text (see `read_cell`) or plain values, a set as a tuple.
    `catalogue`: the facts there are, by default those of the ruleset; what the ruleset does not
    know of is checked and counts nothing. Raises FactsError for a column that is no fact.

    >>> from scoring import load_ruleset
    >>> day = date(2026, 11, 23)
    >>> table = Table(load_ruleset("yongjia-2022"), ["education", "rented_years"], day)
    >>> float(table.tally(("bachelor", "3")).total.points)
    15.0
    >>> table.tally(("bachelor", "-3"))
    Traceback (most recent call last):
    scoring.errors.FactsError: rented_years: -3 is too small; write a whole number from 0 to 100
    """

    def __init__(
        self,
        ruleset: Ruleset,
        columns: Sequence[str],
        on: date,
        catalogue: Mapping[str, Fact] | None = None,
    ) -> None:
        catalogue = ruleset.catalogue if catalogue is None else catalogue
        read_facts(dict.fromkeys(columns), catalogue)
        rules = ruleset.at(on)
        self.categories = rules.categories
        self._totals = _totals(rules.parts)
        self._cells = [_reader(catalogue[fact], rules.categories, on) for fact in columns]
        places = {fact: place for place, fact in enumerate(columns)}
        self._permit = places.get("permit", len(columns))
        self._eligible = _Memory(lambda permit: eligibility({"permit": permit}))
        self._categories = [
            (_picker(category.facts, places), _Memory(_amounts_of(category)))
            for category in rules.categories
        ]

    def tally(self, cells: Cells) -> Tally:
        """Points of one row. Raises FactsError where a cell cannot be used."""
        answers = [memory[cell] for memory, cell in zip(self._cells, cells, strict=True)]
        answers.append(None)  # stands for every fact without a column
        found = [memory[pick(answers)] for pick, memory in self._categories]
        points, low, high = zip(*found, strict=True)
        parts = [(total(points), total(low), total(high)) for total in self._totals]
        total = Amounts(*[_not_below_0(amounts) for amounts in zip(*parts, strict=True)])
        return Tally(self._eligible[answers[self._permit]], total, parts, found)


def _not_below_0(amounts: tuple[Decimal, ...]) -> Decimal:
    amount = sum(amounts, ZERO)
    return amount if amount > ZERO else ZERO


class _Memory(dict[Any, Any]):
    """A dict that makes what it does not hold, and begins anew when it is full."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        made = self._make(key)
        if len(self) >= REMEMBERED:
            self.clear()
        self[key] = made
        return made


def _reader(fact: Fact, categories: Iterable[CategoryAt], on: date) -> _Memory:
    """From cells to answers as the categories take them: an age for a date of birth, and the
    plainest quantity among those that give the same."""
    category = next((one for one in categories if fact.id in one.facts), None)

    def read(cell: Any) -> Any:
        answer = read_facts({fact.id: read_cell(fact, cell)}, {fact.id: fact}).get(fact.id)
        if category is None or answer is None:
            return answer
        if fact.id in category.dates:
            return age_on(fact.id, answer, on)
        return category.simplest(fact.id, answer) if fact.type in QUANTITIES else answer

    return _Memory(read)


def _picker(facts: tuple[str, ...], places: Mapping[str, int]) -> Callable[[list[Any]], Any]:
    found = [places.get(fact, len(places)) for fact in facts]
    return itemgetter(*found) if found else lambda answers: ()


def _amounts_of(category: CategoryAt) -> Callable[[Any], Amounts]:
    alone = len(category.facts) == 1  # itemgetter gives one thing, not a tuple of one
    return lambda key: Amounts(*category.amounts((key,) if alone else key))


def _totals(parts: tuple[PartAt, ...]) -> list[Callable[[Sequence[Decimal]], Decimal]]:
    """For each part, what makes its total from the amounts of all categories."""
    made, first = [], 0
    for part in parts:
        end = first + len(part.categories)
        made.append(_total(part, slice(first, end)))
        first = end
    return made


def _total(part: PartAt, places: slice) -> Callable[[Sequence[Decimal]], Decimal]:
    cap = UNBOUNDED if part.cap is None else part.cap

    def total(amounts: Sequence[Decimal]) -> Decimal:
        amount = sum(amounts[places], ZERO)
        return amount if amount <= cap else cap

    return (lambda amounts: part_total(part, amounts[places])) if part.uncapped else total
