"""Two rulesets row by row, and one person under both."""

from collections import Counter
from datetime import date
from decimal import Decimal

from scoring import Difference, compare, differences, estimate, load_ruleset
from tests.scoring.amendments import guide_example, rules_with
from tests.scoring.people import ACCEPTANCE, ON, complete
from tests.scoring.reference.people import people

OLD, NEW = load_ruleset("yongjia-original"), load_ruleset("yongjia-2022")
FOUND = differences(OLD, NEW, on=ON)


def row(id: str) -> Difference:
    return next(one for one in FOUND if one.row == id)


def test_every_row_of_the_newer_ruleset_is_there_once_in_its_order() -> None:
    assert [one.row for one in FOUND if one.kind != "removed"] == [i.id for i in NEW.items()]


def test_every_row_of_the_earlier_one_is_followed_or_gone() -> None:
    followed = {id for one in FOUND for id in one.was}
    gone = {one.row for one in FOUND if one.kind == "removed"}
    assert followed | gone == {item.id for item in OLD.items()}
    assert not followed & gone


def test_what_the_note_says_is_new_changed_and_kept() -> None:
    assert row("age").kind == "added"
    assert row("special_status").kind == "same"
    assert row("volunteer_services").kind == "changed"
    assert row("volunteer_services").worth == (Decimal(2), Decimal("0.5"))
    assert row("bachelor_or_above").was == ("bachelor", "master", "doctor")
    assert row("bachelor_or_above").worth is None  # three rows became one


def test_a_cap_held_by_the_category_or_shared_is_a_cap_of_the_row() -> None:
    assert row("social_insurance").kind == "same"  # 30 in the row before, in the category now
    assert {one.key: one.figure.value for one in row("housing_fund").after}["cap"] == 10
    assert row("business_tax").kind == "changed"  # the rate is the same, together 60 became 20
    assert {one.key: one.figure.value for one in row("income_tax").before}["joint_cap"] == 60


def test_the_reason_of_the_note_goes_with_the_row() -> None:
    assert "租赁合同" in (row("let_home").reason or "")
    assert "行业协会" in (row("honours_city").reason or "")


def test_a_ruleset_against_itself_has_no_difference() -> None:
    assert {one.kind for one in differences(NEW, NEW, on=ON)} == {"same"}


def test_the_other_way_round_rows_are_matched_by_their_ids() -> None:
    found = Counter(one.kind for one in differences(NEW, OLD, on=ON))
    assert found["added"] > 0
    assert found["removed"] > 0


def test_json_is_plain() -> None:
    told = row("volunteer_services").as_json()
    assert told["was"] == ["volunteer_services"]
    assert {one["key"]: one["figure"]["value"] for one in told["after"]} == {"rate": 0.5, "cap": 5}


def test_the_acceptance_person_before_and_after() -> None:
    found = compare(OLD, NEW, complete(ACCEPTANCE), on=ON)
    # before: 10 + 5 + 10.5 + 4 full years × 3 + 3 years × 2 + 4 services × 2
    assert (found.before.points, found.after.points, found.gain) == (51.5, 66, 14.5)
    lines = {line.category: (line.before, line.after) for line in found.lines if line.gain}
    assert lines == {
        "age": (0, 20),
        "education": (10, 8),
        "skill": (5, 8),
        "residence": (12, 12.5),
        "housing": (6, 5),
        "public_welfare": (8, 2),
    }


def test_the_lines_add_up_to_the_gain_where_no_cap_of_a_part_bites() -> None:
    for person in people(200, ON, seed=21):
        found = compare(OLD, NEW, person, on=ON)
        parts = [*found.before.parts, *found.after.parts]
        if any(part.cap is not None and part.points >= part.cap for part in parts):
            continue
        assert sum(line.gain for line in found.lines) == found.gain, person


def test_both_estimates_are_the_ones_anybody_gets() -> None:
    for person in people(20, ON, seed=22):
        found = compare(OLD, NEW, person, on=ON)
        assert found.before == estimate(OLD, person, on=ON)
        assert found.after == estimate(NEW, person, on=ON)


def test_a_line_tells_only_the_rows_that_mattered() -> None:
    found = compare(OLD, NEW, complete(ACCEPTANCE), on=ON)
    line = next(line for line in found.lines if line.category == "public_welfare")
    assert [one.row for one in line.differences] == ["volunteer_services"]
    told = found.as_json()
    assert (told["ruleset"], told["points"], told["gain"]) == ("yongjia-original", 51.5, 14.5)


def test_a_row_that_the_office_replaced_is_compared_once_and_for_its_own_reason() -> None:
    amended = rules_with(guide_example("amendment"))
    for on, label in (
        (date(2026, 12, 31), "减分第 1 项（名称未公布）"),
        (date(2027, 1, 1), "示例减分情形一"),
    ):
        found = [one for one in differences(OLD, amended, on=on) if one.row == "deduction_1"]
        assert [(one.label, one.was, one.reason) for one in found] == [
            (label, ("deduction_1",), None)
        ]


def test_what_is_counted_in_other_units_is_not_said_to_be_more_or_less() -> None:
    assert row("residence").worth is None  # 3 a year, 0.25 a month
    assert row("law_study").worth == (2, Decimal("0.5"))
