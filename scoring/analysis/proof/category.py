"""The proof of one category: all combinations of its breakpoints, as far as these are bounded."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import prod
from typing import Any, NamedTuple

from scoring.analysis.proof.as_written import AsWritten, CapSeen
from scoring.analysis.proof.axes import Axis, axis_of
from scoring.analysis.proof.grid import Failure, Grid
from scoring.analysis.proof.tiers import tiers
from scoring.engine.category_eval import CategoryAt
from scoring.rulefile.facts import Fact

MOST_TOGETHER = 20_000
"""Where all breakpoints come to more combinations, one answer stands for those that are alike."""
MOST_PIECES = 60_000
"""Where even these are more, facts are combined two by two."""

Axes = Sequence[Axis]


class Proved(NamedTuple):
    """What was run of a category. `way`: `all` breakpoints together; `pieces`: one answer for each
    piece on which no row changes, and every breakpoint by itself; `pairs`: the same for each pair
    of facts. `left_out`: breakpoints that would be too many."""

    category: str
    label: str
    way: str
    readings: int
    combinations: int
    left_out: int
    caps: tuple[CapSeen, ...]
    checked: Counter[str]


def prove_category(
    category: CategoryAt, written: AsWritten, catalogue: Mapping[str, Fact]
) -> tuple[Proved, tuple[Failure, ...]]:
    """One category of a day through the engine, at every combination of answers that matters: what
    was run, and the first failure of each claim that does not hold."""
    axes = [axis_of(category, catalogue[fact]) for fact in category.facts]
    way, grids = _grids(category, axes)
    checked, failures = _readings(category, written)
    combined = 0
    for chosen, explained in grids:
        grid = Grid(category, written, chosen)
        combined += grid.run()
        if explained:
            grid.explain()
        checked += grid.checked
        failures = grid.failures | failures
    _tiers(category, catalogue, checked, failures)
    left_out = sum(axis.left_out for axis in axes)
    proved = Proved(
        category.id,
        category.label,
        way,
        len(category.combos),
        combined,
        left_out,
        written.caps(),
        checked,
    )
    return proved, tuple(failures.values())


def _readings(category: CategoryAt, written: AsWritten) -> tuple[Counter[str], dict[str, Failure]]:
    """Every row and every reading is computed, the default first."""
    rows = [item.id for item in category.items]
    read = [dict(combo.readings) for combo in category.combos]
    every = read[0] == written.readings[0] and all(one in read for one in written.readings)
    if every and rows == written.rows:
        return Counter(readings=len(read)), {}
    nothing = dict.fromkeys(category.facts)
    found = category.amounts((None,) * len(category.facts))
    return Counter(readings=len(read)), {
        "readings": Failure("readings", nothing, found, written.amounts(nothing))
    }


def _tiers(
    category: CategoryAt,
    catalogue: Mapping[str, Fact],
    checked: Counter[str],
    failures: dict[str, Failure],
) -> None:
    nothing = dict.fromkeys(category.facts)
    for fact in category.facts:
        for tier in tiers(category, catalogue[fact]):
            checked["tiers"] += 1
            if tier.wrong and tier.wrong not in failures:
                told, beside = ({**nothing, fact: one} for one in (tier.answer, tier.beside))
                amounts = [category.amounts(tuple(one.values())) for one in (told, beside)]
                failures[tier.wrong] = Failure(tier.wrong, told, *amounts)


def _grids(category: CategoryAt, axes: Axes) -> tuple[str, list[tuple[Axes, bool]]]:
    """The combinations to run, and which of them are to be explained too."""
    if _size(axes) <= MOST_TOGETHER:
        return "all", [(axes, len(axes) == 1), *_lines(axes)]
    alike = [pieces(category, axis) for axis in axes]
    if _size(alike) <= MOST_PIECES:
        return "pieces", [(alike, False), *_lines(axes)]
    pairs = [(chosen, False) for chosen in _pairs(alike)]
    return "pairs", [*pairs, *_lines(axes)]


def _size(axes: Axes) -> int:
    return prod(len(axis.answers) for axis in axes)


def _lines(axes: Axes) -> Iterator[tuple[Axes, bool]]:
    """Every breakpoint of each fact by itself, the others unknown, at their least and most."""
    for n in range(len(axes) if len(axes) > 1 else 0):
        yield from ((line, True) for line in _among(axes, {n}))


def _pairs(axes: Axes) -> Iterator[Axes]:
    for pair in combinations(range(len(axes)), 2):
        yield from _among(axes, {*pair})


def _among(axes: Axes, free: set[int]) -> Iterator[Axes]:
    """Some facts run through, the others held at one answer."""
    for held in (_unknown, _least, _most):
        yield [axis if n in free else axis.fixed(held(axis)) for n, axis in enumerate(axes)]


def _unknown(axis: Axis) -> Any:
    return axis.open[0] if axis.open else axis.complete[0]


def _least(axis: Axis) -> Any:
    return axis.complete[0]


def _most(axis: Axis) -> Any:
    return axis.complete[-1]


def pieces(category: CategoryAt, axis: Axis) -> Axis:
    """One answer for all that are alike to every row: a category knows its rows' results alone."""
    rows = [row for row in category.items if axis.fact in row.facts]
    kept: dict[Any, Any] = {}
    for answer in axis.complete:
        own = [tuple(answer if fact == axis.fact else None for fact in row.facts) for row in rows]
        results = [(r.points(one), r.spans(one)) for r, one in zip(rows, own, strict=True)]
        kept.setdefault(tuple(results), answer)
    return axis.only(tuple(kept.values()))
