"""So many points each: honours, patents, services; several counts of one row are added."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from scoring.rulefile.kinds.base import UNBOUNDED, ZERO, Answers, Item, Law, Working, units_needed
from scoring.rulefile.values import InForce, Number


class PerCount(Item):
    """`rate` for each one counted by any of `facts`, at most `cap`."""

    takes: ClassVar = frozenset({"count"})
    main: ClassVar = "rate"
    deciding: ClassVar = ("rate",)

    rule: Literal["per_count"]
    facts: tuple[str, ...] = Field(min_length=1)
    rate: Number
    cap: Number | None = None

    def law(self, values: Mapping[str, InForce]) -> Law:
        return PerCountLaw(self.facts, values["rate"].value)


@dataclass(frozen=True, slots=True)
class PerCountLaw(Law):
    rate: Decimal

    def raw(self, answers: Answers) -> Decimal:
        count: int = sum(answers.get(fact, 0) for fact in self.facts)
        return self.rate * count

    def ceiling(self) -> Decimal:
        return UNBOUNDED if self.rate else ZERO

    def simplest(self, answer: int, limit: Decimal | None) -> int:
        needed = units_needed(self.rate, limit)
        return answer if needed is None else min(answer, needed)

    def working(self, answers: Answers) -> Working:
        known = [answers[fact] for fact in self.facts if fact in answers]
        quantity = sum(known) if known else None
        return Working(quantity, 1, quantity, self.rate)
