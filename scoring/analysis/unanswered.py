"""What a person has not told and may already have: the papers that would prove it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scoring.engine.category_eval import CategoryAt
from scoring.engine.estimate import estimate
from scoring.engine.results import CategoryResult
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import FACTS, read_facts


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A category with rows that were not answered, and the papers that prove them."""

    category: str
    label: str
    papers: tuple[str, ...]


def unanswered(
    ruleset: Ruleset,
    facts: Mapping[str, Any],
    *,
    on: date,
    asked: Collection[str] = FACTS.keys(),
) -> tuple[Unanswered, ...]:
    """What one may have without having told it, in the order of the annex: of the facts `asked`,
    nothing that is sensitive, and nothing that needs no paper. Raises FactsError where the facts
    cannot be used.

    >>> from scoring import load_ruleset
    >>> facts = {"education": "bachelor"}
    >>> found = unanswered(load_ruleset("yongjia-2022"), facts, on=date(2026, 11, 23))
    >>> [(one.label, *one.papers) for one in found][1]
    ('缴纳社会保险', '参保证明')
    """
    known = read_facts(facts, ruleset.catalogue)
    result = estimate(ruleset, known, on=on)
    return tuple(
        Unanswered(category.id, now.label, papers)
        for part in ruleset.at(on).parts
        for category in part.categories
        if (now := result.category(category.id)).high > now.points
        if (papers := tuple(dict.fromkeys(_papers(category, now, {*asked} - {*known}))))
    )


def _papers(category: CategoryAt, now: CategoryResult, left: Collection[str]) -> Iterator[str]:
    for item, row in zip(category.items, now.items, strict=True):
        open_facts = [fact for fact in row.facts if fact in left]
        if open_facts and not any(FACTS[fact].sensitive for fact in open_facts if fact in FACTS):
            for _, evidence in item.evidence:
                yield from evidence.papers
