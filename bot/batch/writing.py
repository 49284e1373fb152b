"""The rows of a result as text: CSV as a spreadsheet reads it, or JSON lines."""

import csv
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from io import StringIO

from bot.batch.rows import ID
from scoring import Ruleset

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ELIGIBLE = {True: "true", False: "false", None: ""}
DETERMINATION = "determination"


def output_names(ruleset: Ruleset, *, categories: bool, compared: bool, ids: bool) -> list[str]:
    """The columns of the result."""
    parts = [part.id for part in ruleset.parts]
    if categories:
        parts += [f"{part.id}.{one.id}" for part in ruleset.parts for one in part.categories]
    before = ["before_points", "before_low", "before_high", "gain"] if compared else []
    return [
        ID,
        "eligible",
        "points",
        "low",
        "high",
        *parts,
        *before,
        *([DETERMINATION] if ids else []),
    ]


def csv_text(
    ids: Iterable[str],
    eligible: Iterable[bool | None],
    points: Iterable[Iterable[Decimal]],
    others: Iterable[Iterable[str]] = (),
) -> str:
    """Rows of CSV; `points` and `others` by column."""
    out = StringIO()
    numbers = (map(number_text, column) for column in points)
    told = map(ELIGIBLE.__getitem__, eligible)
    csv.writer(out).writerows(zip(map(safe, ids), told, *numbers, *others, strict=True))
    return out.getvalue()


def json_text(
    names: Sequence[str],
    ids: Iterable[str],
    eligible: Iterable[bool | None],
    points: Iterable[Iterable[Decimal]],
    others: Iterable[Iterable[str]] = (),
) -> str:
    """JSON lines; `points` and `others` by column, in the order of `names`."""
    numbers = (map(_number, column) for column in points)
    rows = zip(ids, eligible, *numbers, *others, strict=True)
    lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in lines)


@lru_cache(10_000)
def number_text(value: Decimal) -> str:
    """Points in a cell; nothing where they have no limit."""
    return f"{value.normalize():f}" if value.is_finite() else ""


@lru_cache(10_000)
def _number(value: Decimal) -> int | float | None:
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def safe(cell: str) -> str:
    """Text that a spreadsheet shows as it stands instead of running it as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
