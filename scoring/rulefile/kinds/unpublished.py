"""A row whose points nobody here knows. It is never computed; the range says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from scoring.rulefile.kinds.base import UNBOUNDED, ZERO, Answers, Item, Law, Working
from scoring.rulefile.values import InForce, Number


class Unpublished(Item):
    """Where a count is at least 1 (or the answer is yes), from 0 to `high`; without `high`
    nothing limits it. Without a fact nobody is asked: then the row adds nothing to the range."""

    takes: ClassVar = frozenset({"count", "yesno", "months", "years", "yuan"})
    main: ClassVar = "high"
    deciding: ClassVar = ()

    rule: Literal["unpublished"]
    fact: str | None = None
    high: Number | None = None

    def law(self, values: Mapping[str, InForce]) -> Law:
        unlimited = self.fact is not None and self.high is None
        high = UNBOUNDED if unlimited else values["high"].value if "high" in values else ZERO
        return UnpublishedLaw(self.fact_ids(), high)


@dataclass(frozen=True, slots=True)
class UnpublishedLaw(Law):
    high: Decimal

    def raw(self, answers: Answers) -> Decimal:
        return ZERO

    def ceiling(self) -> Decimal:
        return self.high

    def span(self, answers: Answers) -> tuple[Decimal, Decimal]:
        nothing = self.knows(answers) and not any(answers[fact] for fact in self.facts)
        return (ZERO, ZERO) if nothing else (ZERO, self.high)

    def simplest(self, answer: int, limit: Decimal | None) -> int:
        return min(answer, 1)

    def unsure(self, answers: Answers) -> bool:
        return any(answers.get(fact) for fact in self.facts)

    def working(self, answers: Answers) -> Working:
        if not self.facts or not self.knows(answers):
            return Working()
        answer = answers[self.facts[0]]
        return Working(quantity=int(answer), matched=bool(answer))
