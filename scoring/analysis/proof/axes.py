"""The answers to one fact that a proof runs through: those that are complete, and those that leave
something open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from scoring.ages import Ages
from scoring.analysis.breakpoints import breakpoints
from scoring.engine.category_eval import CategoryAt
from scoring.engine.row_eval import ItemAt
from scoring.rulefile.facts import QUANTITIES, Fact
from scoring.rulefile.kinds.age_steps import AgeStepsLaw

RISES, FALLS, NEITHER = 1, -1, 0


@dataclass(frozen=True)
class Axis:
    """`complete` answers in rising order, and `open` ones: None, where the fact may be unknown, and
    ages of which the birthday decides. `direction`: whether points rise or fall with the answer.
    `left_out`: breakpoints that would be too many; `presumed`: unknown is as the first answer."""

    fact: str
    complete: tuple[Any, ...]
    open: tuple[Any, ...]
    direction: int
    left_out: int = 0
    presumed: bool = False

    @cached_property
    def answers(self) -> tuple[Any, ...]:
        """All of them, the complete ones first."""
        return self.complete + self.open

    @cached_property
    def becomes(self) -> tuple[tuple[int, ...], ...]:
        """For each answer the places of what it may become: none for a complete one."""
        return ((),) * len(self.complete) + tuple(self._ends(one) for one in self.open)

    def _ends(self, answer: Any) -> tuple[int, ...]:
        if answer is None:
            return tuple(range(len(self.complete)))[: 1 if self.presumed else None]
        ages = range(answer.least, answer.most + 1)
        return tuple(place for place, age in enumerate(self.complete) if age in ages)

    @cached_property
    def less(self) -> tuple[tuple[int, ...], ...]:
        """For each answer the places of those that must not give more: the one before it, or every
        smaller set."""
        places = range(len(self.complete))
        if self.complete and isinstance(self.complete[0], frozenset):
            below = [tuple(b for b in places if self.complete[b] < one) for one in self.complete]
        else:
            below = [(at + self.direction * -1,) for at in places]
        inside = [tuple(one for one in some if 0 <= one < len(places)) for some in below]
        return (*(inside if self.direction else [()] * len(places)), *[()] * len(self.open))

    def only(self, answers: Sequence[Any]) -> Axis:
        """With these complete answers alone, and the open ones whose ends are among them."""
        kept = [one for one in self.open if one is None or {*one} <= {*answers}]
        return replace(self, complete=tuple(answers), open=tuple(kept))

    def fixed(self, answer: Any) -> Axis:
        """At one answer, complete or open."""
        whole = answer is not None and not isinstance(answer, Ages)
        ends = ((answer,), ()) if whole else ((), (answer,))
        return replace(self, complete=ends[0], open=ends[1])


def axis_of(category: CategoryAt, fact: Fact) -> Axis:
    """The breakpoints of a fact of a category; unknown too, where it is ever unknown."""
    items = [item for item in category.items if fact.id in item.facts]
    answers, left_out = breakpoints(category, fact)
    open_: list[Any] = [None] if fact.presumed is None else []
    if fact.type == "date":
        open_ += [Ages(a, b) for a, b in pairwise(answers) if b == a + 1]
    taken_off = _taken_off(items)
    return Axis(fact.id, answers, tuple(open_), _direction(fact, items), left_out, taken_off)


def _taken_off(items: Iterable[ItemAt]) -> bool:
    """Whether it is the fact of a deduction: nobody is asked, absent means none."""
    return any(item.rule == "deduction" for item in items)


def _direction(fact: Fact, items: Sequence[ItemAt]) -> int:
    if fact.type == "date":
        laws = [term.law for item in items for term in item.terms]
        falls = all(isinstance(x, AgeStepsLaw) and x.points_over <= x.points for x in laws)
        return FALLS if falls else NEITHER
    if fact.type in QUANTITIES or fact.type in ("yesno", "set"):
        return FALLS if _taken_off(items) else RISES
    return NEITHER
