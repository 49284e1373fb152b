"""A row of a table: anyone who is in the tier gets its points (education, skill, talent …)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from scoring.rulefile.kinds.base import ZERO, Answers, Item, Law, Working
from scoring.rulefile.values import Choices, InForce, Number


class Tier(Item):
    """`points` where the answer is one of `choices`; for a set: where any of them is in it."""

    takes: ClassVar = frozenset({"choice", "set"})
    deciding: ClassVar = ("points", "choices")

    rule: Literal["tier"]
    fact: str
    choices: Choices
    points: Number

    def law(self, values: Mapping[str, InForce]) -> Law:
        return TierLaw((self.fact,), frozenset(values["choices"].value), values["points"].value)


@dataclass(frozen=True, slots=True)
class TierLaw(Law):
    members: frozenset[str]
    points: Decimal

    def raw(self, answers: Answers) -> Decimal:
        return self.points if self._holds(answers) else ZERO

    def ceiling(self) -> Decimal:
        return self.points if self.members else ZERO

    def working(self, answers: Answers) -> Working:
        return Working(matched=self._holds(answers) if self.knows(answers) else None)

    def _holds(self, answers: Answers) -> bool:
        answer = answers.get(self.facts[0])
        if isinstance(answer, frozenset):
            return not self.members.isdisjoint(answer)
        return answer in self.members
