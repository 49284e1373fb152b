"""An office's own files: settle, correct, fill in, add; and values that change on a day."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scoring import Ruleset, RulesetError, estimate, list_rulesets, load_ruleset
from scoring.counties import packaged_rulesets
from tests.scoring.amendments import guide_example, rules_with
from tests.scoring.people import ACCEPTANCE, complete

BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)
HEAD = "amends: yongjia-2022\ntitle: 口径\ndocuments:\n  reply: {title: 答复}\n"
CITED = "source: {document: reply, place: 第一条}, verified_on: 2026-12-20"


@pytest.fixture
def example() -> Ruleset:
    return rules_with(guide_example("amendment"))


def points(ruleset: Ruleset, on: date, **facts: Any) -> tuple[Decimal, Decimal, Decimal]:
    result = estimate(ruleset, complete({**ACCEPTANCE, **facts}) | facts, on=on)
    return result.points, result.low, result.high


def test_a_settled_reading_ends_the_range_from_its_day_on(example: Ruleset) -> None:
    assert points(example, BEFORE) == (66, 66, Decimal("76.5"))
    # 42 × 0.5 = 21 instead of 10.5
    assert points(example, AFTER) == (Decimal("76.5"), Decimal("76.5"), Decimal("76.5"))
    line = estimate(example, ACCEPTANCE, on=AFTER).item("social_insurance")
    assert (line.unsettled, line.explanation.readings) == ((), ())


def test_filled_deductions_count_from_their_day_on(example: Ruleset) -> None:
    assert points(example, BEFORE, example_offence=3)[0] == 66
    # 76.5 - 3 × 2
    assert points(example, AFTER, example_offence=3)[0] == Decimal("70.5")
    # 76.5 - at most 10 - 30
    found = points(example, AFTER, example_offence=9, example_false_papers=True)
    assert found[0] == Decimal("36.5")


def test_the_total_is_never_below_zero(example: Ruleset) -> None:
    result = estimate(example, {"example_false_papers": True}, on=AFTER)
    assert (result.points, result.low, result.part("deductions").points) == (0, 0, -30)


def test_an_unsaid_deduction_is_presumed_none_and_the_notice_says_so(example: Ruleset) -> None:
    said = {notice.id for notice in estimate(example, ACCEPTANCE, on=AFTER).notices}
    assert "deductions_presumed_none" in said
    all_said = {**ACCEPTANCE, "example_offence": 0, "example_false_papers": False}
    assert "deductions_beyond" in {n.id for n in estimate(example, all_said, on=AFTER).notices}
    assert "deductions_possible" in {n.id for n in estimate(example, all_said, on=BEFORE).notices}


def test_a_corrected_value_counts_from_its_day_on(example: Ruleset) -> None:
    rich = {"charity_yuan": 9999}
    assert estimate(example, rich, on=BEFORE).item("charity").points == 5
    assert estimate(example, rich, on=AFTER).item("charity").points == 6
    figure = example.figure("charity.cap", AFTER)
    assert (figure.since, figure.source.document) == (AFTER, "reply")


def test_a_correction_on_the_first_day_stands_instead() -> None:
    own = f"{HEAD}correct:\n  - {{figure: donation.points, value: 19, from: 2022-07-04, {CITED}}}\n"
    assert estimate(rules_with(own), {"donation": True}, on=BEFORE).item("donation").points == 19


def test_one_reading_of_a_value_can_be_corrected() -> None:
    own = (
        f"{HEAD}correct:\n  - {{figure: social_insurance.rate, reading: neighbours, value: 0.4, "
        f"from: 2027-01-01, {CITED}}}\n"
    )
    line = estimate(rules_with(own), {"social_insurance_months": 10}, on=AFTER)
    found = line.item("social_insurance")
    assert (found.low, found.high) == (Decimal("2.5"), 4)


def test_a_reading_that_is_another_rows_value_is_corrected_with_it() -> None:
    nine = f"{{figure: junior_college.points, value: 9, from: 2027-01-01, {CITED}}}"
    found = estimate(
        rules_with(f"{HEAD}correct:\n  - {nine}\n"), {"studying": "junior_college"}, on=AFTER
    )
    assert found.item("studying_junior_college").high == 9


def test_a_reading_left_behind_by_a_new_row_is_a_fault() -> None:
    row = (
        "{id: junior_college, label: 大专, rule: tier, fact: education, "
        "evidence: higher_education, "
        "choices: {value: [junior_college], unit: choices}, points: {value: 9, unit: points}}"
    )
    with pytest.raises(RulesetError, match="from 2027-01-01 on this reading does not"):
        rules_with(
            f"{HEAD}rows:\n  - {{category: education, from: 2027-01-01, {CITED}, row: {row}}}\n"
        )


def test_papers_and_remarks_are_named_with_their_file() -> None:
    found = rules_with(guide_example("papers")).origin.besides
    assert [(one.kind, one.target) for one in found] == [
        ("papers", "let_home"),
        ("remark", "list_of_papers"),
    ]


def test_a_repeal_is_written_and_said() -> None:
    own = (
        f"{HEAD}correct:\n  - {{figure: law_study.rate, value: null, from: 2027-01-01, {CITED}}}\n"
    )
    rules = rules_with(own)
    assert estimate(rules, {"law_study_activities": 4}, on=BEFORE).item("law_study").points == 2
    after = estimate(rules, {"law_study_activities": 4}, on=AFTER)
    line = after.item("law_study")
    assert (line.points, line.high, line.explanation.state) == (0, 0, "repealed")
    assert any("参加学法用法活动" in n.text for n in after.notices if n.id == "repealed_items")
    with pytest.raises(KeyError, match="near: law_study"):
        rules.figure("law_study.rate", AFTER)


def test_a_row_can_be_added_when_the_totals_are_restated() -> None:
    row = (
        "{id: law_exam, label: 学法考试, rule: flag, fact: passed_exam, "
        "points: {value: 1, unit: points}, no_evidence: 由县里登记。}"
    )
    own = (
        f"{HEAD}facts:\n  passed_exam: {{type: yesno, label: 通过学法考试}}\n"
        "restate: [{part: county, categories: 11, rows: 35}]\n"
        f"rows:\n  - {{category: public_welfare, from: 2027-01-01, {CITED}, row: {row}}}\n"
    )
    rules = rules_with(own)
    assert estimate(rules, {"passed_exam": True}, on=AFTER).item("law_exam").points == 1
    with pytest.raises(KeyError):
        estimate(rules, {"passed_exam": True}, on=BEFORE).item("law_exam")


def test_a_whole_county_can_be_added(tmp_path: Path) -> None:
    (tmp_path / "xiaoxian.yaml").write_text(guide_example("county"), encoding="utf-8")
    ids = [ruleset.id for ruleset in list_rulesets(tmp_path)]
    assert ids == [*packaged_rulesets(), "xiaoxian-2027"]
    county = load_ruleset("xiaoxian-2027", tmp_path)
    facts = {"education": "bachelor", "residence_months": 30}
    assert estimate(county, facts, on=AFTER).points == 25  # 10 + 30 × 0.5


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(HEAD, encoding="utf-8")
    before = load_ruleset("yongjia-2022", tmp_path)
    assert load_ruleset("yongjia-2022", tmp_path) is before
    one = f"{{figure: donation.points, value: 19, from: 2022-07-04, {CITED}}}"
    path.write_text(f"{HEAD}correct:\n  - {one}\n", encoding="utf-8")
    assert load_ruleset("yongjia-2022", tmp_path) is not before


def test_several_files_amend_together(tmp_path: Path) -> None:
    for number, value in ((1, 19), (2, 18)):
        one = f"{{figure: donation.points, value: {value}, from: 202{number + 6}-01-01, {CITED}}}"
        text = f"{HEAD}correct:\n  - {one}\n".replace("reply", f"reply{number}")
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    rules, donor = load_ruleset("yongjia-2022", tmp_path), {"donation": True}
    found = [
        estimate(rules, donor, on=date(year, 1, 1)).item("donation").points
        for year in (2026, 2027, 2028)
    ]
    assert found == [20, 19, 18]


def test_before_the_first_value_nothing_is_guessed() -> None:
    early = date(2022, 7, 3)
    result = estimate(load_ruleset("yongjia-2022"), ACCEPTANCE, on=early)
    assert (result.points, result.low, result.high) == (0, 0, 0)
    assert result.notices[0].id == "before_first_value"
    assert "2022-07-04" in result.notices[0].text
    assert all(i.explanation.state == "undated" or i.rule == "unpublished" for i in items(result))


def items(result: Any) -> list[Any]:
    return [item for category in result.categories() for item in category.items]


def test_a_value_read_too_long_ago_is_said_aloud() -> None:
    yearly, monthly = load_ruleset("yongjia-2022"), rules_with(f"{HEAD}verified_within_days: 30\n")

    def aged(rules: Ruleset, days: int) -> bool:
        notices = estimate(rules, {}, on=date(2026, 11, 23) + timedelta(days=days)).notices
        return "over_aged" in {notice.id for notice in notices}

    assert (aged(yearly, 365), aged(yearly, 366)) == (False, True)
    assert (aged(monthly, 30), aged(monthly, 31)) == (False, True)


def test_a_ruleset_of_the_office_s_own_stands_instead_of_the_packaged_one() -> None:
    county = guide_example("county").replace("id: xiaoxian-2027", "id: yongjia-2022")
    assert rules_with(county).region == "小县"


def test_choices_and_ways_can_be_corrected() -> None:
    own = (
        f"{HEAD}correct:\n"
        f"  - {{figure: talent_f.choices, value: [E, F], from: 2027-01-01, {CITED}}}\n"
        f"  - {{figure: talent_a_to_e.choices, value: [A, B], from: 2027-01-01, {CITED}}}\n"
        f"  - {{figure: housing.combine, value: highest, from: 2027-01-01, {CITED}}}\n"
    )
    rules = rules_with(own)
    assert estimate(rules, {"talent_class": "E"}, on=AFTER).category("talent").points == 10
    assert rules.figure("housing.combine", AFTER).value == "highest"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            "abc",
            "own.yaml:6: county.public_welfare.charity.cap.history[2].value: this is not a number",
        ),
        ("-1", "own.yaml:6: public_welfare.charity.cap: -1 is negative"),
        ("99", "own.yaml:6: public_welfare.charity.cap: the row's cap 99 is above its category's"),
        ("5, unit: points_per_month", "own.yaml:6: public_welfare.charity.cap: the unit"),
    ],
)
def test_a_correction_that_does_not_fit_is_named_with_its_own_place(value: str, said: str) -> None:
    own = (
        f"{HEAD}correct:\n  - {{figure: charity.cap, value: {value}, from: 2027-01-01, {CITED}}}\n"
    )
    with pytest.raises(RulesetError) as caught:
        rules_with(own)
    assert said in str(caught.value)


def test_caps_may_exceed_the_cap_of_their_part_where_the_office_says_so() -> None:
    """Otherwise anyone who settles for 20 had to change a cap that the document states."""
    settled = f"""settle:
  - {{conflict: housing.both_rows, reading: twenty, from: 2027-01-01, {CITED}}}
restate:
  - {{part: county, categories: 11, rows: 34, caps_exceed: true}}
"""
    facts = {"owned_home": True, "rented_years": 3}
    category = estimate(rules_with(HEAD + settled), facts, on=AFTER).category("housing")
    assert (category.points, category.low, category.high, category.cap) == (20, 20, 20, 20)
    everything = estimate(rules_with(HEAD + settled), {}, on=AFTER)
    assert everything.part("county").high == 200


def test_the_papers_of_the_guide_stand_instead_of_ours() -> None:
    result = estimate(rules_with(guide_example("papers")), {"rented_years": 2}, on=AFTER)
    papers = {one.id: (one.papers, one.verified_by, one.status) for one in result.evidence}
    assert papers["let_home"] == (("租赁备案证明",), "县住建局", "stated")
    assert ("身份证",) in {one.papers for one in result.evidence}
    assert "list_of_papers" in {notice.id for notice in result.notices}
