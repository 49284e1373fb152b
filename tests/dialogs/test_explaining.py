"""Every line of both rulesets is explained: with points, with nothing, unanswered, capped."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import scoring.rulefile.kinds
from dialogs.explaining import explain, explain_category
from scoring import FACTS, Facts, estimate, load_ruleset
from scoring.rulefile.kinds import KINDS
from tests.dialogs.talks import agreed
from tests.scoring.amendments import guide_example, rules_with
from tests.scoring.reference.people import people

ON = date(2026, 11, 23)
RULESETS = ("yongjia-2022", "yongjia-original")
PARTIALS = Path(__file__).parents[2] / "templates" / "chat" / "explain"


def told(ruleset: str, item: str, **facts: Any) -> list[str]:
    rules = load_ruleset(ruleset)
    found = estimate(rules, facts, on=ON).item(item)
    return explain(found, rules.catalogue).splitlines()


def everything(best: bool) -> Facts:
    values: dict[str, Any] = {}
    for id, fact in FACTS.items():
        if fact.type == "choice":
            values[id] = fact.choices[-1 if best else 0].id
        elif fact.type == "set":
            values[id] = frozenset(choice.id for choice in fact.choices) if best else frozenset()
        elif fact.stands_for:
            continue
        elif fact.type == "date":
            values[id] = date(1990, 1, 1)
        else:
            values[id] = (fact.type == "yesno" or 9) if best else 0
    return Facts(values)


def test_each_kind_of_rule_has_its_partial_and_no_partial_is_left_over() -> None:
    partials = {path.stem for path in PARTIALS.glob("*.txt") if not path.stem.startswith("_")}
    assert partials == {*KINDS, "category"}
    assert set(KINDS) <= {
        path.stem for path in Path(scoring.rulefile.kinds.__file__).parent.glob("*.py")
    }


@pytest.mark.parametrize("ruleset", RULESETS)
@pytest.mark.parametrize("facts", [Facts(), everything(True), everything(False)])
def test_every_line_is_explained(ruleset: str, facts: Facts) -> None:
    rules = load_ruleset(ruleset)
    for category in estimate(rules, facts, on=ON).categories():
        text = explain_category(category, rules.catalogue)
        assert category.label in text
        for item in category.items:
            first, *rest = explain(item, rules.catalogue).splitlines()
            assert first.startswith(f"{item.label}：")
            assert rest[-1].startswith("出处：")
            assert len(rest) >= 2, f"{item.id}: nothing says why"
            assert all(line.strip() for line in rest), f"{item.id}: an empty line"


def test_every_line_of_random_people_is_explained() -> None:
    for person in people(100, ON, seed=5):
        for ruleset in RULESETS:
            rules = load_ruleset(ruleset)
            for category in estimate(rules, Facts(person), on=ON).categories():
                assert "None" not in explain_category(category, rules.catalogue)


@pytest.mark.parametrize(
    ("item", "facts", "line"),
    [
        ("social_insurance", {"social_insurance_months": 42}, "42 个月 × 0.25 = 10.5"),
        ("charity", {"charity_yuan": 2500}, "2500 元里有 2 个整 1000 元：2 × 1 = 2"),
        ("charity", {"charity_yuan": 999}, "您答：999 元，每满 1000 元才计 1 分，还没满。"),
        ("volunteer_services", {"volunteer_services": 14}, "14 次 × 0.5 = 7"),
        ("volunteer_services", {"volunteer_services": 14}, "最高 5 分，超过的不计。"),
        ("volunteer_services", {"volunteer_services": 0}, "您答：0 次，所以没有分。"),
        ("volunteer_services", {}, "还没有回答，先按 0 分算。"),
        ("junior_college", {"education": "bachelor"}, "您答：本科，不在“大专（含高职）”这一档。"),
        ("age", {"birth_date": "1982-01-01"}, "44 岁，比 55 岁年轻 11 岁：5 + 11 × 1 = 16"),
        ("age", {"birth_date": "1960-01-01"}, "66 岁，超过 60 岁，按 0 分算。"),
        ("age", {"age_years": 44}, "44 岁，比 55 岁年轻 11 岁：5 + 11 × 1 = 16"),
        (
            "age",
            {"age_years": 53, "age_told_on": "2026-11-01"},
            "53 或 54 岁，先按 54 岁算，比 55 岁年轻 1 岁：5 + 1 × 1 = 6",
        ),
        ("owned_home", {"owned_home": True}, "您答：有，计 15 分。"),
        ("special_status", {"special_statuses": []}, "您答：都没有，所以没有分。"),
        ("employment", {"employment": ["labour_contract"]}, "签了劳动合同：1 项 × 5 = 5"),
        (
            "blood_donations",
            {"blood_donations": 2},
            "您答：2 次；计多少分没有公布，所以只给一个范围。",
        ),
        ("other_2", {}, "这一项的内容和分值都没有公布，没有算，也不问您。"),
    ],
)
def test_the_arithmetic_or_the_reason(item: str, facts: dict[str, Any], line: str) -> None:
    assert line in told("yongjia-2022", item, **facts)


def test_readings_are_told_only_where_they_make_a_difference() -> None:
    assert any(
        "→ 21 分" in line
        for line in told("yongjia-2022", "social_insurance", social_insurance_months=42)
    )
    assert "写法不一：" not in told("yongjia-2022", "social_insurance", social_insurance_months=0)


def test_what_is_inferred_waits_for_the_window() -> None:
    assert told("yongjia-2022", "age", birth_date="1960-01-01")[-1].endswith("（待窗口确认）")


def test_taxes_share_a_cap() -> None:
    found = estimate(
        load_ruleset("yongjia-2022"),
        {"business_tax_yuan": 150_000, "income_tax_yuan": 10_000},
        on=ON,
    )
    text = explain_category(found.category("investment_tax"))
    assert "缴纳税费、缴纳个人所得税加起来是 25 分，合在一起最高 20 分。" in text


def test_a_deduction_that_the_office_filled_in() -> None:
    own = rules_with(guide_example("amendment"))
    day = date(2027, 1, 1)
    known = estimate(own, {"example_offence": 3, "example_false_papers": True}, on=day)
    first = explain(known.item("deduction_1"), own.catalogue).splitlines()
    assert first[:2] == ["示例减分情形一：-6 分", "3 次 × 2 = 6，扣 6 分。"]
    assert first[-1].endswith("答复（示例），“第二条”，2027年1月1日起，2026年11月20日核对")
    assert "1 次 × 30 = 30，扣 30 分。" in explain(known.item("deduction_4"), own.catalogue)
    nobody = estimate(own, {"example_offence": 0}, on=day)
    assert "没有记录，不扣分。" in explain(nobody.item("deduction_1"), own.catalogue)


def test_the_details_name_what_the_office_settled_later() -> None:
    person = agreed("1", "1990年5月", "大专", "三级", "42个月")
    person.rules = rules_with(guide_example("amendment"))
    said = "县里后来定的也算进去了：《2027 年计分口径（示例）》"
    before = person.line("明细").text + person.line("下一页").text
    person.now = person.now.replace(year=2027, month=1, day=2)
    pages = [person.line("明细").text, *(person.line("下一页").text for _ in range(4))]
    assert said not in before
    assert any(said in page for page in pages)
    assert any("2027年1月1日起，2026年11月20日核对" in page for page in pages)


def test_a_row_before_its_first_day_says_so() -> None:
    found = estimate(load_ruleset("yongjia-2022"), {"residence_months": 50}, on=date(2020, 1, 1))
    assert "这一天还没有数值，所以没有算。" in explain(found.item("residence"))


@pytest.mark.parametrize("told", ["61岁", "我今年63了", "1965年5月"])
def test_an_age_that_gives_nothing_has_its_line_with_the_reason(told: str) -> None:
    assert "年龄：0 分\n6" in agreed("1", told).line("明细").text
    assert "超过 60 岁，按 0 分算" in agreed("1", told).line("明细").text


def test_what_one_has_not_needs_no_line() -> None:
    person = agreed("1", "1994年5月", "大专", "没有", "没有", "没有", "3", "都没有", "都没有")
    shown = person.line("明细").text
    assert "没有分" not in shown


def test_an_age_beyond_the_cap_shows_the_sum_and_the_cap() -> None:
    told = agreed("1", "1999年5月").line("看明细").text
    assert "5 + 28 × 1 = 33\n最高 20 分" in told  # 27 years; 55 - 27 = 28
    told = agreed("1", "1980年5月").line("看明细").text
    assert "5 + 9 × 1 = 14" in told  # 46 years
