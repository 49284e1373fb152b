"""Points once, for a yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from scoring.rulefile.kinds.base import ZERO, Answers, Item, Law, Working
from scoring.rulefile.values import InForce, Number


class Flag(Item):
    """`points` where the answer is yes."""

    takes: ClassVar = frozenset({"yesno"})

    rule: Literal["flag"]
    fact: str
    points: Number

    def law(self, values: Mapping[str, InForce]) -> Law:
        return FlagLaw((self.fact,), values["points"].value)


@dataclass(frozen=True, slots=True)
class FlagLaw(Law):
    points: Decimal

    def raw(self, answers: Answers) -> Decimal:
        return self.points if answers.get(self.facts[0]) else ZERO

    def ceiling(self) -> Decimal:
        return self.points

    def working(self, answers: Answers) -> Working:
        return Working(matched=answers.get(self.facts[0]))
