"""So many points for each complete unit: a full month, a full year, each full 1 000 yuan."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from scoring.rulefile.kinds.base import UNBOUNDED, ZERO, Answers, Item, Law, Working, units_needed
from scoring.rulefile.values import InForce, Number, unit_step


class PerUnit(Item):
    """`rate` for each complete unit of the fact, at most `cap`. The rate's unit says how much makes
    one: points_per_month, points_per_year, points_per_1000_yuan."""

    takes: ClassVar = frozenset({"months", "years", "yuan"})
    main: ClassVar = "rate"
    several: ClassVar = True
    deciding: ClassVar = ("rate",)

    rule: Literal["per_unit"]
    fact: str
    rate: Number
    cap: Number | None = None

    def law(self, values: Mapping[str, InForce]) -> Law:
        rate = values["rate"]
        return PerUnitLaw((self.fact,), rate.value, unit_step(rate.unit))


@dataclass(frozen=True, slots=True)
class PerUnitLaw(Law):
    rate: Decimal
    step: int

    def raw(self, answers: Answers) -> Decimal:
        units: int = answers.get(self.facts[0], 0) // self.step
        return self.rate * units

    def ceiling(self) -> Decimal:
        return UNBOUNDED if self.rate else ZERO

    def simplest(self, answer: int, limit: Decimal | None) -> int:
        needed = units_needed(self.rate, limit)
        units = answer // self.step
        return self.step * (units if needed is None else min(units, needed))

    def working(self, answers: Answers) -> Working:
        quantity = answers.get(self.facts[0])
        units = None if quantity is None else quantity // self.step
        return Working(quantity, self.step, units, self.rate)
