"""What all kinds of rule share.

A kind is one module: a pydantic model of how the row is written (an `Item`), and a `Law`, the same
row with the values in force on a day under one set of readings: a pure function of facts.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any, ClassVar, NamedTuple

from pydantic import Field

from scoring.rulefile.values import Choices, Cited, Day, InForce, Model, Number, Scope, Value

ZERO = Decimal(0)
UNBOUNDED = Decimal("Infinity")
Answers = Mapping[str, Any]
"""Known answers by fact id; a date of birth comes as the age in complete years: an int, or `Ages`
where several are possible."""


class Change(Model):
    """What a revision did to a row: the earlier ruleset's rows it comes from (none: it is new), how
    it changed beside its figures, and the reason where the source gives one for this row."""

    was: tuple[str, ...] = ()
    how: str | None = None
    reason: str | None = None


class Item(Cited):
    """One row of the annex, as it is written in a rules file."""

    takes: ClassVar[frozenset[str]] = frozenset()
    """The types of fact this kind can work on."""
    main: ClassVar[str] = "points"
    """The value that stands for the row in short paths of figures."""
    several: ClassVar[bool] = False
    """Whether its rate may be for several units at once: points_per_12_months."""
    deciding: ClassVar[tuple[str, ...]] = ("points",)
    """The values whose weakest status is the row's; none: the row's own status."""

    id: str
    label: str
    rule: str
    scope: tuple[Scope, ...] = ()
    rows: int = Field(1, ge=0, description="how many rows of the annex this stands for")
    since: Day | None = Field(None, description="first day of the row, if added later")
    until: Day | None = Field(None, description="first day without the row, if replaced")
    evidence: str | None = Field(None, description="key of the evidence table")
    no_evidence: str | None = Field(None, description="why no paper is listed")
    change: Change | None = None

    def fact_ids(self) -> tuple[str, ...]:
        """The facts this row depends on."""
        fact = getattr(self, "fact", None)
        return (fact,) if fact else tuple(getattr(self, "facts", ()))

    def in_force(self, on: date) -> bool:
        """Whether the row exists on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)

    def dated(self) -> Iterator[tuple[str, Value[Any]]]:
        """Every dated value of the row with its key."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, Value):
                yield name, value

    def required(self) -> tuple[str, ...]:
        """The keys of the values without which the row means nothing."""
        return tuple(
            name
            for name, field in type(self).model_fields.items()
            if field.is_required() and field.annotation in (Number, Choices)
        )

    def unit_of(self, name: str) -> str:
        """The unit a value must have; "rate" stands for points per unit of the fact."""
        return name if name in ("choices", "rate") else "points"

    def law(self, values: Mapping[str, InForce]) -> "Law":
        """The row with the values in force."""
        raise NotImplementedError


class Working(NamedTuple):
    """How a law arrived at its points. `matched`: whether the condition of a tier or a flag holds.
    `decided_by`: the values that decided, where they are not the usual
    ones. quantity in `step`s makes `units` complete units."""

    quantity: int | None = None
    step: int = 1
    units: int | None = None
    rate: Decimal | None = None
    matched: bool | None = None
    decided_by: tuple[str, ...] | None = None


def units_needed(rate: Decimal, limit: Decimal | None) -> int | None:
    """How many units at so many points reach the limit; None where nothing is ever reached.

    >>> units_needed(Decimal("0.25"), Decimal(30)), units_needed(Decimal(2), Decimal(5))
    (120, 3)
    """
    return None if limit is None or not rate else ceil(limit / rate)


@dataclass(frozen=True, slots=True)
class Law(ABC):
    """A row in force: what it gives for given answers, before any cap."""

    facts: tuple[str, ...]

    @abstractmethod
    def raw(self, answers: Answers) -> Decimal:
        """Points before any cap; an unknown answer counts as nothing."""

    @abstractmethod
    def ceiling(self) -> Decimal:
        """The most that any answers can give, before any cap; infinite where nothing limits it."""

    def span(self, answers: Answers) -> tuple[Decimal, Decimal]:
        """The least and the most over all ways to complete the answers. Right for every rule that
        never falls when an answer grows; the others say their own."""
        low = self.raw(answers)
        return (low, low) if self.knows(answers) else (low, self.ceiling())

    def knows(self, answers: Answers) -> bool:
        """Whether every fact of the row is answered."""
        return all(fact in answers for fact in self.facts)

    def simplest(self, answer: int, limit: Decimal | None) -> int:
        """The least answer to one fact that gives the same under a cap of `limit`: people who
        differ in nothing that counts are computed once."""
        return answer

    def unsure(self, answers: Answers) -> bool:
        """Whether these answers meet something that nobody here knows."""
        return False

    @abstractmethod
    def working(self, answers: Answers) -> Working:
        """The arithmetic, for the explanation."""


@dataclass(frozen=True, slots=True)
class Silent(Law):
    """A row that gives nothing on the day. state: `undated` (no value yet) or `repealed`."""

    state: str

    def raw(self, answers: Answers) -> Decimal:
        return ZERO

    def ceiling(self) -> Decimal:
        return ZERO

    def simplest(self, answer: int, limit: Decimal | None) -> int:
        return 0

    def working(self, answers: Answers) -> Working:
        return Working()
