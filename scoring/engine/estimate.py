"""From facts to an estimate."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.ages import age_on
from scoring.engine.category_eval import CategoryAt, Outcome
from scoring.engine.compile import PartAt
from scoring.engine.evidence import base_papers, merged
from scoring.engine.notices import notices_for
from scoring.engine.results import CategoryResult, Estimate, PartResult, limited
from scoring.engine.row_eval import Answers
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import Facts, read_facts
from scoring.rulefile.kinds.base import ZERO

_ELIGIBLE = {"residence_permit": True, "registration_only": False, "none": False}


def estimate(
    ruleset: Ruleset,
    facts: Mapping[str, Any],
    *,
    on: date,
) -> Estimate:
    """The points a person can expect on a day, with the range and the reasons.

    `facts` are answers by fact id; absent means unknown. Raises FactsError.

    >>> from scoring import load_ruleset
    >>> facts = {"education": "junior_college", "social_insurance_months": 42}
    >>> result = estimate(load_ruleset("yongjia-2022"), facts, on=date(2026, 11, 23))
    >>> result.category("education").points, result.item("social_insurance").points
    (Decimal('8'), Decimal('10.50'))
    """
    known = facts if type(facts) is Facts else read_facts(facts, ruleset.catalogue)
    rules = ruleset.at(on)
    told = rules.told(known)
    outcomes = [
        [outcome_of(one, known, on) if one.id in told else one.untold for one in part.categories]
        for part in rules.parts
    ]
    parts = tuple(
        _part(part, tuple(outcome.result for outcome in found))
        for part, found in zip(rules.parts, outcomes, strict=True)
    )
    papers = [base_papers(ruleset, known.get("permit"))]
    papers += [outcome.evidence for found in outcomes for outcome in found if outcome.evidence]
    return Estimate(
        ruleset=ruleset.id,
        on=on,
        eligible=eligibility(known),
        points=max(ZERO, sum((part.points for part in parts), ZERO)),
        low=max(ZERO, sum((part.low for part in parts), ZERO)),
        high=max(ZERO, sum((part.high for part in parts), ZERO)),
        parts=parts,
        evidence=merged(paper for group in papers for paper in group),
        notices=notices_for(rules, known, on),
        amendments=rules.amendments,
    )


def eligibility(facts: Mapping[str, Any]) -> bool | None:
    """Whether points are given at all: with a residence permit only. None where it is unknown."""
    return _ELIGIBLE.get(facts.get("permit", ""))


def outcome_of(category: CategoryAt, facts: Facts, on: date) -> Outcome:
    """The result of one category and its papers."""
    return category.outcome(answers_of(category, facts, on))


def answers_of(category: CategoryAt, facts: Facts, on: date) -> Answers:
    """What is known of a category's facts, as it takes them: an age for a date of birth."""
    if not category.dates and facts.keys().isdisjoint(category.facts):
        return category.presumed  # as in most categories for most people
    told = zip(category.facts, category.presumed, strict=True)
    answers = [facts.get(fact, presumed) for fact, presumed in told]
    for place, fact in enumerate(category.facts) if category.dates else ():
        if fact in category.dates:
            answers[place] = age_on(fact, facts, on)
    return tuple(answers)


def _part(part: PartAt, results: tuple[CategoryResult, ...]) -> PartResult:
    return PartResult(
        id=part.id,
        label=part.label,
        points=part_total(part, [result.points for result in results]),
        low=part_total(part, [result.low for result in results]),
        high=part_total(part, [result.high for result in results]),
        cap=part.cap,
        categories=results,
    )


def part_total(part: PartAt, amounts: Sequence[Decimal]) -> Decimal:
    """What the categories of a part come to, at most its cap."""
    if not part.uncapped:
        return limited(sum(amounts, ZERO), part.cap)
    inside = outside = ZERO
    for amount, category in zip(amounts, part.categories, strict=True):
        if category.id in part.uncapped:
            outside += amount
        else:
            inside += amount
    return limited(inside, part.cap) + outside
