"""A number found in an answer."""

from dataclasses import dataclass
from fractions import Fraction

from dialogs.language.outcome import Why


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
