"""Points taken off. The fact is declared by the file that knows the value; nobody is asked about an
offence, and absent means presumed none."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from scoring.rulefile.kinds.base import ZERO, Answers, Item, Law, Working
from scoring.rulefile.values import InForce, Number


class Deduction(Item):
    """`rate` off for each one counted, or once for a yes; together at most `most`."""

    takes: ClassVar = frozenset({"count", "yesno"})
    main: ClassVar = "rate"
    deciding: ClassVar = ("rate",)

    rule: Literal["deduction"]
    fact: str
    rate: Number
    most: Number | None = None

    def law(self, values: Mapping[str, InForce]) -> Law:
        most = values["most"].value if "most" in values else None
        return DeductionLaw((self.fact,), values["rate"].value, most)


@dataclass(frozen=True, slots=True)
class DeductionLaw(Law):
    rate: Decimal
    most: Decimal | None

    def raw(self, answers: Answers) -> Decimal:
        count: int = answers.get(self.facts[0], 0)
        off = self.rate * count
        return -off if self.most is None else -min(off, self.most)

    def ceiling(self) -> Decimal:
        return ZERO

    def span(self, answers: Answers) -> tuple[Decimal, Decimal]:
        points = self.raw(answers)
        return points, points

    def working(self, answers: Answers) -> Working:
        count = int(answers.get(self.facts[0], 0))
        return Working(count, 1, count, self.rate)
