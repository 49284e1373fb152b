"""What would add points, and nothing that nobody should be told to do."""

from typing import Any

import pytest
from pydantic import ValidationError

from scoring import FACTS, FactsError, Step, advise, estimate, list_rulesets, load_ruleset
from scoring.analysis.advice import Catalogue, Change, catalogue, ways
from scoring.analysis.unanswered import unanswered
from tests.scoring.people import ON, complete
from tests.scoring.reference.people import people

RULES = load_ruleset("yongjia-2022")
NEVER = {
    "birth_date",
    "special_statuses",
    "political_role",
    "donation",
    "talent_class",
    "owned_home",
    "above_scale_legal_representative",
    "business_tax_yuan",
    "income_tax_yuan",
}


def steps(**facts: Any) -> dict[str, Step]:
    return {step.way.id: step for step in advise(RULES, complete(facts), on=ON)}


ORDER = ["time", "papers", "easy", "effort", "money", "body"]


def test_it_goes_by_stages_then_the_largest_first() -> None:
    assert [stage.id for stage in catalogue().stages] == ORDER
    for person in people(15, ON, seed=4):
        found = [(ORDER.index(s.stage.id), -s.gain.points) for s in advise(RULES, person, on=ON)]
        assert found == sorted(found)


def test_every_gain_names_its_rows_and_where_they_are_written() -> None:
    for rules in list_rulesets():
        for person in people(15, ON, seed=6):
            for step in advise(rules, person, on=ON):
                assert step.items, step
                now = estimate(rules, person, on=ON)
                for item in step.items:
                    assert step.way.fact in now.item(item.id).facts
                    assert all(item.source), item


def test_only_what_gives_of_the_body_is_voluntary_and_last() -> None:
    voluntary = [stage.id for stage in catalogue().stages if stage.voluntary]
    assert voluntary == ORDER[-1:]
    bodily = {"blood_donations", "donor_registration"}
    assert {way.fact for way in ways() if way.stage in voluntary} == bodily


def test_going_on_is_waiting_and_beginning_is_not() -> None:
    going_on = steps(social_insurance_months=42)["social_insurance"]
    beginning = steps(social_insurance_months=0)["social_insurance"]
    assert (going_on.stage.id, beginning.stage.id) == ("time", "effort")
    assert (going_on.label, beginning.label) == ("社保接着缴", "把社保缴起来")


def test_what_was_not_told_may_be_there_with_its_papers() -> None:
    facts = {"education": "bachelor", "special_statuses": [], "volunteer_services": 3}
    found = {one.category: one.papers for one in unanswered(RULES, facts, on=ON)}
    assert found["housing_fund"] == ("住房公积金缴存证明",)
    assert found["public_welfare"] == ("捐赠票据",)  # nothing sensitive, nothing told already
    assert not {"education", "special_status", "age"} & set(found)


@pytest.mark.parametrize("named", ["soon", None])
def test_every_way_stands_in_a_stage_and_every_stage_has_one(named: str | None) -> None:
    written = catalogue().model_dump(mode="json", exclude_none=True, exclude_unset=True)
    if named is None:
        written["stages"].append({"id": "spare", "label": "空"})
    else:
        written["ways"][0]["stage"] = named
    with pytest.raises(ValidationError, match="stages without a way, or not there"):
        Catalogue.model_validate(written)


def test_volunteering_up_to_its_cap() -> None:
    # 4 × 0.5 = 2; six more make 10 × 0.5 = 5, the cap
    step = steps(volunteer_services=4)["volunteer"]
    assert (step.amount, step.value, step.gain.points) == (6, 10, 3)


def test_nothing_more_at_the_cap() -> None:
    assert "volunteer" not in steps(volunteer_services=10)
    assert "social_insurance" not in steps(social_insurance_months=120)


def test_charity_counts_full_thousands_from_where_one_is() -> None:
    # 2500 yuan are 2 points; 2500 more make 5000 and 5 points
    assert steps(charity_yuan=2500)["charity"].amount == 2500


def test_blood_has_a_range_only_because_its_points_are_not_published() -> None:
    step = steps()["blood"]
    assert (step.amount, step.gain.points, step.gain.low, step.gain.high) == (1, 0, 0, 10)


def test_waiting_says_by_when() -> None:
    step = steps(social_insurance_months=42)["social_insurance"]
    assert (step.amount, step.gain.points, step.gain.high) == (12, 3, 6)  # 0.25 or 0.5 a month
    assert str(step.by) == "2027-11-23"


def test_the_next_rung_that_adds_points() -> None:
    assert steps(skill="level_3")["skill_level"].value == "level_2"
    assert steps(skill="level_5")["skill_level"].value == "level_4"
    assert steps(skill="junior_title")["skill_title"].value == "intermediate_title"
    assert steps(skill="special_ability_advanced")["skill_beyond_special"].value == "level_3"
    assert "education" not in steps(education="bachelor")


def test_one_step_to_one_answer() -> None:
    found = advise(RULES, complete({"skill": "level_3"}), on=ON)
    answers = [(step.way.fact, step.value) for step in found]
    assert len(answers) == len(set(answers))


def test_whoever_has_a_business_is_not_sent_after_a_contract() -> None:
    assert "labour_contract" in steps()
    assert "labour_contract" not in steps(employment=["business_owner"])


def test_what_was_not_answered_is_taken_as_nothing_and_said_so() -> None:
    found = {step.way.id: step for step in advise(RULES, {}, on=ON)}
    assert not found["volunteer"].answered
    assert found["volunteer"].gain.points == 5
    assert "skill_level" not in found  # asking comes before advising


def test_every_gain_is_that_of_the_estimate() -> None:
    for person in people(40, ON, seed=3):
        before = estimate(RULES, person, on=ON)
        for step in advise(RULES, person, on=ON):
            after = estimate(RULES, {**person, step.way.fact: step.value}, on=ON)
            assert after.points - before.points == step.gain.points
            assert step.gain.low <= step.gain.points <= step.gain.high


def test_nobody_is_advised_what_nobody_should_be() -> None:
    assert not NEVER & {way.fact for way in ways()}
    assert not [way.id for way in ways() if way.fact.startswith(("honours", "patents", "science"))]


def test_every_way_is_about_facts_and_choices_there_are() -> None:
    for way in ways():
        choices = {choice.id for choice in FACTS[way.fact].choices}
        named = {*(way.change.next or ()), *([way.change.include] if way.change.include else [])}
        assert named <= choices, way.id
    assert len({way.id for way in ways()}) == len(ways())


def test_json_is_plain() -> None:
    told = steps(volunteer_services=4)["volunteer"].as_json()
    assert told["gain"] == {"points": 3, "low": 3, "high": 3}
    assert told["unit"] == "次"


@pytest.mark.parametrize("written", [{}, {"more": 1, "wait": 2}, {"once": True}])
def test_a_change_is_one_thing(written: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Change.model_validate(written)


def test_facts_are_checked() -> None:
    with pytest.raises(FactsError, match="too small"):
        advise(RULES, {"volunteer_services": -1}, on=ON)
