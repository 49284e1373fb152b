"""Many people as columns: one function for other engines. Needs the extra `columns` (Polars)."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from scoring.engine.ruleset import Ruleset

if TYPE_CHECKING:
    import polars


def estimate_arrow(
    ruleset: Ruleset,
    people: Any,
    *,
    on: date,
    keep: Sequence[str] = ("id",),
    detail: bool = False,
) -> "polars.DataFrame":
    """The points of everybody in an Arrow record batch, as an Arrow record batch of as many rows.

    `people`: anything that speaks Arrow's C interface, a column for each fact; cells as in a table
    (null: not known). The result speaks it too: the columns `keep`, `eligible`, `points`, `low`,
    `high` (decimals with two places; null: no limit), with `detail` each part `PART` and category
    `PART.CATEGORY`, and `fact` and `reason`, which say what is wrong where a row cannot be used:
    then nothing else of it is known.

    Raises FactsError for a column that is neither a fact nor kept, ImportError without Polars,
    ValueError where the rules have points that are not whole hundredths.
    """
    from scoring.analysis.columns.arrow import estimated

    return estimated(ruleset, people, on, keep, detail)
