"""A goal by a day: what waiting gives, what is missing, what fits into the time."""

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from scoring import Plan, estimate, load_ruleset, plan, timeline
from scoring.analysis.advice import ways
from scoring.analysis.plan import full_months
from tests.scoring.people import ACCEPTANCE, ON, complete
from tests.scoring.reference.people import people

RULES = load_ruleset("yongjia-2022")
AUGUST = date(2027, 8, 31)


def by(day: date, target: int | None = None, **facts: Any) -> Plan:
    return plan(RULES, complete({**ACCEPTANCE, **facts}), on=ON, by=day, target=target)


def test_waiting_alone_by_a_day() -> None:
    found = by(AUGUST)  # 9 months of 0.25 for the insurance and the residence
    assert (found.months, float(found.now.points), float(found.then.points)) == (9, 66, 70.5)
    assert found.goal is None


@pytest.mark.parametrize("months", [1, 7, 24, 59])
def test_it_agrees_with_the_timeline_at_the_end_of_a_month(months: int) -> None:
    facts = complete({**ACCEPTANCE, "birth_date": "1985-02-28", "housing_fund_months": 30})
    ahead = timeline(RULES, facts, on=ON)
    moment = next(one for one in ahead.moments if full_months(ON, one.day) == months)
    assert plan(RULES, facts, on=ON, by=moment.day).then.points == moment.points


def test_an_age_that_was_told_grows_too() -> None:
    told = complete({**ACCEPTANCE, "birth_date": None, "age_years": 45})
    found = plan(RULES, told, on=ON, by=AUGUST)
    assert (found.then.category("age").low, found.then.category("age").high) == (14, 15)


def test_what_waiting_brings_is_no_step_and_steps_fit_into_the_time() -> None:
    months = {way.id: way.months for way in ways()}
    facts = {"skill": "level_4", "education": "high_school", "rented_years": 1}
    soon, later = by(date(2027, 1, 31), 200, **facts), by(date(2029, 12, 31), 200, **facts)
    assert soon.goal is not None
    assert later.goal is not None
    taken = {step.way.id for step in soon.goal.steps}
    assert not taken & {"social_insurance", "residence"}
    assert all(months[id] <= soon.months for id in taken)
    assert {"skill_level", "education", "rent"} <= {step.way.id for step in later.goal.steps}


def test_steps_are_free_first_and_enough_and_the_body_is_last() -> None:
    found = by(AUGUST, 94)
    assert found.goal is not None
    gives = [step.stage.id for step in found.goal.steps]
    assert found.goal.state == "steps"
    assert gives[0] == "papers"
    assert [place for place, one in enumerate(gives) if one == "body"] == [len(gives) - 1]
    assert found.goal.with_steps >= 94
    nearer = by(AUGUST, 80)
    assert nearer.goal is not None
    assert "body" not in {step.stage.id for step in nearer.goal.steps}


def test_a_goal_that_waiting_reaches_needs_nothing() -> None:
    found = by(AUGUST, 70)
    assert found.goal is not None
    assert (found.goal.state, found.goal.steps) == ("reached", ())


def test_no_step_is_about_the_body_while_another_would_do() -> None:
    for person in people(8, ON, seed=13):
        points = plan(RULES, person, on=ON, by=AUGUST).then.points
        found = plan(RULES, person, on=ON, by=AUGUST, target=points + 3).goal
        assert found is not None
        if found.steps:
            assert not found.steps[0].stage.voluntary or len(found.steps) == 1


def test_the_day_cannot_be_over() -> None:
    with pytest.raises(ValueError, match="2026-11-22 is before 2026-11-23"):
        by(date(2026, 11, 22))
    assert by(ON).then.points == estimate(RULES, complete(ACCEPTANCE), on=ON).points


def test_the_command() -> None:
    facts = json.dumps({"residence_months": 50, "volunteer_services": 8, "employment": []})
    command = ["estimate", "-", "--on", "2026-11-23", "--by", "2027-08-31", "--reach", "24"]
    told = json.loads(CliRunner().invoke(main, [*command, "--json"], input=facts).stdout)["plan"]
    assert (told["now"]["points"], told["then"]["points"], told["months"]) == (16.5, 18.75, 9)
    assert [step["id"] for step in told["goal"]["steps"]] == ["labour_contract", "law_study"]
    said = CliRunner().invoke(main, command, input=facts).stdout
    assert "到2027年8月31日大约 18.75 分" in said
    assert "离 24 分还差 5.25 分" in said
    over = CliRunner().invoke(main, [*command[:4], "--by", "2026-11-22"], input=facts)
    assert (over.exit_code, "before the day" in over.stderr) == (2, True)
