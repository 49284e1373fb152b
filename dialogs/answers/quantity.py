"""A number found in an answer, and the values to offer when it is not certain."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dialogs.answers.lexicon import any_of, maximum
from dialogs.answers.outcome import Kind, Why

MOST_OFFERED = 4


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at text[start:end].

    `value` is in the unit of the kind; None when the numerals state no single number or the unit
    is of another kind, which is then the `fault`. `bare` when no unit was written; `either` the
    two values of 三四次.
    """

    start: int
    end: int
    value: Fraction | None
    bare: bool = False
    fault: Why | None = None
    either: tuple[Fraction, ...] = ()


def offer(kind: Kind, text: str, found: Sequence[Quantity]) -> tuple[int, ...]:
    """Values worth offering, rising: those named; around a vague number of years, months on the
    side where it lies (三年多 → 39, 42, 45)."""
    named = {one.value for one in found if one.value is not None}
    named.update(value for one in found for value in one.either)
    whole = {int(value) for value in named if value <= maximum(kind)}
    values = sorted(whole)[:MOST_OFFERED]
    if len(values) != 1:
        return tuple(values)
    only = values[0]
    if any_of("above").search(text):
        return _months_after(only) if kind == "months" and _full_years(only) else (only,)
    if any_of("below").search(text) and only > 0:
        return _months_after(only - 12) if kind == "months" and _full_years(only) else (only - 1,)
    return (only,)


def _full_years(months: int) -> bool:
    return months >= 12 and months % 12 == 0


def _months_after(months: int) -> tuple[int, ...]:
    return months + 3, months + 6, months + 9
