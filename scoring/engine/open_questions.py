"""Which questions are still worth asking."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from scoring.ages import Ages, age_on
from scoring.engine.category_eval import CategoryAt
from scoring.engine.compile import PartAt
from scoring.engine.estimate import answers_of, estimate
from scoring.engine.results import Estimate, PartResult
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import Fact, Facts, read_facts

Triple = tuple[Decimal, Decimal, Decimal]
"""Points, low and high."""

REMEMBERED = 16384
"""How many categories with their answers are kept: people give the same answers again and again."""


def open_facts(
    ruleset: Ruleset, facts: Mapping[str, Any], on: date, *, estimated: Estimate | None = None
) -> tuple[str, ...]:
    """The unanswered facts that can still change points, low or high, in the catalogue's order.
    `estimated`: the estimate of the same facts on that day, where it is at hand.

    A fact is not among them where its category is as it is whatever the answer, or where its part
    is full for certain. Unanswered facts of other categories may fill a part too: until they do,
    the fact is open, so that a question does not come and go with other answers. `permit` never is
    among them, as it changes no points.

    >>> from scoring import load_ruleset
    >>> open_facts(load_ruleset("yongjia-2022"), {"honours_nation": 1}, date(2026, 11, 23))[8:10]
    ('special_statuses', 'talent_class')
    """
    known = facts if type(facts) is Facts else read_facts(facts, ruleset.catalogue)
    results = (estimated or estimate(ruleset, known, on=on)).parts
    rules, untold = ruleset.at(on), _untold(ruleset, on)
    told, found = rules.told(known), set[str]()
    for place, part in enumerate(rules.parts):
        if _full(part, results[place]):
            continue
        for number, category in enumerate(part.categories):
            if category.id in told:
                found.update(_open(ruleset, on, place, number, answers_of(category, known, on)))
            else:
                found.update(untold[category.id])
    return tuple([fact for fact in ruleset.catalogue if fact in found])


@lru_cache(maxsize=64)
def _untold(ruleset: Ruleset, on: date) -> Mapping[str, tuple[str, ...]]:
    """The facts that can change what a category gives of which nothing is told, by its id."""
    return {
        category.id: _open(ruleset, on, place, number, category.presumed)
        for place, part in enumerate(ruleset.at(on).parts)
        for number, category in enumerate(part.categories)
    }


@lru_cache(REMEMBERED)
def _open(
    ruleset: Ruleset, on: date, place: int, number: int, answers: tuple[Any, ...]
) -> tuple[str, ...]:
    """The unanswered facts of one category that can change what it gives."""
    if not any(map(_is_open, answers)):
        return ()
    category = ruleset.at(on).parts[place].categories[number]
    now = _triple(category, answers)

    def matters(place: int, fact: Fact) -> bool:
        tried = _extremes(fact, answers[place], on)
        return any(
            _triple(category, (*answers[:place], answer, *answers[place + 1 :])) != now
            for answer in tried
        )

    return tuple(
        fact
        for place, fact in enumerate(category.facts)
        if _is_open(answers[place]) and fact not in ruleset.facts  # a deduction's is never asked
        if matters(place, ruleset.catalogue[fact])
    )


def _is_open(answer: Any) -> bool:
    return answer is None or isinstance(answer, Ages)


def _full(part: PartAt, result: PartResult) -> bool:
    """Whether even the least that the part can give reaches its cap."""
    return not part.uncapped and result.low == part.cap


def _extremes(fact: Fact, answer: Any, on: date) -> tuple[Any, ...]:
    """Answers such that, if none of them changes anything, no answer does."""
    if isinstance(answer, Ages):
        return tuple(range(answer.least, answer.most + 1))
    if fact.type == "choice":
        return tuple(choice.id for choice in fact.choices)
    if fact.type == "set":
        return frozenset(), frozenset(choice.id for choice in fact.choices)
    if fact.type == "date":
        return age_on(fact.id, {fact.id: fact.minimum}, on), 0
    return (False, True) if fact.type == "yesno" else (0, fact.maximum)


def _triple(category: CategoryAt, answers: tuple[Any, ...]) -> Triple:
    result = category.outcome(answers).result
    return result.points, result.low, result.high
