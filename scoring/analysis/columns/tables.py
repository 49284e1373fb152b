"""Points, low and high of a category as expressions over the numbers of its answers.

Every amount is asked of the engine, for each combination of kinds of answers: of the category where
these are few; else of each row, and the rows come together as the category says. Where even a row
has too many, and in a category with many choices, the combinations that occur are looked up.
Amounts are whole hundredths of a point.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any, NamedTuple

import polars as pl

from scoring.analysis.columns.axes import LARGEST_TABLE, Axis
from scoring.engine.category_eval import CategoryAt, Combo
from scoring.engine.row_eval import ItemAt

MEASURES = ("points", "low", "high")
UNLIMITED = 10**17
"""Hundredths that stand for no limit: sums of a hundred of them still fit into 64 bits."""
LARGEST_AMOUNT = 10**15
REMEMBERED = 100_000

Amounts = tuple[int, ...]


class NotExactError(ValueError):
    """An amount that whole hundredths of a point cannot say."""


def hundredths(amount: Decimal) -> int:
    """Points as whole hundredths. Raises NotExactError where they are none, or too many.

    >>> hundredths(Decimal("30.25")), hundredths(Decimal("Infinity")) == UNLIMITED
    (3025, True)
    """
    if amount.is_infinite():
        return UNLIMITED
    scaled = amount * 100
    if scaled != int(scaled) or abs(scaled) > LARGEST_AMOUNT:
        raise NotExactError(f"{amount} points are not whole hundredths below 10**13 points")
    return int(scaled)


class Lookup:
    """From the numbers of some answers to amounts. `names`: of the columns of amounts, in the
    order in which `ask` gives these for some answers."""

    def __init__(
        self,
        keys: Sequence[str],
        axes: Sequence[Axis],
        names: Sequence[str],
        ask: Callable[[tuple[Any, ...]], Amounts],
    ) -> None:
        self._keys, self._axes, self._ask = keys, axes, ask
        self.names = tuple(names)
        self._known: dict[tuple[int, ...], Amounts] = {}
        self._tables = self._columns() if few(axes) else None

    def _columns(self) -> dict[str, pl.Series]:
        """All amounts. Equal columns stand under one name: points are most often the low."""
        sizes = [range(len(axis.answers or ())) for axis in self._axes]
        found = [self._amounts(numbers) for numbers in product(*sizes)]
        first: dict[Amounts, str] = {}
        columns = zip(*found, strict=True)
        pairs = zip(self.names, columns, strict=True)
        self.names = tuple(first.setdefault(column, name) for name, column in pairs)
        return {name: pl.Series(column, dtype=pl.Int64) for column, name in first.items()}

    def _amounts(self, numbers: tuple[int, ...]) -> Amounts:
        pairs = zip(self._axes, numbers, strict=True)
        return self._ask(tuple(axis.answer(number) for axis, number in pairs))

    def expressions(self) -> dict[str, pl.Expr]:
        """The amounts by name, where all are known beforehand."""
        if self._tables is None:
            return {}
        place = self._place()
        tables = self._tables.items()
        if place is None:
            return {name: pl.lit(table[0], dtype=pl.Int64) for name, table in tables}
        return {name: pl.lit(table).gather(place) for name, table in tables}

    def _place(self) -> pl.Expr | None:
        """Where the amounts of a person stand in the tables."""
        place = None
        for key, axis in zip(self._keys, self._axes, strict=True):
            size = len(axis.answers or ())
            place = pl.col(key) if place is None else place * size + pl.col(key)
        return place

    def found(self, numbers: pl.DataFrame) -> pl.DataFrame | None:
        """The amounts of those combinations that occur; None where they are expressions."""
        if self._tables is not None:
            return None
        own = numbers.select(self._keys)
        told = own.unique().drop_nulls()
        known = self._known if len(self._known) + told.height <= REMEMBERED else {}
        self._known = known  # others may still read the earlier one
        for row in told.iter_rows():
            if row not in known:
                known[row] = self._amounts(row)
        amounts = [known[row] for row in told.iter_rows()]
        columns = list(zip(*amounts, strict=True)) or [()] * len(self.names)
        tables = told.with_columns(
            pl.Series(name, column, dtype=pl.Int64)
            for name, column in zip(self.names, columns, strict=True)
        )
        return own.join(tables, on=self._keys, how="left", maintain_order="left").select(self.names)


def few(axes: Iterable[Axis]) -> bool:
    """Whether all combinations of answers can be computed beforehand."""
    sizes = [0 if axis.answers is None else len(axis.answers) for axis in axes]
    return 0 not in sizes and prod(sizes) <= LARGEST_TABLE


class CategoryColumns(NamedTuple):
    """A category: what is looked up, and its points, low and high from that."""

    lookups: tuple[Lookup, ...]
    amounts: tuple[pl.Expr, pl.Expr, pl.Expr]


def columns_of(category: CategoryAt, axes: Sequence[Axis]) -> CategoryColumns:
    """The columns of a category; the numbers of its answers stand in `key(category, fact)`.

    Raises NotExactError.
    """
    if few(axes) or category.choices:
        return _whole(category, axes)
    return _by_rows(category, axes)


def key(category: str, fact: str) -> str:
    """The column with the numbers of a fact's answers, as a category tells them apart."""
    return f"{category} {fact}"


