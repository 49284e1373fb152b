"""Points that a clerk verified: what each row allows, and what the rows come to together."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from scoring.engine.compile import PartAt
from scoring.engine.estimate import part_total
from scoring.engine.results import limited
from scoring.engine.row_eval import ItemAt, Span, Term
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import LARGEST, Fact
from scoring.rulefile.kinds.base import UNBOUNDED, ZERO

DEDUCTION, UNPUBLISHED = "deduction", "unpublished"


def allowed(ruleset: Ruleset, on: date) -> dict[str, Span]:
    """By row the least and the most that anybody can have there on a day, under any reading that is
    open, within the caps of row, category and part. A row whose points are not published may give
    as much as the caps around it leave; one that no fact describes gives nothing, until a person
    fills it in. Infinite where the ruleset states no end.

    >>> from scoring import load_ruleset
    >>> found = allowed(load_ruleset("yongjia-2022"), date(2026, 11, 23))
    >>> found["social_insurance"], found["blood_donations"], found["deduction_1"]
    ((Decimal('0'), Decimal('30')), (Decimal('0'), Decimal('10')), (Decimal('0'), Decimal('0')))
    """
    return {
        item.id: (_least(ruleset, item), limited(_most(item), _part_cap(part, category.id)))
        for part in ruleset.at(on).parts
        for category in part.categories
        for item in category.items
    }


def together(ruleset: Ruleset, verified: Mapping[str, Decimal], on: date) -> Decimal:
    """What verified points of rows come to: rows of a category as it says (all, or the highest), at
    most its cap, and the part's; by the default readings, as an estimate is."""
    return sum(
        (
            part_total(
                part,
                [
                    category.combos[0].total(
                        [verified.get(item.id, ZERO) for item in category.items]
                    )
                    for category in part.categories
                ],
            )
            for part in ruleset.at(on).parts
        ),
        ZERO,
    )


def _least(ruleset: Ruleset, item: ItemAt) -> Decimal:
    """Below nothing for deductions only: as often as one can have done it."""
    if item.rule != DEDUCTION:
        return ZERO
    worst = {fact: _largest(ruleset.catalogue[fact]) for fact in item.facts}
    return min(term.law.raw(worst) for term in item.terms)


def _largest(fact: Fact) -> int:
    if fact.type == "yesno":
        return 1
    return fact.maximum if isinstance(fact.maximum, int) else LARGEST


def _most(item: ItemAt) -> Decimal:
    return max(limited(_ceiling(item, term), term.limit) for term in item.terms)


def _ceiling(item: ItemAt, term: Term) -> Decimal:
    unknown = item.rule == UNPUBLISHED and item.facts and "high" not in item.figures
    return UNBOUNDED if unknown else term.law.ceiling()


def _part_cap(part: PartAt, category: str) -> Decimal | None:
    return None if category in part.uncapped else part.cap
