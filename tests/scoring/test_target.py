"""What must be true to have so many points."""

from decimal import Decimal
from typing import Any

import pytest

from scoring import Reach, estimate, load_ruleset, reach
from tests.scoring.people import ACCEPTANCE, ON, complete
from tests.scoring.reference.people import people

RULES = load_ruleset("yongjia-2022")


def goal(target: int, **facts: Any) -> Reach:
    return reach(RULES, complete({**ACCEPTANCE, **facts}), target, on=ON)


def after(found: Reach, **facts: Any) -> Decimal:
    changes = {step.way.fact: step.value for step in found.steps}
    return estimate(RULES, complete({**ACCEPTANCE, **facts, **changes}), on=ON).points


def test_already_there() -> None:
    found = goal(66)
    assert (found.state, found.steps) == ("reached", ())


def test_a_little_more_takes_one_small_step() -> None:
    found = goal(67)  # 2 more services at 0.5 are enough
    assert found.state == "steps"
    assert len(found.steps) == 1
    assert found.with_steps == after(found) == 67


@pytest.mark.parametrize("target", [68, 70, 75, 80, 85, 90, 100])
def test_the_steps_are_enough_and_none_can_be_left_out(target: int) -> None:
    found = goal(target)
    assert found.state == "steps"
    assert found.with_steps == after(found) >= target
    for step in found.steps:
        rest = {s.way.fact: s.value for s in found.steps if s is not step}
        assert estimate(RULES, complete({**ACCEPTANCE, **rest}), on=ON).points < target


def test_beyond_the_steps_it_says_where_there_is_room() -> None:
    found = goal(200)
    assert found.state == "beyond_steps"
    assert found.with_steps < 200 <= found.most
    assert (
        found.rooms[0].most - found.rooms[0].points >= found.rooms[-1].most - found.rooms[-1].points
    )


def test_out_of_reach_with_the_end_named() -> None:
    # 100 common and 200 of the county are the most; blood is not published and counts 0 of its 10,
    # and two rows of the other activities are not known: 5 − 1 less
    found = goal(301)
    assert found.state == "out_of_reach"
    assert (found.most, found.highest) == (300 - 10 - 4, 300)
    assert goal(300).state == goal(287).state == "only_if_settled_well"
    assert goal(286).state == "beyond_steps"


def test_the_age_of_today_bounds_what_can_be_reached() -> None:
    assert goal(301, birth_date="1970-01-01").most == 300 - 10 - 4 - (20 - 5)  # 56 years: 5


def test_where_nothing_limits_the_end_is_open() -> None:
    found = reach(load_ruleset("yongjia-original"), complete(ACCEPTANCE), 10_000, on=ON)
    assert found.state == "beyond_steps"
    assert found.as_json()["rooms"][0]["most"] is None


def test_json_is_plain() -> None:
    told = goal(70).as_json()
    assert (told["target"], told["state"], told["points"]) == (70, "steps", 66)


def test_random_people_never_get_steps_that_fall_short() -> None:
    for person in people(25, ON, seed=11):
        points = estimate(RULES, person, on=ON).points
        found = reach(RULES, person, points + 6, on=ON)
        if found.state == "steps":
            changes = {step.way.fact: step.value for step in found.steps}
            assert estimate(RULES, {**person, **changes}, on=ON).points >= points + 6
