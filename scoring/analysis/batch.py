"""Many people at once: rows of a table in, points, low and high out.

Facts are not shared between categories, so the points of a category depend on a few cells only, and
people give the same answers again and again. Each column therefore remembers what it made of the
cells it has seen, as they stood in the file, and each category what it gave for which answers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from scoring.ages import OF_AGE
from scoring.analysis.cells import read_cell
from scoring.engine.category_eval import CategoryAt
from scoring.engine.compile import PartAt
from scoring.engine.estimate import answers_of, eligibility, part_total
from scoring.engine.results import limited
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import QUANTITIES, Fact, Facts, read_facts
from scoring.rulefile.kinds.base import ZERO

REMEMBERED = 50_000
"""How much a column or a category keeps before it begins anew: memory stays flat."""

Cells = Sequence[Any]


class Tally(NamedTuple):
    """What a ruleset gives to some people: columns, as long as there are people. `points`, `low`
    and `high` in total; the points of each part and of each category, in the ruleset's order."""

    eligible: Sequence[bool | None]
    points: Sequence[Decimal]
    low: Sequence[Decimal]
    high: Sequence[Decimal]
    parts: Sequence[Sequence[Decimal]]
    categories: Sequence[Sequence[Decimal]]


class Table:
    """Rows with the same columns, under one ruleset on one day.

    `columns` are fact ids; cells are text (see `read_cell`) or plain values, a set as a tuple.
    `catalogue`: the facts there are, by default those of the ruleset; what the ruleset does not
    know of is checked and counts nothing. Raises FactsError for a column that is no fact.

    >>> from scoring import load_ruleset
    >>> day = date(2026, 11, 23)
    >>> table = Table(load_ruleset("yongjia-2022"), ["education", "rented_years"], day)
    >>> [float(points) for points in table.tally([("bachelor", "3"), ("bachelor", "")]).points]
    [15.0, 10.0]
    >>> table.check(("bachelor", "-3"))
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
        self._parts = rules.parts
        self._cells = [_reader(catalogue[fact], rules.categories) for fact in columns]
        place = {fact: place for place, fact in enumerate(columns)}
        unasked = len(columns)  # the place of every fact without a column
        self._permit = place.get("permit", unasked)
        self._eligible = _Memory(lambda permit: eligibility({"permit": permit}))
        self._categories = [
            ([place.get(fact, unasked) for fact in _told(category)], _amounts(category, on))
            for category in rules.categories
        ]

    def check(self, cells: Cells) -> None:
        """Raises FactsError for the first cell of a row that cannot be used."""
        self.tally([cells])

    def tally(self, rows: Sequence[Cells]) -> Tally:
        """Points of all rows at once, column by column. Raises FactsError where any cell cannot be
        used: `check` tells in which row."""
        columns = zip(*rows, strict=True) if rows else [()] * len(self._cells)
        answers = [
            _looked_up(memory, column) for memory, column in zip(self._cells, columns, strict=True)
        ]
        answers.append([None] * len(rows))
        found = [self._amounts(answers, *category) for category in self._categories]
        points, low, high = ([amounts[measure] for amounts in found] for measure in range(3))
        parts = [_totals(self._parts, measure) for measure in (points, low, high)]
        return Tally(
            eligible=_looked_up(self._eligible, answers[self._permit]),
            points=_in_total(parts[0]),
            low=_in_total(parts[1]),
            high=_in_total(parts[2]),
            parts=parts[0],
            categories=points,
        )

    def _amounts(
        self, answers: list[list[Any]], places: list[int], memory: "_Memory"
    ) -> list[Sequence[Decimal]]:
        """Points, low and high of one category: three columns."""
        people = len(answers[-1])
        keys = zip(*(answers[place] for place in places), strict=True) if places else [()] * people
        return list(zip(*_looked_up(memory, keys), strict=True)) or [(), (), ()]


def _looked_up(memory: "_Memory", keys: Iterable[Any]) -> list[Any]:
    return list(map(memory.__getitem__, keys))


def _totals(parts: tuple[PartAt, ...], amounts: list[Sequence[Decimal]]) -> list[list[Decimal]]:
    """The column of each part from the columns of all categories."""
    made, first = [], 0
    for part in parts:
        end = first + len(part.categories)
        made.append(_total(part, zip(*amounts[first:end], strict=True)))
        first = end
    return made


def _total(part: PartAt, rows: Iterable[tuple[Decimal, ...]]) -> list[Decimal]:
    if part.uncapped:
        return [part_total(part, row) for row in rows]
    return [limited(sum(row, ZERO), part.cap) for row in rows]


def _in_total(parts: list[list[Decimal]]) -> list[Decimal]:
    return [max(ZERO, sum(row, ZERO)) for row in zip(*parts, strict=True)]


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


def _told(category: CategoryAt) -> tuple[str, ...]:
    """The facts that a category looks at, with those that may stand for a date of birth."""
    return tuple(dict.fromkeys((*category.facts, *OF_AGE))) if category.dates else category.facts


def _amounts(category: CategoryAt, on: date) -> _Memory:
    """From answers to the points, low and high of a category."""
    amounts = _Memory(category.amounts)
    if not category.dates and not any(one is not None for one in category.presumed):
        return amounts
    facts = _told(category)

    def completed(answers: tuple[Any, ...]) -> Any:
        known = {fact: a for fact, a in zip(facts, answers, strict=True) if a is not None}
        return amounts[answers_of(category, Facts(known), on)]

    return _Memory(completed)


def _reader(fact: Fact, categories: Iterable[CategoryAt]) -> _Memory:
    """From cells to answers as the categories take them: the plainest quantity among those that
    give the same."""
    category = next((one for one in categories if fact.id in one.facts), None)

    def read(cell: Any) -> Any:
        answer = read_facts({fact.id: read_cell(fact, cell)}, {fact.id: fact}).get(fact.id)
        if category is None or answer is None:
            return answer
        return category.simplest(fact.id, answer) if fact.type in QUANTITIES else answer

    return _Memory(read)
