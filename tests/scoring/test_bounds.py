"""Low and high are exact, and behave: properties over random people, and brute force."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    FACTS,
    CategoryResult,
    Estimate,
    Facts,
    Ruleset,
    estimate,
    load_ruleset,
    open_facts,
)
from tests.scoring.amendments import settled_rules
from tests.scoring.strategies import ON, OPEN, answers, grid, people

MANY = settings(max_examples=150, deadline=None)
RULESETS = [
    pytest.param(load_ruleset("yongjia-2022"), id="yongjia-2022"),
    pytest.param(load_ruleset("yongjia-original"), id="yongjia-original"),
    pytest.param(settled_rules(), id="settled"),
]


def lines(result: Estimate) -> Iterator[Any]:
    """Everything that has points, low and high, but deductions."""
    yield result
    for part in result.parts:
        yield part
        for category in part.categories:
            yield category
            yield from category.items


@pytest.mark.parametrize("ruleset", RULESETS)
@MANY
@given(person=people())
def test_points_are_between_low_and_high_on_every_level(
    ruleset: Ruleset, person: dict[str, Any]
) -> None:
    for line in lines(estimate(ruleset, Facts(person), on=ON)):
        assert line.low <= line.points <= line.high


@pytest.mark.parametrize("ruleset", RULESETS)
@MANY
@given(person=people())
def test_caps_hold(ruleset: Ruleset, person: dict[str, Any]) -> None:
    result = estimate(ruleset, Facts(person), on=ON)
    for part, rules in zip(result.parts, ruleset.at(ON).parts, strict=True):
        bound = sum(c.points for c in part.categories if c.id not in rules.uncapped)
        free = sum(c.points for c in part.categories if c.id in rules.uncapped)
        assert part.points == (bound if part.cap is None else min(bound, part.cap)) + free
        for category in part.categories:
            assert category.cap is None or category.points <= category.cap
            for item in category.items:
                assert item.cap is None or item.points <= item.cap


@pytest.mark.parametrize("ruleset", RULESETS)
@MANY
@given(person=people(), data=st.data())
def test_answering_a_fact_never_widens_the_range(
    ruleset: Ruleset, person: dict[str, Any], data: st.DataObject
) -> None:
    # age_told_on takes back nothing: without it, told today
    told = sorted(person.keys() & {*OPEN, "age_years"})
    if not told:
        return
    asked = data.draw(st.sampled_from(told))
    before = estimate(ruleset, Facts({f: a for f, a in person.items() if f != asked}), on=ON)
    after = estimate(ruleset, Facts(person), on=ON)
    for one, other in zip(lines(before), lines(after), strict=True):
        assert one.low <= other.low
        assert other.high <= one.high


@pytest.mark.parametrize("ruleset", RULESETS)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_bounds_are_those_of_all_ways_to_complete_the_answers(
    ruleset: Ruleset, data: st.DataObject
) -> None:
    category = data.draw(st.sampled_from([c for c in ruleset.at(ON).categories if c.facts]))
    facts = [fact for fact in category.facts if fact in FACTS]
    if not facts:
        return
    unknown = [fact for fact in facts if fact in OPEN]
    open_ = data.draw(st.lists(st.sampled_from(unknown), min_size=1, max_size=3, unique=True))
    person = data.draw(st.fixed_dictionaries({fact: answers(FACTS[fact]) for fact in facts}))
    known = {fact: answer for fact, answer in person.items() if fact not in open_}
    found = result(ruleset, known, category.id)
    ways = product(*(grid(FACTS[fact]) for fact in open_))
    tried = [
        result(ruleset, {**known, **dict(zip(open_, way, strict=True))}, category.id)
        for way in ways
    ]
    if found.high.is_finite():
        assert found.high == max(one.high for one in tried)
    assert found.low == min(one.low for one in tried)


def result(ruleset: Ruleset, facts: dict[str, Any], category: str) -> CategoryResult:
    return estimate(ruleset, Facts(facts), on=ON).category(category)


def test_a_lowest_tier_that_gives_points_raises_low_where_education_is_unknown() -> None:
    found = result(settled_rules(), {}, "education")
    assert (found.points, found.low, found.high) == (5, 5, 10)
    assert result(load_ruleset("yongjia-2022"), {}, "education").low == 0


def test_where_nothing_limits_a_count_high_is_infinite_and_json_has_none() -> None:
    found = estimate(load_ruleset("yongjia-original"), {}, on=ON)
    assert not found.category("innovation").high.is_finite()
    assert found.as_json()["high"] is None


@pytest.mark.parametrize("ruleset", RULESETS)
@MANY
@given(person=people(), data=st.data())
def test_a_fact_that_is_not_open_changes_nothing(
    ruleset: Ruleset, person: dict[str, Any], data: st.DataObject
) -> None:
    open_ = open_facts(ruleset, Facts(person), ON)
    assert not set(open_) & set(person)
    told = {*person, *(["birth_date"] if "age_years" in person else [])}
    closed = [fact for fact in OPEN if fact not in told and fact not in open_]
    if not closed:
        return
    fact = data.draw(st.sampled_from(closed))
    before = estimate(ruleset, Facts(person), on=ON)
    for answer in grid(FACTS[fact]):
        after = estimate(ruleset, Facts({**person, fact: answer}), on=ON)
        assert (after.points, after.low, after.high) == (before.points, before.low, before.high)


def test_open_facts_come_in_the_order_of_the_catalogue_without_permit() -> None:
    found = open_facts(load_ruleset("yongjia-2022"), {}, ON)
    assert list(found) == [fact for fact in OPEN if fact != "permit"]


def test_a_full_category_closes_its_other_facts() -> None:
    found = open_facts(load_ruleset("yongjia-2022"), {"honours_province": 1}, ON)
    assert not [fact for fact in found if fact.startswith("honours")]
