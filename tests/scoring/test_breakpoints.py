"""Breakpoints: every answer at which a row changes is among them, with those beside it."""

from collections.abc import Iterator
from typing import Any

import pytest

from scoring import Fact, load_ruleset
from scoring.analysis.breakpoints import MOST_UNITS, breakpoints
from scoring.engine.category_eval import CategoryAt
from scoring.rulefile.facts import QUANTITIES
from tests.scoring.amendments import rules_with
from tests.scoring.strategies import ON


def quantities() -> Iterator[Any]:
    for id in ("yongjia-2022", "yongjia-original", "zhejiang-common"):
        rules = load_ruleset(id)
        for category in rules.at(ON).categories:
            for name in category.facts:
                fact = rules.catalogue[name]
                if fact.type in QUANTITIES:
                    yield pytest.param(category, fact, id=f"{id}: {category.id}.{name}")


def rows(category: CategoryAt, fact: Fact, answer: int) -> list[Any]:
    """What the rows of a fact give for an answer, the other facts unknown."""
    told = tuple(answer if one == fact.id else None for one in category.facts)
    return [item.spans(own) for item, own in category._each(told) if fact.id in item.facts]


@pytest.mark.parametrize(("category", "fact"), list(quantities()))
def test_no_row_changes_between_two_that_follow_each_other(
    category: CategoryAt, fact: Fact
) -> None:
    answers = breakpoints(category, fact).answers
    assert answers[0] == fact.minimum
    assert answers[-1] == fact.maximum
    capped = all(t.limit is not None for i in category.items for t in i.terms if fact.id in i.facts)
    ends = zip(answers, answers[1:] if capped else answers[1:-1], strict=False)
    for low, high in ends:
        for between in {low, (low + high) // 2, high - 1}:
            assert rows(category, fact, between) == rows(category, fact, low), between


@pytest.mark.parametrize(
    ("rate", "unit", "cap", "count", "left_out"),
    [
        ("1", "points_per_1000_yuan", 5, 19, 0),  # 0 1 2, 999 1000 1001 … 5001, and the largest
        ("1", "points_per_yuan", MOST_UNITS, MOST_UNITS + 3, 0),
        ("1", "points_per_yuan", MOST_UNITS + 1, MOST_UNITS + 4, 1),
        ("0.001", "points_per_yuan", 10**6, MOST_UNITS + 5, 10**9 - MOST_UNITS),
    ],
)
def test_many_units_are_tried_at_both_ends_and_the_rest_is_counted(
    rate: str, unit: str, cap: int, count: int, left_out: int
) -> None:
    cited = "from: 2026-01-01, source: {document: reply, place: 一}, verified_on: 2026-01-01"
    row = (
        f"id: charity, label: 捐赠, rule: per_unit, fact: charity_yuan, evidence: charity, "
        f"rate: {{value: {rate}, unit: {unit}}}, cap: {{value: {cap}, unit: points}}"
    )
    rules = rules_with(
        "amends: yongjia-original\ntitle: 例\ndocuments: {reply: {title: 答复}}\n"
        f"rows:\n  - {{category: public_welfare, row: {{{row}}}, {cited}}}\n",
        "yongjia-original",
    )
    category = next(c for c in rules.at(ON).categories if c.id == "public_welfare")
    found = breakpoints(category, rules.catalogue["charity_yuan"])
    assert (len(found.answers), found.left_out) == (count, left_out)