def _whole(category: CategoryAt, axes: Sequence[Axis]) -> CategoryColumns:
    names = [f"{category.id} {measure}" for measure in MEASURES]
    keys = [key(category.id, fact) for fact in category.facts]

    def ask(answers: tuple[Any, ...]) -> Amounts:
        return tuple(map(hundredths, category.amounts(answers)))

    lookup = Lookup(keys, axes, names, ask)
    points, low, high = map(pl.col, lookup.names)
    return CategoryColumns((lookup,), (points, low, high))


def _by_rows(category: CategoryAt, axes: Sequence[Axis]) -> CategoryColumns:
    """Without open choices the bounds of a category are those of its rows, put together."""
    pairs = zip(category.items, category.places, strict=True)
    lookups = tuple(
        _row(category, item, [axes[place] for place in places]) for item, places in pairs
    )

    def together(combo: Combo, measure: str, n: int) -> pl.Expr:
        return _total(
            combo,
            [
                pl.col(lookup.names[_column(item, measure, n)])
                for lookup, item in zip(lookups, category.items, strict=True)
            ],
        )

    combos = list(enumerate(category.combos))
    low = pl.min_horizontal([together(combo, "low", n) for n, combo in combos])
    high = pl.max_horizontal([together(combo, "high", n) for n, combo in combos])
    points = pl.max_horizontal(together(category.combos[0], "points", 0), low)
    return CategoryColumns(lookups, (points, low, bounded(high)))


def _column(item: ItemAt, measure: str, n: int) -> int:
    """Where a row's lookup has a measure under a combination of readings: points under the default
    come first, then low and high of each form of the row."""
    return 0 if measure == "points" else 1 + 2 * item.which[n] + (measure == "high")


def _row(category: CategoryAt, item: ItemAt, axes: Sequence[Axis]) -> Lookup:
    forms = [item.which.index(form) for form in range(len(item.terms))]
    names = [f"{category.id} {item.id} points"]
    names += [f"{category.id} {item.id} {measure} {n}" for n in forms for measure in MEASURES[1:]]

    def ask(answers: tuple[Any, ...]) -> Amounts:
        spans = item.spans(answers)
        amounts = [item.points(answers)[0], *(one for form in forms for one in spans[form])]
        return tuple(map(hundredths, amounts))

    return Lookup([key(category.id, fact) for fact in item.facts], axes, names, ask)


def _total(combo: Combo, rows: Sequence[pl.Expr]) -> pl.Expr:
    """As `Combo.total`: what the rows come to under one combination of readings."""
    total = pl.max_horizontal(rows) if combo.highest else summed(rows)
    if not combo.highest:
        for places, cap in combo.joints:
            above = summed([rows[place] for place in places]) - hundredths(cap)
            total = total - above.clip(lower_bound=0)
    return total if combo.cap is None else limited(total, combo.cap)


def summed(amounts: Sequence[pl.Expr]) -> pl.Expr:
    return sum(amounts[1:], amounts[0]) if amounts else pl.lit(0, dtype=pl.Int64)


def limited(amount: pl.Expr, cap: Decimal | None) -> pl.Expr:
    """As `results.limited`."""
    return amount if cap is None else amount.clip(upper_bound=hundredths(cap))


def bounded(amount: pl.Expr) -> pl.Expr:
    """What has no limit, whatever was added to it or taken off."""
    return pl.when(amount >= UNLIMITED // 2).then(UNLIMITED).otherwise(amount)
