"""What a clerk may verify, and what it comes to: held against the estimates themselves."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Facts, Ruleset, estimate, load_ruleset
from scoring.engine.results import Estimate
from scoring.engine.verified import allowed, together
from tests.scoring.amendments import guide_example, rules_with
from tests.scoring.strategies import people

DAY = date(2027, 1, 4)
RULES = load_ruleset("yongjia-2022")
AMENDED = rules_with(guide_example("amendment"))


def points_of(result: Estimate) -> dict[str, Decimal]:
    return {
        item.id: item.points if item.counted else Decimal(0)
        for category in result.categories()
        for item in category.items
    }


@settings(max_examples=30, deadline=None)
@given(people(), st.sampled_from([RULES, AMENDED]))
def test_whatever_an_estimate_gives_is_allowed_and_comes_to_its_points(
    facts: Facts, rules: Ruleset
) -> None:
    result = estimate(rules, facts, on=DAY)
    limits = allowed(rules, DAY)
    for category in result.categories():
        for item in category.items:
            least, most = limits[item.id]
            assert least <= item.low <= item.points <= item.high <= most, item.id
    assert together(rules, points_of(result), DAY) == sum(p.points for p in result.parts)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_no_verified_points_pass_the_caps(data: st.DataObject) -> None:
    limits = {id: most for id, (_, most) in allowed(RULES, DAY).items()}
    verified = {id: data.draw(st.decimals(0, most, places=2)) for id, most in limits.items()}
    assert together(RULES, verified, DAY) <= 300
    for part in RULES.at(DAY).parts:
        own = {item.id for category in part.categories for item in category.items}
        these = {id: points for id, points in verified.items() if id in own}
        assert part.cap is None or together(RULES, these, DAY) <= part.cap


@pytest.mark.parametrize(
    ("rules", "row", "limits"),
    [
        (RULES, "social_insurance", (0, 30)),  # 0.25 or 0.5 a month, at most 30
        (RULES, "employment", (0, 10)),  # 5 by one reading, 10 by the other
        (RULES, "blood_donations", (0, 10)),  # unpublished, but not above 10
        (RULES, "other_2", (0, 0)),  # nobody knows what it is
        (RULES, "deduction_1", (0, 0)),
        (AMENDED, "deduction_1", (-10, 0)),  # 2 each, at most 10
        (AMENDED, "deduction_4", (-30, 0)),  # once
        (AMENDED, "charity", (0, 6)),
    ],
)
def test_limits_of_rows(rules: Ruleset, row: str, limits: tuple[int, int]) -> None:
    assert allowed(rules, DAY)[row] == limits


def test_of_the_highest_only_one_counts_and_a_category_has_an_end() -> None:
    both = {"junior_college": Decimal(8), "bachelor_or_above": Decimal(10)}
    assert together(RULES, both, DAY) == 10
    homes = {"owned_home": Decimal(15), "let_home": Decimal(5)}
    assert together(RULES, homes, DAY) == 15
    assert together(AMENDED, homes | {"deduction_1": Decimal(-4)}, DAY) == 11
