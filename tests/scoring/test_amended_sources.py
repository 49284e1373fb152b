"""What an office settles, corrects and fills in is told with the office's own source and day."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scoring import RulesetError, estimate, load_ruleset
from scoring.engine.loading import check_path
from tests.scoring.amendments import guide_example, rules_with
from tests.scoring.people import ACCEPTANCE

BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)
HEAD = "amends: yongjia-2022\ntitle: 口径\ndocuments:\n  reply: {title: 答复}\n"
CITED = "source: {document: reply, place: 第一条}, verified_on: 2026-12-20"
SETTLED = (
    "settle:\n  - {conflict: social_insurance.monthly_rate, reading: neighbours, "
    f"from: 2027-01-01, {CITED}}}\n"
)


def corrected(figure: str, value: Any, since: str = "2027-01-01", more: str = "") -> str:
    return f"  - {{figure: {figure}, value: {value}, from: {since}{more}, {CITED}}}\n"


def told(cited: Any) -> tuple[Any, ...]:
    return cited.status, cited.source.document, cited.since, cited.verified_on, cited.amended


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("social_insurance.rate", "social_insurance"),  # settled
        ("charity.cap", "charity"),  # corrected; the cap decides for 9 full thousands
        ("deduction_1.rate", "deduction_1"),  # filled in
    ],
)
def test_a_value_and_its_line_are_cited_by_the_amendment(path: str, row: str) -> None:
    rules = rules_with(guide_example("amendment"))
    own = ("stated", "reply", AFTER, date(2026, 11, 20), True)
    assert told(rules.figure(path, AFTER)) == own
    facts = {**ACCEPTANCE, "charity_yuan": 9999, "example_offence": 1}
    assert told(estimate(rules, facts, on=AFTER).item(row)) == own
    assert not estimate(rules, facts, on=BEFORE).item(row).amended


def test_the_result_says_which_amendments_are_in_force() -> None:
    rules = rules_with(guide_example("amendment"))
    result = estimate(rules, ACCEPTANCE, on=AFTER)
    assert [(one.kind, one.target) for one in result.amendments] == [
        ("settle", "social_insurance.monthly_rate"),
        ("row", "deduction_1"),
        ("row", "deduction_4"),
        ("name", "deductions_1"),
        ("correct", "charity.cap"),
        ("correct", "public_welfare.cap"),
        ("correct", "county.cap"),
    ]
    assert {one.file for one in result.amendments} == {"own.yaml"}
    said = {notice.id: notice.text for notice in result.notices}
    assert said["amended"].endswith("《2027 年计分口径（示例）》（2027-01-01 起）。")
    before = estimate(rules, ACCEPTANCE, on=BEFORE)
    assert before.amendments == ()
    assert "amended" not in {notice.id for notice in before.notices}


def test_a_correction_before_the_settlement_holds_after_it() -> None:
    own = HEAD + SETTLED + "correct:\n"
    own += corrected("social_insurance.rate", 0.4, "2026-12-01", ", reading: neighbours")
    rules = rules_with(own)
    figure = rules.figure("social_insurance.rate", AFTER)
    assert (figure.value, figure.since, figure.source.place) == (Decimal("0.4"), AFTER, "第一条")


def test_a_correction_from_the_day_of_the_settlement_says_its_own() -> None:
    correct = corrected("social_insurance.rate", 0.4, more=", reading: neighbours")
    own = HEAD + SETTLED + "correct:\n" + correct.replace("第一条", "第二条")
    figure = rules_with(own).figure("social_insurance.rate", AFTER)
    assert (figure.value, figure.source.place) == (Decimal("0.4"), "第二条")


def test_the_amending_document_speaks_for_a_reading_it_corrects() -> None:
    own = f"{HEAD}correct:\n" + corrected("social_insurance.rate", 0.3, more=", reading: note")
    result = estimate(rules_with(own), ACCEPTANCE, on=AFTER)
    first, other = result.item("social_insurance").explanation.readings
    assert (first.source.title, "《答复》" in first.label, "0.3" in first.label) == (
        "答复",
        True,
        True,
    )
    assert other.source.document == "ruian"


def test_a_class_of_deductions_has_its_name_from_its_day_on() -> None:
    rules = rules_with(guide_example("amendment"))
    label = "示例减分大类"
    assert estimate(rules, {}, on=AFTER).category("deductions_1").label == label
    assert estimate(rules, {}, on=BEFORE).category("deductions_1").label != label
    assert rules.at(AFTER).ruleset.category("deductions_1").label == label


def test_a_class_is_named_once_for_a_day_and_must_exist() -> None:
    name = f"  - {{category: CLASS, label: 大类, from: 2027-01-01, {CITED}}}\n"
    with pytest.raises(RulesetError, match=r"own\.yaml:7: .* named twice from 2027-01-01"):
        rules_with(f"{HEAD}names:\n{name * 2}".replace("CLASS", "deductions_1"))
    with pytest.raises(RulesetError, match=r"own\.yaml:6: .*did you mean deductions_1"):
        rules_with(f"{HEAD}names:\n{name}".replace("CLASS", "deduction_1"))


REFUSED = [
    # 15 for a home is all the category gives
    (corrected("owned_home.points", 150), "owned_home.points: the row's points 150 is above"),
    (corrected("owned_home.points", 16), "owned_home.points: the row's points 16 is above"),
    # 5 + 20 + 10 + 5 + 5 = 45, so 46 and 44 with a cap of 6 and 4
    (corrected("charity.cap", 6), "public_welfare.cap: its rows come to 46 .* its cap stays at 45"),
    (corrected("charity.cap", 4), "public_welfare.cap: its rows give at most 44"),
    # 5 + 5 + 25 = 35 of 30
    (
        corrected("investment_tax.business_tax+income_tax.cap", 25),
        "investment_tax.cap: its rows come to 35 .* its cap stays at 30",
    ),
    (corrected("talent.cap", 25), "county.cap: the categories' caps add up to 205"),
    (corrected("county.cap", 210), "county.cap: the categories' caps add up to 200"),
]


@pytest.mark.parametrize(("own", "said"), REFUSED)
def test_what_no_longer_adds_up_is_refused_at_the_line_of_the_amendment(
    own: str, said: str
) -> None:
    with pytest.raises(RulesetError, match=rf"own\.yaml:6: (housing.)?{said}"):
        rules_with(f"{HEAD}correct:\n{own}")


def test_what_a_category_gives_may_still_be_lowered_alone_and_its_cap_met() -> None:
    for figure, value in (("owned_home.points", 15), ("owned_home.points", 14)):
        rules_with(f"{HEAD}correct:\n{corrected(figure, value)}")


def test_a_source_read_on_a_day_to_come_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    own = corrected("owned_home.points", 14)
    file.write_text(f"{HEAD}correct:\n{own}", encoding="utf-8")
    read, day_before = date(2026, 12, 20), date(2026, 12, 19)
    assert check_path(file, read) == []
    assert [str(fault) for fault in check_path(file, day_before)] == [
        "own.yaml:6: verified_on: 2026-12-20 is still to come, today is 2026-12-19. "
        "Fix: write the day a person read it"
    ]
    load_ruleset("yongjia-2022", tmp_path, today=read)
    with pytest.raises(RulesetError, match="still to come"):
        load_ruleset("yongjia-2022", tmp_path, today=day_before)


def test_amendments_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(guide_example("amendment"), encoding="utf-8")
    plain = load_ruleset("yongjia-2022", tmp_path, amended=False)
    assert plain.figure("charity.cap", AFTER).value == 5
    assert load_ruleset("yongjia-2022", tmp_path).figure("charity.cap", AFTER).value == 6


def test_the_cap_of_a_category_is_not_that_of_its_only_row() -> None:
    """`special_status.cap` is the category's; the row's has its full path."""
    own = corrected("special_status.cap", 10) + corrected("county.cap", 205)
    own += corrected("special_status.special_status.cap", 10).replace("第一条", "第二条")
    rules = rules_with(f"{HEAD}correct:\n{own}")
    category, row = (
        rules.figure(path, AFTER)
        for path in ("special_status.cap", "special_status.special_status.cap")
    )
    assert (category.value, category.source.place) == (10, "第一条")
    assert (row.value, row.source.place) == (10, "第二条")


def test_a_whole_ruleset_that_settles_a_conflict_itself_is_cited_by_it(tmp_path: Path) -> None:
    text = Path(__file__).with_name("malformed").joinpath("row_cap_above_category.yaml").read_text()
    settled = (
        "            settled:\n              - {reading: table, from: 2026-01-01, status: stated, "
        "source: {document: notice, place: 第九条}, verified_on: 2026-01-02}\n        items:\n"
        "          - id: residence\n"
    )
    text = text.replace("value: 31", "value: 30")
    text = text.replace("        items:\n          - id: residence\n", settled)
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")
    rules = load_ruleset("small", tmp_path)
    before, after = (
        rules.figure("residence.rate", day) for day in (date(2025, 12, 31), date(2026, 1, 1))
    )
    assert (before.value, before.source.place, len(before.readings)) == (
        Decimal("0.25"),
        "第三条",
        2,
    )
    assert (after.value, after.source.place, after.since) == (
        Decimal("0.5"),
        "第九条",
        date(2026, 1, 1),
    )
