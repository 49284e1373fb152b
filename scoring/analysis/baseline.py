"""One person as told, and what one other answer would give.

No fact belongs to two categories (a lemma of the proof), so another answer changes the points of
one category: those of the others are computed once.
"""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from scoring.engine.estimate import outcome_of, part_total
from scoring.engine.results import CategoryResult
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import Facts
from scoring.rulefile.kinds.base import ZERO


class Answered(NamedTuple):
    """The points in total, and the category of the fact; None where it is in none."""

    points: Decimal
    category: CategoryResult | None


class Baseline:
    """A person whose facts are valid, on a day.

    >>> from scoring import load_ruleset
    >>> day = date(2026, 11, 23)
    >>> person = Baseline(load_ruleset("yongjia-2022"), Facts(education="bachelor"), day)
    >>> float(person.answering("rented_years", 3).points)
    15.0
    """

    def __init__(self, ruleset: Ruleset, known: Facts, on: date) -> None:
        self.known, self.on = known, on
        self._rules = ruleset.at(on)
        self._points = {
            category.id: outcome_of(category, known, on).result.points
            for category in self._rules.categories
        }

    def answering(self, fact: str, answer: Any) -> Answered:
        """With this valid answer in place of what was told. `fact` is any but an age told in place
        of a date of birth."""
        category = self._rules.category_of.get(fact)
        if category is None:
            return Answered(self._total(self._points), None)
        facts = Facts({**self.known, fact: answer})
        result = outcome_of(category, facts, self.on).result
        return Answered(self._total({**self._points, category.id: result.points}), result)

    def _total(self, points: dict[str, Decimal]) -> Decimal:
        parts = [
            part_total(part, [points[category.id] for category in part.categories])
            for part in self._rules.parts
        ]
        return max(ZERO, sum(parts, ZERO))
