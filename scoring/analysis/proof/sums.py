"""Above the categories: the sums and caps of the parts, of which the lemma speaks.

No fact belongs to two categories, so their least can all come together, and their most; a sum with
a cap never falls when one of its terms grows. So the low of a part, and of the whole, is what the
lows of the categories come to, and the high likewise. What is left to show is that the engine adds
up as the file says, here for people at the corners of the categories.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from scoring.analysis.breakpoints import breakpoints
from scoring.analysis.proof.grid import Amounts
from scoring.analysis.proof.told import as_facts
from scoring.engine.category_eval import CategoryAt
from scoring.engine.estimate import answers_of, estimate
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import Facts, read_facts
from scoring.rulefile.kinds.base import UNBOUNDED, ZERO
from scoring.rulefile.model import Part


class Sum(NamedTuple):
    """The points, low and high of one person on a day, in the whole: as the engine gives them, and
    as the categories come to under the caps that the file writes."""

    facts: Facts
    found: Amounts
    right: Amounts


def shared(categories: Sequence[CategoryAt]) -> list[str]:
    """The facts that belong to two categories: the lemma wants none."""
    return [id for id, n in Counter(f for c in categories for f in c.facts).items() if n > 1]


def sums(ruleset: Ruleset, on: date) -> Iterator[Sum]:
    """People at the corners: everything at its least, unknown, and at its most; and each category
    by itself at its most among the others at their least, and unknown among those at their most."""
    corners = {c.id: _corners(ruleset, c) for c in ruleset.at(on).categories}
    least, most = ({id: ends[n] for id, ends in corners.items()} for n in range(2))
    unknown: dict[str, dict[str, Any]] = {id: {} for id in corners}
    people = [least, unknown, most]
    people += [{**least, id: most[id]} for id in corners]
    people += [{**most, id: unknown[id]} for id in corners]
    for person in people:
        answers = {fact: told for some in person.values() for fact, told in some.items()}
        facts = read_facts(as_facts(answers, ruleset.catalogue, on), ruleset.catalogue)
        result = estimate(ruleset, facts, on=on)
        found = result.points, result.low, result.high
        yield Sum(facts, found, _added(ruleset, facts, on))


def _corners(ruleset: Ruleset, category: CategoryAt) -> tuple[dict[str, Any], dict[str, Any]]:
    """For each fact the answer that gives the least, and the one that gives the most, by itself."""
    nothing = dict.fromkeys(category.facts)

    def points(fact: str, answer: Any) -> Decimal:
        return category.amounts(tuple({**nothing, fact: answer}.values()))[0]

    tried = {f: breakpoints(category, ruleset.catalogue[f]).answers for f in category.facts}
    least = {fact: min(some, key=partial(points, fact)) for fact, some in tried.items()}
    most = {fact: max(some, key=partial(points, fact)) for fact, some in tried.items()}
    return least, most


def _added(ruleset: Ruleset, facts: Facts, on: date) -> Amounts:
    """What the categories come to, part by part as the file writes it, and never below nothing."""
    categories = {c.id: c.amounts(answers_of(c, facts, on)) for c in ruleset.at(on).categories}

    def total(n: int) -> Decimal:
        added = ZERO
        for part in ruleset.parts:
            bound = [categories[c.id][n] for c in part.categories if c.id not in part.outside_cap]
            free = [categories[id][n] for id in part.outside_cap]
            added += min(sum(bound, ZERO), _cap(part, on)) + sum(free, ZERO)
        return max(added, ZERO)

    return total(0), total(1), total(2)


def _cap(part: Part, on: date) -> Decimal:
    entry = part.cap.on(on) if part.cap else None
    return UNBOUNDED if entry is None or entry.value is None else entry.value
