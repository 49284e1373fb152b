"""The estimate against a second implementation that shares no code with it."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from typing import Any

import pytest

from scoring import FACTS, Facts, estimate, load_ruleset
from tests.scoring.reference import RULESETS, reference
from tests.scoring.reference.people import by_age, people

ON = date(2026, 11, 23)
PEOPLE = 20_000
SLICES = 4  # so that the processes of the test run share the work; two of them are enough daily
NUMBERS = [0, 1, *(pytest.param(number, marks=pytest.mark.soak) for number in (2, 3))]


def slice_of(number: int) -> Iterator[dict[str, Any]]:
    return islice(people(PEOPLE, ON), number, None, SLICES)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("ruleset", RULESETS)
def test_random_people_get_the_same_points_low_and_high(ruleset: str, number: int) -> None:
    rules = load_ruleset(ruleset)
    for person in slice_of(number):
        expected = reference(ruleset, person, ON)
        found = estimate(rules, Facts(person), on=ON)
        assert (found.points, found.low, found.high) == (
            expected["points"],
            expected["low"],
            expected["high"],
        ), person


def test_each_category_of_the_revision_agrees() -> None:
    rules = load_ruleset("yongjia-2022")
    everyone = people(1_000, ON, seed=7)
    for person in chain(everyone, by_age(people(1_000, ON, seed=8), ON)):
        expected = reference("yongjia-2022", person, ON)["parts"]
        found = estimate(rules, Facts(person), on=ON)
        for categories in expected.values():
            for id, amounts in categories.items():
                category = found.category(id)
                assert (category.points, category.low, category.high) == amounts, (id, person)


def test_the_people_are_worth_asking() -> None:
    """They answer everything, something and hardly anything, and reach both ends of the points."""
    everyone = list(people(2_000, ON))
    answers = {len(person) for person in everyone}
    points = [reference("yongjia-2022", person, ON)["points"] for person in everyone]
    assert min(answers) < 5
    assert max(answers) == len([fact for fact in FACTS.values() if not fact.stands_for])
    assert min(points) == 0
    assert max(points) > 200


@pytest.mark.parametrize("ruleset", RULESETS)
def test_the_reference_itself_by_hand(ruleset: str) -> None:
    person = {"birth_date": date(1994, 5, 1), "education": "master", "rented_years": 3}
    # 2022: age 20 + education 10 + rent min(5, 2 × 3); original: education 25 + rent 2 × 3
    assert (
        reference(ruleset, person, ON)["points"]
        == {"yongjia-2022": 35, "yongjia-original": 31}[ruleset]
    )
