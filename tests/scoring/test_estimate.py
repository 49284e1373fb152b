"""The estimate of a person: points, papers, notices, explanation."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from scoring import Estimate, FactsError, estimate, load_ruleset, read_facts
from tests.scoring.amendments import rules_with
from tests.scoring.people import ACCEPTANCE, ON, complete


def of(facts: dict[str, Any], ruleset: str = "yongjia-2022", on: date = ON) -> Estimate:
    return estimate(load_ruleset(ruleset), facts, on=on)


def test_the_person_everybody_agreed_on_has_66() -> None:
    result = of(complete(ACCEPTANCE))
    assert (result.points, result.low, result.high) == (66, 66, Decimal("76.5"))
    assert [part.points for part in result.parts] == [59, 7, 0]
    given = {c.id: c.points for c in result.categories() if c.points}
    assert given == {
        "age": 20,
        "education": 8,
        "skill": 8,
        "social_insurance": Decimal("10.5"),
        "residence": Decimal("12.5"),
        "housing": 5,
        "public_welfare": 2,
    }
    assert result.eligible is True


def test_json_has_plain_numbers_whole_ones_without_a_fraction() -> None:
    written = json.dumps(of(complete(ACCEPTANCE)).as_json())
    found = json.loads(written)
    assert list(found) == [
        "ruleset",
        "on",
        "eligible",
        "points",
        "low",
        "high",
        "parts",
        "evidence",
        "notices",
        "amendments",
    ]
    assert (found["points"], found["high"], found["on"]) == (66, 76.5, "2026-11-23")
    assert '"points": 66,' in written
    assert [part["id"] for part in found["parts"]] == ["common", "county", "deductions"]
    assert found["parts"][2]["cap"] is None


def test_somebody_unknown_may_have_anything() -> None:
    result = of({})
    assert (result.points, result.low, result.high, result.eligible) == (0, 0, 300, None)


@pytest.mark.parametrize(
    ("permit", "eligible", "notice"),
    [
        ("residence_permit", True, None),
        ("registration_only", False, "permit_registration_only"),
        ("none", False, "permit_none"),
        (None, None, "permit_unknown"),
    ],
)
def test_without_a_permit_points_are_computed_and_a_notice_says_so(
    permit: str | None, eligible: bool | None, notice: str | None
) -> None:
    result = of({**ACCEPTANCE, "permit": permit})
    assert (result.points, result.eligible) == (66, eligible)
    said = [one.id for one in result.notices if one.id.startswith("permit")]
    assert said == ([notice] if notice else [])


def test_every_result_names_deductions_the_ruleset_and_the_day() -> None:
    for ruleset in ("yongjia-2022", "yongjia-original"):
        said = {notice.id: notice.text for notice in of({}, ruleset).notices}
        assert "减分" in said["deductions_possible"]
        assert load_ruleset(ruleset).title in said["estimate_only"]
        assert "2026-11-23" in said["estimate_only"]
        assert "以县里核定为准" in said["estimate_only"]


def test_the_later_regulation_is_named_from_its_day_on() -> None:
    def ids(on: date) -> set[str]:
        return {notice.id for notice in of({}, on=on).notices}

    assert "later_regulation" not in ids(date(2023, 7, 25))
    assert "later_regulation" in ids(date(2023, 7, 26))


def papers(result: Estimate) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in result.evidence:
        for category in one.categories or ("base",):
            found.setdefault(category, []).extend(one.papers)
    return found


def test_papers_are_for_the_lines_that_gave_points() -> None:
    found = papers(of(complete(ACCEPTANCE)))
    assert set(found) == {
        "base",
        "age",
        "education",
        "skill",
        "social_insurance",
        "residence",
        "housing",
        "public_welfare",
    }
    assert found["base"] == ["身份证", "浙江省居住证"]
    assert found["age"] == found["residence"] == []  # the police have them
    assert found["public_welfare"] == ["志愿服务平台记录"]


def test_the_papers_for_education_go_by_its_tier() -> None:
    assert "学信网《学历电子注册备案表》" in papers(of({"education": "doctor"}))["education"]
    assert (
        "高中或中专毕业证（或发证教育部门的证明）"
        in papers(of({"education": "high_school"}))["education"]
    )
    assert "education" not in papers(of({"education": "below_high_school"}))


def test_the_papers_go_by_what_applies() -> None:
    assert papers(of({"employment": ["business_owner"]}))["investment_tax"] == ["营业执照"]
    both = of({"special_statuses": ["veteran", "party_member"]})
    assert papers(both)["special_status"] == ["党组织关系证明", "退役证"]
    assert papers(of({"special_statuses": ["veteran"]}))["special_status"] == ["退役证"]


def test_blood_donations_bring_their_paper_though_the_points_are_not_published() -> None:
    assert papers(of({"blood_donations": 2}))["public_welfare"] == ["无偿献血证"]
    assert "public_welfare" not in papers(of({"blood_donations": 0}))


def test_the_same_paper_is_asked_for_once() -> None:
    result = of({"patents_design": 1, "patents_invention": 1})
    (patents,) = [one for one in result.evidence if one.id == "patents"]
    assert patents.items == ("patents_design", "patents_invention")


def test_every_status_of_papers_is_said() -> None:
    for one in of(complete(ACCEPTANCE)).evidence:
        assert one.status == "inferred"
        assert one.verifier_status in ("standard", "inferred")
        assert one.verified_by


def test_a_line_explains_its_arithmetic() -> None:
    told = of({"social_insurance_months": 42}).item("social_insurance").explanation
    assert (told.quantity, told.unit, told.units, told.rate) == (42, "个月", 42, Decimal("0.25"))
    assert (told.raw, told.cap, told.capped) == (Decimal("10.5"), 30, False)
    assert [(one.reading, one.points, one.default) for one in told.readings] == [
        ("note", Decimal("10.5"), True),
        ("neighbours", 21, False),
    ]


def test_a_cap_that_bites_is_said() -> None:
    told = of({"charity_yuan": 9_500}).item("charity").explanation
    assert (told.step, told.units, told.raw, told.cap, told.capped) == (1000, 9, 9, 5, True)
    joint = of({"business_tax_yuan": 150_000, "income_tax_yuan": 12_000})
    (found,) = joint.category("investment_tax").joint
    assert (found.items, found.raw, found.capped) == (("business_tax", "income_tax"), 27, True)


def test_a_line_is_as_sure_as_its_weakest_link() -> None:
    # the points are stated, who is in which tier is not
    assert of({"skill": "level_3"}).item("skill_3").status == "standard"
    assert of({"education": "bachelor"}).item("bachelor_or_above").status == "stated"
    # five for one identity is stated, that two give no more is inferred
    one, two = ({"special_statuses": ids} for ids in (["veteran"], ["veteran", "party_member"]))
    assert of(one).item("special_status").status == "stated"
    assert of(two).item("special_status").status == "inferred"
    # the table of ages ends at 60
    assert of({"birth_date": "1990-01-01"}).item("age").status == "standard"
    assert of({"birth_date": "1950-01-01"}).item("age").status == "inferred"


def test_what_is_unsettled_says_why() -> None:
    def why(facts: dict[str, Any], item: str) -> list[tuple[str, str]]:
        return [reason[:2] for reason in of(facts).item(item).unsettled]

    assert why({}, "let_home") == [("unanswered", "rented_years")]
    assert why({"rented_years": 1}, "let_home") == [("reading", "let_home_counting")]
    assert why({"rented_years": 3}, "let_home") == []  # 5 either way
    assert why({"blood_donations": 1}, "blood_donations") == [("unpublished", "blood_donations")]
    both = of({"owned_home": True, "rented_years": 3}).category("housing").unsettled
    assert [reason[:2] for reason in both] == [("reading", "both_rows")]


def test_a_row_displaced_by_a_better_one_does_not_count() -> None:
    own = (
        "amends: yongjia-2022\ntitle: 口径\ndocuments:\n  reply: {title: 答复}\nsettle:\n"
        "  - {conflict: honours.several, reading: highest, from: 2026-01-01, verified_on: "
        "2026-01-01, source: {document: reply, place: 第一条}}\n"
    )
    result = estimate(rules_with(own), {"honours_county": 3, "honours_city": 1}, on=ON)
    assert result.category("honours").points == 10
    assert [item.counted for item in result.category("honours").items] == [False, True, True]
    assert [one.items for one in result.evidence if one.id == "honours"] == [("honours_city",)]


def test_facts_that_cannot_be_used_are_refused() -> None:
    with pytest.raises(FactsError, match="education"):
        of({"education": "phd"})
    with pytest.raises(FactsError, match="birth_date: 2026-11-24 is after the day of the estimate"):
        of({"birth_date": "2026-11-24"})


def test_facts_read_once_can_be_used_again() -> None:
    facts = read_facts(complete(ACCEPTANCE))
    assert of(facts) == of(complete(ACCEPTANCE))


def test_figures_are_read_by_their_paths() -> None:
    rules = load_ruleset("yongjia-2022")
    assert rules.figure("education.junior_college", ON).value == 8
    assert rules.figure("junior_college.points", ON).value == 8
    assert rules.figure("education.junior_college.points", ON).value == 8
    assert rules.figure("social_insurance.rate", ON).value == Decimal("0.25")
    assert rules.figure("social_insurance.cap", ON).value == 30
    assert rules.figure("investment_tax.business_tax+income_tax.cap", ON).value == 20
    assert rules.figure("county.cap", ON).value == 200
    assert rules.figure("blood_donations.high", ON).status == "inferred"
    housing = rules.figure("housing.cap", ON)
    assert [(one.reading, one.value) for one in housing.readings] == [
        ("fifteen", 15),
        ("twenty", 20),
    ]
    with pytest.raises(KeyError, match=r"has no figure social_insurance\.rates"):
        rules.figure("social_insurance.rates", ON)
    with pytest.raises(KeyError):
        rules.figure("social_insurance.rate", date(2020, 1, 1))
