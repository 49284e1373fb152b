"""Points by age: a base for the oldest who count, more for each year younger."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from scoring.ages import Age, Ages
from scoring.rulefile.kinds.base import ZERO, Answers, Item, Law, Working
from scoring.rulefile.values import InForce, Number


class AgeSteps(Item):
    """`points` from `base_age` to `last_age`, `rate` more for each complete year younger than
    `base_age`, at most `cap`; `points_over` above `last_age`."""

    takes: ClassVar = frozenset({"date"})

    rule: Literal["age_steps"]
    fact: str
    base_age: Number
    last_age: Number
    points: Number
    rate: Number
    points_over: Number
    cap: Number | None = None

    def unit_of(self, name: str) -> str:
        ages = ("base_age", "last_age")
        return "years_of_age" if name in ages else "rate" if name == "rate" else "points"

    def law(self, values: Mapping[str, InForce]) -> Law:
        names = ("base_age", "last_age", "points", "rate", "points_over")
        return AgeStepsLaw((self.fact,), *(values[name].value for name in names))


@dataclass(frozen=True, slots=True)
class AgeStepsLaw(Law):
    base_age: Decimal
    last_age: Decimal
    points: Decimal
    rate: Decimal
    points_over: Decimal

    def raw(self, answers: Answers) -> Decimal:
        age = answers.get(self.facts[0])
        return ZERO if age is None else self._at(self._decisive(age))

    def ceiling(self) -> Decimal:
        return max(self._at(0), self.points, self.points_over)

    def span(self, answers: Answers) -> tuple[Decimal, Decimal]:
        age = answers.get(self.facts[0])
        if age is None:
            return min(self.points, self.points_over), self.ceiling()
        return self.raw(answers), max(self._at(one) for one in _possible(age))

    def working(self, answers: Answers) -> Working:
        told = answers.get(self.facts[0])
        if told is None:
            return Working()
        age = self._decisive(told)
        if age > self.last_age:
            return Working(age, decided_by=("points_over",))
        return Working(age, 1, max(0, int(self.base_age) - age), self.rate)

    def _decisive(self, age: Age) -> int:
        """The age that counts: of several that are possible, the one that gives least."""
        return min(_possible(age), key=self._at)

    def _at(self, age: int) -> Decimal:
        if age > self.last_age:
            return self.points_over
        return self.points + self.rate * max(ZERO, self.base_age - age)


def _possible(age: Age) -> range:
    return range(age.least, age.most + 1) if isinstance(age, Ages) else range(age, age + 1)
