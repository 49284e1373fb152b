"""Where the points of a category can change: for each of its facts the answers that show it all.

They are taken from the compiled rules: every choice and set of choices, and of a quantity every
complete unit up to the cap with one step below and above it, in the finest step of the fact.
Between two of them that follow each other no row changes, but where there would be too many or no
cap ends them: then those left out are more of the same. A date of birth counts as an age.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from scoring.ages import AGE
from scoring.engine.category_eval import CategoryAt
from scoring.engine.row_eval import Term
from scoring.rulefile.facts import FACTS, LARGEST, Fact
from scoring.rulefile.kinds.age_steps import AgeStepsLaw
from scoring.rulefile.kinds.base import units_needed
from scoring.rulefile.kinds.deduction import DeductionLaw
from scoring.rulefile.kinds.per_count import PerCountLaw
from scoring.rulefile.kinds.per_unit import PerUnitLaw

MOST_UNITS = 400
"""Of a rule with more units than this below its cap, only the first and the last are tried."""
UNCAPPED_UNITS = 3
"""A rule without a cap gives the same for every unit: so many show it."""
MOST_CHOICES = 6
"""Of a set with more choices than this, not every subset is tried."""


class Breakpoints(NamedTuple):
    """The answers to try, quantities and sets in rising order; `left_out`: units or subsets that
    are not among them, as there would be too many."""

    answers: tuple[Any, ...]
    left_out: int = 0


def breakpoints(category: CategoryAt, fact: Fact) -> Breakpoints:
    """The answers to one fact of a category at which a row changes, and those beside them."""
    if fact.type == "yesno":
        return Breakpoints((False, True))
    if fact.type == "choice":
        return Breakpoints(tuple(choice.id for choice in fact.choices))
    if fact.type == "set":
        return _subsets([choice.id for choice in fact.choices])
    terms = [term for item in category.items if fact.id in item.facts for term in item.terms]
    if fact.type == "date":
        return _ages(terms)
    return _quantities(fact, terms)


def _subsets(ids: list[str]) -> Breakpoints:
    every = range(len(ids) + 1)
    sizes = every if len(ids) <= MOST_CHOICES else (0, 1, 2, len(ids) - 1, len(ids))
    found = [frozenset(some) for size in sizes for some in combinations(ids, size)]
    return Breakpoints(tuple(found), 2 ** len(ids) - len(found))


def _ages(terms: Iterable[Term]) -> Breakpoints:
    """Every age in complete years up to the last that a rule names, and the oldest that is read."""
    named = [0, *(int(age) for term in terms for age in _named_ages(term))]
    _, oldest = _bounds(FACTS[AGE])
    return Breakpoints((*range(min(max(named) + 3, oldest)), oldest))


def _named_ages(term: Term) -> Iterator[Any]:
    if isinstance(term.law, AgeStepsLaw):
        yield from (term.law.base_age, term.law.last_age)


def _quantities(fact: Fact, terms: Iterable[Term]) -> Breakpoints:
    least, most = _bounds(fact)
    at, left_out = {least + 1}, 0
    for term in dict.fromkeys(terms):
        step, units = _stairs(term)
        tried = _tried(units)
        left_out = max(left_out, units - len(tried))
        at.update(step * unit for unit in tried)
    around = {one + by for one in at for by in (-1, 0, 1)} | {least, most}
    return Breakpoints(tuple(sorted(one for one in around if least <= one <= most)), left_out)


def _bounds(fact: Fact) -> tuple[int, int]:
    """The least and the most that can be told of a quantity."""
    least, most = fact.minimum, fact.maximum
    return least if isinstance(least, int) else 0, most if isinstance(most, int) else LARGEST


def _stairs(term: Term) -> tuple[int, int]:
    """How much makes one unit, and how many units there are until nothing more is given."""
    law = term.law
    if isinstance(law, PerUnitLaw):
        return law.step, _units(units_needed(law.rate, term.limit))
    if isinstance(law, PerCountLaw):
        return 1, _units(units_needed(law.rate, term.limit))
    if isinstance(law, DeductionLaw):
        return 1, _units(units_needed(law.rate, law.most))
    return 1, 1


def _units(needed: int | None) -> int:
    return UNCAPPED_UNITS if needed is None else needed


def _tried(units: int) -> list[int]:
    half = MOST_UNITS // 2
    first = range(1, min(units, half) + 1)
    return [*first, *range(max(len(first), units - half) + 1, units + 1)]
