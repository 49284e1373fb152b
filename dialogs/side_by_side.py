"""Two people of a household, their results beside each other: who has more, and why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dialogs.agenda import pending
from dialogs.flow import Talk
from scoring import Estimate


@dataclass(frozen=True, slots=True)
class Beside:
    """`whose`: how the other one is called. `left`: questions of either that are still open."""

    whose: str
    own: Estimate
    theirs: Estimate
    left: int = 0

    @property
    def gain(self) -> Decimal:
        """Points one has more than the other; negative where it is less."""
        return self.own.points - self.theirs.points

    @property
    def sure(self) -> bool:
        """Whether nothing that is open can turn it round."""
        return self.own.low > self.theirs.high or self.theirs.low > self.own.high

    @property
    def lines(self) -> tuple[tuple[str, Decimal, Decimal], ...]:
        """What differs, category by category: the label, one's own points, the other's."""
        theirs = {one.id: one.points for one in self.theirs.categories()}
        return tuple(
            (one.label, one.points, theirs[one.id])
            for one in self.own.categories()
            if one.points != theirs[one.id]
        )


def beside(talk: Talk) -> Beside | None:
    """One's own result and the other one's; None while either has told nothing."""
    other = talk.conversation.other
    if other is None or not other.facts or not talk.conversation.own.facts:
        return None
    mine, theirs = talk.after(talk.conversation.own), talk.after(other)
    left = len(pending(mine)) + len(pending(theirs))
    return Beside(other.whose, mine.estimate, theirs.estimate, left)
