"""One estimate beside another: what moved."""

from dataclasses import dataclass
from decimal import Decimal

from scoring import CategoryResult, Estimate

UNANSWERED = "unanswered"
"""What keeps a category open that was not answered (`Unsettled.kind`)."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What a changed answer did: the total, and the categories that moved, before and now."""

    before: Estimate
    now: Estimate

    @property
    def lines(self) -> list[tuple[str, Decimal | None, Decimal | None]]:
        """Label, before, now; None where nothing was answered."""
        old = {one.id: one for one in self.before.categories()}
        return [
            (one.label, _told(old[one.id]), _told(one))
            for one in self.now.categories()
            if old[one.id].low != one.low
        ]


def _told(category: CategoryResult) -> Decimal | None:
    open_ones = any(one.kind == UNANSWERED for one in category.unsettled)
    return None if open_ones and not category.low else category.low
