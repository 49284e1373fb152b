"""A row whose points depend on something the facts do not say: at least this, at most that."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from scoring.rulefile.kinds.base import ZERO, Answers, Item, Law, Working
from scoring.rulefile.values import Choices, InForce, Number


class Between(Item):
    """`points` where the answer is yes, or one of `choices`; it may be as much as `high`."""

    takes: ClassVar = frozenset({"yesno", "choice"})
    deciding: ClassVar = ("points", "choices")

    rule: Literal["between"]
    fact: str
    points: Number
    high: Number
    choices: Choices | None = None

    def law(self, values: Mapping[str, InForce]) -> Law:
        choices = values.get("choices")
        members = frozenset((True,) if choices is None else choices.value)
        return BetweenLaw((self.fact,), members, values["points"].value, values["high"].value)


@dataclass(frozen=True, slots=True)
class BetweenLaw(Law):
    members: frozenset[bool | str]
    points: Decimal
    high: Decimal

    def raw(self, answers: Answers) -> Decimal:
        return self.points if answers.get(self.facts[0]) in self.members else ZERO

    def ceiling(self) -> Decimal:
        return self.high

    def span(self, answers: Answers) -> tuple[Decimal, Decimal]:
        if not self.knows(answers):
            return ZERO, self.high
        holds = answers[self.facts[0]] in self.members
        return (self.points, self.high) if holds else (ZERO, ZERO)

    def unsure(self, answers: Answers) -> bool:
        return answers.get(self.facts[0]) in self.members

    def working(self, answers: Answers) -> Working:
        if not self.knows(answers):
            return Working()
        return Working(matched=answers[self.facts[0]] in self.members)
