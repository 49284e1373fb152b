"""A ruleset: what its file writes, and the figures in force on a day."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property, lru_cache

from scoring.engine.compile import RulesAt, compile_rules, periods
from scoring.rulefile.model import Written
from scoring.rulefile.values import Figure


class Ruleset(Written):
    """The rules of one county, with every value dated and cited. Load one with `load_ruleset`."""

    @cached_property
    def _starts(self) -> tuple[date, ...]:
        return periods(self)

    def at(self, on: date) -> RulesAt:
        """The rules in force on a day, ready to compute; made once per period without a change."""
        start = max((start for start in self._starts if start <= on), default=date.min)
        return _rules_at(self, start)

    def told(self, on: date) -> Written:
        """Its texts as they read on a day: figures in their places, categories by their names."""
        return self.at(on).ruleset

    def figures(self, on: date) -> Mapping[str, Figure]:
        """Every figure in force on a day by its path: `category.item.value`, `category.cap`,
        `part.cap`; short paths: `item.value`, and `category.item` for a row's main value."""
        return self.at(on).figures

    def figure(self, path: str, on: date) -> Figure:
        """One figure; KeyError, with the nearest path, where there is none on that day.

        >>> from scoring import load_ruleset
        >>> rules = load_ruleset("yongjia-2022")
        >>> figure = rules.figure("social_insurance.rate", date(2026, 11, 23))
        >>> figure.value, figure.unit, figure.status, [str(r.value) for r in figure.readings]
        (Decimal('0.25'), 'points_per_month', 'stated', ['0.25', '0.5'])
        """
        figures = self.figures(on)
        if path not in figures:
            near = get_close_matches(path, figures, n=3)
            raise KeyError(f"{self.id} has no figure {path} on {on}; near: {', '.join(near)}")
        return figures[path]


@lru_cache(maxsize=256)
def _rules_at(ruleset: Ruleset, start: date) -> RulesAt:
    return compile_rules(ruleset, start)
