"""Two people of a household, their results beside each other: who has more, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from dialogs.agenda import pending
from dialogs.flow import Talk
from dialogs.phrases import say
from dialogs.questions import nothing
from scoring import FACTS, CategoryResult, Estimate, Fact


class Side(NamedTuple):
    """What one of the two has in a category, and what they said of it: "" where they have nothing,
    None where they were not asked or left it open."""

    points: Decimal
    told: str | None


class Compared(NamedTuple):
    """One category of both."""

    label: str
    own: Side
    theirs: Side

    @property
    def gain(self) -> Decimal:
        """Points one has more than the other; negative where it is less."""
        return self.own.points - self.theirs.points

    @property
    def is_open(self) -> bool:
        """Whether one of them has not answered, and may have points yet."""
        return any(one.told is None and not one.points for one in (self.own, self.theirs))


@dataclass(frozen=True, slots=True)
class Beside:
    """`whose`: how the other one is called. `left`: questions of either that are still open.
    `known`: what is known of the other one, while more of them is open than known; otherwise 0."""

    whose: str
    own: Estimate
    theirs: Estimate
    catalogue: Mapping[str, Fact]
    left: int = 0
    known: int = 0

    @property
    def gain(self) -> Decimal:
        """Points one has more than the other; negative where it is less."""
        return self.own.points - self.theirs.points

    @property
    def sure(self) -> bool:
        """Whether nothing that is open can turn it round."""
        return self.own.low > self.theirs.high or self.theirs.low > self.own.high

    @property
    def rows(self) -> tuple[Compared, ...]:
        """Every category that gives one of them something, in the order of the annex."""
        theirs = {one.id: one for one in self.theirs.categories()}
        return tuple(
            Compared(one.label, self._side(one), self._side(theirs[one.id]))
            for one in self.own.categories()
            if one.points or theirs[one.id].points
        )

    @property
    def lines(self) -> tuple[Compared, ...]:
        """What differs, category by category."""
        return tuple(row for row in self.rows if row.gain)

    def _side(self, category: CategoryResult) -> Side:
        return Side(category.points, told(category, self.catalogue))


def told(category: CategoryResult, catalogue: Mapping[str, Fact]) -> str | None:
    """What the person said of a category: "" where they have nothing of it, None where they said
    nothing, or where something that was not answered may still be had.

    >>> from datetime import date
    >>> from scoring import estimate, load_ruleset
    >>> facts = {"residence_months": 50, "volunteer_services": 4, "charity_yuan": 0}
    >>> found = estimate(load_ruleset("yongjia-2022"), facts, on=date(2026, 11, 23))
    >>> told(found.category("residence"), FACTS), told(found.category("public_welfare"), FACTS)
    ('50 个月', '在本县参加志愿服务 4 次')
    >>> told(found.category("talent"), FACTS), told(found.category("housing"), FACTS)
    (None, None)
    >>> found = estimate(load_ruleset("yongjia-2022"), {"volunteer_services": 0}, on=found.on)
    >>> told(found.category("public_welfare"), FACTS) is None  # blood may have been donated
    True
    """
    said = (one for item in category.items for one in item.explanation.answers)
    answers = {fact: value for fact, value in said if value != catalogue[fact].presumed}
    there = [
        (catalogue[fact], value) for fact, value in answers.items() if value and value != none(fact)
    ]
    if not answers or (not there and category.high > category.low):
        return None
    several = len({fact for item in category.items for fact in item.facts}) > 1
    return say("profile/_told", answers=there, several=several)


def none(fact: str) -> object:
    """What is no answer worth telling; a county's own fact has none."""
    return nothing(fact) if fact in FACTS else None


def beside(talk: Talk) -> Beside | None:
    """One's own result and the other one's; None while either has told nothing, or where on the
    other one's turn more of one's own is open than known."""
    other = talk.conversation.other
    if other is None or not other.facts or not talk.conversation.own.facts:
        return None
    mine, theirs = talk.after(talk.conversation.own), talk.after(other)
    open_ones, known = len(pending(theirs)), len(other.answered)
    own_open = len(pending(mine))
    if talk.conversation.whose and own_open > len(mine.conversation.answered):
        return None  # 66岁，帮媳妇问: no 0 points beside hers
    left = own_open + open_ones
    few = known if open_ones > known else 0
    return Beside(other.whose, mine.estimate, theirs.estimate, talk.rules.catalogue, left, few)
