"""So many points for each of several things that apply: a contract, a business, an identity."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from scoring.rulefile.kinds.base import Answers, Item, Law, Working
from scoring.rulefile.values import Choices, InForce, Number


class PerChoice(Item):
    """`rate` for each of `choices` that the answer has, at most `cap`."""

    takes: ClassVar = frozenset({"set"})
    main: ClassVar = "rate"
    deciding: ClassVar = ("rate",)

    rule: Literal["per_choice"]
    fact: str
    choices: Choices
    rate: Number
    cap: Number | None = None

    def law(self, values: Mapping[str, InForce]) -> Law:
        return PerChoiceLaw((self.fact,), frozenset(values["choices"].value), values["rate"].value)


@dataclass(frozen=True, slots=True)
class PerChoiceLaw(Law):
    members: frozenset[str]
    rate: Decimal

    def raw(self, answers: Answers) -> Decimal:
        return self.rate * len(self.members & answers.get(self.facts[0], frozenset()))

    def ceiling(self) -> Decimal:
        return self.rate * len(self.members)

    def working(self, answers: Answers) -> Working:
        answer = answers.get(self.facts[0])
        count = None if answer is None else len(self.members & answer)
        return Working(count, 1, count, self.rate)
