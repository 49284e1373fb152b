"""Which questions are still worth asking."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from scoring.category import CategoryAt
from scoring.compiled import PartAt
from scoring.estimate import outcome_of, part_total
from scoring.facts import Fact, Facts, read_facts
from scoring.results import limited
from scoring.rules.base import ZERO
from scoring.ruleset import Ruleset

Triple = tuple[Decimal, Decimal, Decimal]
"""Points, low and high."""


def open_facts(ruleset: Ruleset, facts: Mapping[str, Any], on: date) -> tuple[str, ...]:
    """The unanswered facts that can still change points, low or high, in the catalogue's order.

    A fact whose category, or whose part, is full already is not among them; `permit` never is, as
    it changes no points.

    >>> from scoring import load_ruleset
    >>> open_facts(load_ruleset("yongjia-2022"), {"honours_nation": 1}, date(2026, 11, 23))[8:10]
    ('special_statuses', 'talent_class')
    """
    known = facts if type(facts) is Facts else read_facts(facts, ruleset.catalogue)
    parts = [_Part(part, known, on) for part in ruleset.at(on).parts]
    found: set[str] = set()
    for part in parts:
        others = _sum(other.total for other in parts if other is not part)
        found.update(part.open(ruleset, known, on, others))
    return tuple(fact for fact in ruleset.catalogue if fact in found)


class _Part:
    """A part as it stands, ready to try answers."""

    def __init__(self, part: PartAt, known: Facts, on: date) -> None:
        self.part = part
        self.given = [_triple(category, known, on) for category in part.categories]
        self.sum = _sum(self.given)
        self.total = self.totalled(self.given)

    def open(self, ruleset: Ruleset, known: Facts, on: date, others: Triple) -> Iterator[str]:
        """The facts of this part that can change the score, `others` being the other parts."""
        score = _score(self.total, others)
        trial = Facts(known)
        for place, category in enumerate(self.part.categories):
            given = self.given[place]
            for fact in category.facts:
                if fact in known or fact in ruleset.facts:
                    continue  # answered, or a deduction's: never asked
                for answer in _extremes(ruleset.catalogue[fact], on):
                    trial[fact] = answer
                    tried = _triple(category, trial, on)
                    if tried != given and _score(self.instead(place, tried), others) != score:
                        yield fact
                        break
                del trial[fact]

    def instead(self, place: int, tried: Triple) -> Triple:
        """The part's total if the category at `place` gave this."""
        if self.part.uncapped:
            return self.totalled([*self.given[:place], tried, *self.given[place + 1 :]])
        (a, b, c), (x, y, z), (p, q, r), cap = self.sum, self.given[place], tried, self.part.cap
        return limited(a - x + p, cap), limited(b - y + q, cap), limited(c - z + r, cap)

    def totalled(self, given: list[Triple]) -> Triple:
        """The part's total of what its categories give."""
        points, low, high = (part_total(self.part, column) for column in zip(*given, strict=True))
        return points, low, high


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


def _sum(triples: Iterable[Triple]) -> Triple:
    points = low = high = ZERO
    for triple in triples:
        points, low, high = points + triple[0], low + triple[1], high + triple[2]
    return points, low, high


def _score(part: Triple, others: Triple) -> Triple:
    (a, b, c), (x, y, z) = part, others
    return max(ZERO, a + x), max(ZERO, b + y), max(ZERO, c + z)
