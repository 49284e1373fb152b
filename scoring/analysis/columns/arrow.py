"""Arrow in, Arrow out: what other engines carry over many machines."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import polars as pl

from scoring.analysis.batch import Cells, Table
from scoring.analysis.columns.numbers import as_text
from scoring.analysis.columns.table import ELIGIBLE, SOUND, Columns
from scoring.analysis.columns.tables import MEASURES
from scoring.engine.ruleset import Ruleset
from scoring.errors import FactsError

POINTS = pl.Decimal(38, 2)


def estimated(
    ruleset: Ruleset, people: Any, on: date, keep: Sequence[str], detail: bool
) -> pl.DataFrame:
    """As `scoring.estimate_arrow`."""
    frame = pl.DataFrame(people)
    facts = [name for name in frame.columns if name not in keep]
    table = Table(ruleset, facts, on)
    columns = _columns(ruleset, on)
    amounts = columns.amounts(frame)
    shown = columns.detail() if detail else {}
    points = [in_points(name).alias(as_) for name, as_ in (_TOTALS | shown).items()]
    told = amounts.select(pl.when(SOUND).then(one) for one in (pl.col(ELIGIBLE), *points))
    kept = frame.select(name for name in keep if name in frame.columns)
    wrong = frame.filter(~amounts[SOUND]).select(facts)
    refused = _refused(amounts[SOUND], refusals([table], text_rows(wrong)))
    return pl.concat([kept, told, refused], how="horizontal")


_TOTALS = {measure: measure for measure in MEASURES}


@lru_cache(maxsize=16)
def _columns(ruleset: Ruleset, on: date) -> Columns:
    return Columns(ruleset, on)


def in_points(name: str) -> pl.Expr:
    """A column of hundredths as points, exactly."""
    return (pl.col(name).cast(pl.Decimal(38, 0)) * pl.lit(Decimal("0.01"))).cast(POINTS)


def refusals(tables: Sequence[Table], rows: Iterable[Cells]) -> Iterator[FactsError]:
    """What is wrong with each of these rows: what the first of the tables says that refuses it."""
    for cells in rows:
        yield _refusal(tables, cells)


def _refusal(tables: Sequence[Table], cells: Cells) -> FactsError:
    try:
        for table in tables:
            table.check(cells)
    except FactsError as error:
        return error
    raise AssertionError(f"columns refused what a table takes: {cells}")


def text_rows(people: pl.DataFrame) -> Sequence[Cells]:
    """The cells of everybody as a table would show them."""
    return people.select(as_text(people[name]) for name in people.columns).rows()


def _refused(sound: pl.Series, errors: Iterable[FactsError]) -> pl.DataFrame:
    """Fact and reason of every row, null where it is sound."""
    wrong = [(error.fact, error.message) for error in errors]
    found = pl.DataFrame(wrong, schema={"fact": pl.String, "reason": pl.String}, orient="row")
    place = pl.when(~sound).then((~sound).cast(pl.UInt32).cum_sum() - 1)
    return (
        sound.to_frame()
        .select(place.alias("place"))
        .select(pl.lit(found[name]).gather(pl.col("place")).alias(name) for name in found.columns)
    )
