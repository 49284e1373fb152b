"""Which papers a person is told to bring: each once, and none that is not theirs to bring."""

from datetime import date
from typing import Any

import pytest

from scoring import Evidence, estimate, load_ruleset
from scoring.rulefile.evidence_table import table
from tests.scoring.amendments import guide_example, rules_with

RULES = load_ruleset("yongjia-2022")
ON = date(2026, 11, 23)


def papers(**facts: Any) -> tuple[Evidence, ...]:
    return estimate(RULES, facts, on=ON).evidence


def named(*evidence: Evidence) -> list[str]:
    return [paper for one in evidence for paper in one.papers]


def test_a_business_licence_for_two_rows_is_brought_once() -> None:
    found = papers(employment=["business_owner"], above_scale_legal_representative=True)
    (licence,) = [one for one in found if "营业执照" in one.papers]
    assert licence.items == ("employment", "legal_representative")
    assert licence.verified_by == "市场监管局、县经信局"
    assert "规上" in str(licence.note)  # the county's own list: nothing to bring


@pytest.mark.parametrize("education", ["high_school", "junior_college", "bachelor", "doctor"])
def test_foreign_studies_are_of_nobody_who_did_not_say_so(education: str) -> None:
    assert not [paper for paper in named(*papers(education=education)) if "留学" in paper]
    entries = (*table(RULES)["high_school"], *table(RULES)["higher_education"])
    assert [one for one in entries if "留学服务中心学历学位认证书" in one.papers]


@pytest.mark.parametrize(
    ("permit", "brought"),
    [("residence_permit", True), (None, True), ("registration_only", False), ("none", False)],
)
def test_the_permit_is_brought_by_who_may_have_one(permit: str | None, brought: bool) -> None:
    assert ("浙江省居住证" in named(*papers(permit=permit))) == brought
    assert "身份证" in named(*papers(permit=permit))


def test_no_paper_is_named_twice() -> None:
    everything = {
        "education": "bachelor",
        "skill": "level_3",
        "owned_home": True,
        "self_built_home": True,
        "studying": "bachelor_or_above",
        "donor_registration": True,
        "donation": True,
        "business_tax_yuan": 10_000,
        "income_tax_yuan": 1_000,
    }
    found = named(*papers(**everything))
    assert len(found) == len(set(found))


def test_what_a_paper_takes_is_told_where_the_office_wrote_it() -> None:
    rules = rules_with(guide_example("papers"))
    found = estimate(rules, {"rented_years": 3, "education": "bachelor"}, on=ON)
    told = {one["id"]: one for one in found.as_json()["evidence"]}
    takes = {id: (one["where"], one["days"], one["yuan"]) for id, one in told.items()}
    assert takes["let_home"] == ("县住建局", 3, 0)
    assert takes["higher_education"] == ("学信网", None, None)  # its name says it; the rest nobody
