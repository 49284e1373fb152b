"""Which questions are still worth asking."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from scoring.category import CategoryAt
from scoring.compiled import PartAt
from scoring.estimate import outcome_of
from scoring.facts import Fact, Facts, read_facts
from scoring.rules.base import ZERO
from scoring.ruleset import Ruleset

Triple = tuple[Decimal, Decimal, Decimal]
"""Points, low and high."""


def open_facts(ruleset: Ruleset, facts: Mapping[str, Any], on: date) -> tuple[str, ...]:
    """The unanswered facts that can still change points, low or high, in the catalogue's order.

    A fact is not among them where its category is as it is whatever the answer, or where its part
    is full for certain. Unanswered facts of other categories may fill a part too: until they do,
    the fact is open, so that a question does not come and go with other answers. `permit` never is
    among them, as it changes no points.

    >>> from scoring import load_ruleset
    >>> open_facts(load_ruleset("yongjia-2022"), {"honours_nation": 1}, date(2026, 11, 23))[8:10]
    ('special_statuses', 'talent_class')
    """
    known = facts if type(facts) is Facts else read_facts(facts, ruleset.catalogue)
    found = {fact for part in ruleset.at(on).parts for fact in _open(part, ruleset, known, on)}
    return tuple(fact for fact in ruleset.catalogue if fact in found)


def _open(part: PartAt, ruleset: Ruleset, known: Facts, on: date) -> Iterator[str]:
    """The facts of this part that can change what it gives."""
    given = [_triple(category, known, on) for category in part.categories]
    if _full(part, given):
        return
    trial = Facts(known)
    for category, now in zip(part.categories, given, strict=True):
        for fact in category.facts:
            if fact in known or fact in ruleset.facts:
                continue  # answered, or a deduction's: never asked
            for answer in _extremes(ruleset.catalogue[fact], on):
                trial[fact] = answer
                if _triple(category, trial, on) != now:
                    yield fact
                    break
            del trial[fact]


def _full(part: PartAt, given: list[Triple]) -> bool:
    """Whether even the least that the part can give reaches its cap."""
    if part.cap is None or part.uncapped:
        return False
    return sum((low for _, low, _ in given), ZERO) >= part.cap


@lru_cache
def _extremes(fact: Fact, on: date) -> tuple[Any, ...]:
    """Answers such that, if none of them changes anything, no answer does."""
    if fact.type == "choice":
        return tuple(choice.id for choice in fact.choices)
    if fact.type == "set":
        return frozenset(), frozenset(choice.id for choice in fact.choices)
    if fact.type == "date":
        return fact.minimum, on
    return (False, True) if fact.type == "yesno" else (0, fact.maximum)


def _triple(category: CategoryAt, known: Facts, on: date) -> Triple:
    result = outcome_of(category, known, on).result
    return result.points, result.low, result.high
