"""An estimate arranged for a page: the lines that gave points, what is in doubt, the papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.pages.ahead import ahead
from dialogs.conversation import Ticks
from dialogs.enough import enough
from dialogs.explaining import explain
from dialogs.papers import by_office, listed
from scoring import Ruleset, estimate
from scoring.engine.results import CategoryResult, Estimate, ItemResult, Unsettled

UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Line:
    """One category on the page, with how each of its rows was counted."""

    category: CategoryResult
    workings: tuple[str, ...]

    @property
    def gives(self) -> bool:
        """Whether it gave points, or still may."""
        return bool(self.category.points or self.category.low or self.category.high)


def shown(
    rules: Ruleset, facts: Mapping[str, Any], today: date, ticks: Ticks | None = None
) -> dict[str, Any]:
    """What `pages/_result.html` needs, in `pages/result.html` and `pages/sheet.html`. `ticks` of
    the papers; None where they are kept nowhere."""
    result = estimate(rules, facts, on=today)
    parts = [
        (part, [_line(rules, one) for one in part.categories])
        for part in result.parts
        if part.cap is not None or part.points
    ]
    doubts = _doubts(result)
    return {
        "rules": rules,
        "result": result,
        "parts": parts,
        "enough": enough(result.low, result.high, today),
        **ahead(rules, facts, today),
        "offices": list(by_office(listed(result, ticks or Ticks()))),
        "ticks_kept": ticks is not None,
        "doubts": [pair for pair in doubts if pair[1].kind != UNANSWERED],
        "unanswered": list(
            dict.fromkeys(category.label for category, one in doubts if one.kind == UNANSWERED)
        ),
    }


def _line(rules: Ruleset, category: CategoryResult) -> Line:
    told = [explain(item, rules.catalogue) for item in category.items if _worth_telling(item)]
    return Line(category, tuple(told))


def _worth_telling(item: ItemResult) -> bool:
    return bool(item.points or item.low or item.high)


def _doubts(result: Estimate) -> list[tuple[CategoryResult, Unsettled]]:
    return [
        (category, one)
        for part in result.parts
        for category in part.categories
        if category.low != category.high
        for one in category.unsettled
    ]
