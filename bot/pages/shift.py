"""One estimate beside another: what moved."""

from dataclasses import dataclass
from decimal import Decimal

from scoring import Estimate


@dataclass(frozen=True, slots=True)
class Shift:
    """What a changed answer did: the total, and the categories that moved, before and now."""

    before: Estimate
    now: Estimate

    @property
    def lines(self) -> list[tuple[str, Decimal, Decimal]]:
        """Label, before, now."""
        old = {one.id: one for one in self.before.categories()}
        return [
            (one.label, old[one.id].low, one.low)
            for one in self.now.categories()
            if old[one.id].low != one.low
        ]
