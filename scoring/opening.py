"""Which questions are still worth asking."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.compiled import PartAt, RulesAt
from scoring.estimate import outcome_of, part_total
from scoring.facts import Fact, Facts, read_facts
from scoring.results import CategoryResult
from scoring.rules.base import ZERO
from scoring.ruleset import Ruleset

Totals = tuple[Decimal, Decimal, Decimal]


def open_facts(ruleset: Ruleset, facts: Mapping[str, Any], on: date) -> tuple[str, ...]:
    """The unanswered facts that can still change points, low or high, in the catalogue's order.

    A fact whose category, or whose part, is full already is not among them; `permit` never is, as
    it changes no points.

    >>> from scoring import load_ruleset
    >>> open_facts(load_ruleset("yongjia-2022"), {"honours_nation": 1}, date(2026, 11, 23))[8:10]
    ('special_statuses', 'talent_class')
    """
    known = facts if type(facts) is Facts else read_facts(facts, ruleset.catalogue)
    rules = ruleset.at(on)
    now = [_totals(part, _results(part, known, on)) for part in rules.parts]
    found = set(_open(ruleset, rules, known, on, now))
    return tuple(fact for fact in ruleset.catalogue if fact in found)


def _open(
    ruleset: Ruleset, rules: RulesAt, known: Facts, on: date, now: list[Totals]
) -> Iterator[str]:
    for place, part in enumerate(rules.parts):
        results = _results(part, known, on)
        others = [total for n, total in enumerate(now) if n != place]
        for n, category in enumerate(part.categories):
            for fact in category.facts:
                if fact in known or fact in ruleset.facts:
                    continue  # answered, or a deduction's: never asked
                for answer in _extremes(ruleset.catalogue[fact], on):
                    tried = outcome_of(category, Facts({**known, fact: answer}), on).result
                    then = _totals(part, [*results[:n], tried, *results[n + 1 :]])
                    if _score([*others, then]) != _score([*others, now[place]]):
                        yield fact
                        break


def _extremes(fact: Fact, on: date) -> list[Any]:
    """Answers such that, if none of them changes anything, no answer does."""
    if fact.type == "choice":
        return [choice.id for choice in fact.choices]
    if fact.type == "set":
        return [frozenset(), frozenset(choice.id for choice in fact.choices)]
    if fact.type == "date":
        return [fact.minimum, on]
    return [False, True] if fact.type == "yesno" else [0, fact.maximum]


def _results(part: PartAt, known: Facts, on: date) -> list[CategoryResult]:
    return [outcome_of(category, known, on).result for category in part.categories]


def _totals(part: PartAt, results: list[CategoryResult]) -> Totals:
    return (
        part_total(part, [result.points for result in results]),
        part_total(part, [result.low for result in results]),
        part_total(part, [result.high for result in results]),
    )


def _score(parts: list[Totals]) -> tuple[Decimal, ...]:
    return tuple(max(ZERO, sum(column, ZERO)) for column in zip(*parts, strict=True))
