"""复核单: which causes fit a difference, which reading makes one, what is said at the window."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dialogs import check, differences
from dialogs.conversation import Ticks
from dialogs.differences import Cause, Line, lines, written
from dialogs.papers import listed
from dialogs.phrases import say
from scoring import estimate, load_ruleset, read_facts
from tests.dialogs.talks import COMPLETE, agreed

ON = date(2026, 11, 23)
FACTS: dict[str, Any] = {
    **{"permit": "residence_permit", "birth_date": "1994-05-01", "education": "junior_college"},
    **{"social_insurance_months": 42, "residence_months": 50, "rented_years": 3},
}
OWN = estimate(load_ruleset("yongjia-2022"), read_facts(FACTS), on=ON)
PAPERS = listed(OWN, Ticks())


def line(category: str, official: str | None) -> Line:
    said = {} if official is None else {category: Decimal(official)}
    return next(one for one in lines(OWN, PAPERS, said) if one.category.id == category)


@pytest.mark.parametrize(
    ("category", "official", "verdict", "why"),
    [
        ("education", None, "unsaid", "学信网"),
        ("education", "8", "same", ""),
        ("education", "0", "zero", "显示 0"),
        ("education", "5", "less", "学信网"),
        ("education", "10", "more", "少说了"),
        ("social_insurance", "21", "reading", ""),
        ("social_insurance", "9", "less", "浙江省内"),
        ("residence", "10", "less", "没有登记"),
        ("housing", "0", "zero", "显示 0"),
        ("age", "19", "less", "过了生日"),
        ("innovation", "5", "more", "少说了"),
    ],
)
def test_the_cause_fits_the_difference(
    category: str, official: str | None, verdict: str, why: str
) -> None:
    found = line(category, official)
    assert found.verdict == verdict
    assert not why or any(why in cause.why for cause in found.likely)
    assert not why or why in found.likely[0].why or verdict in ("more", "less", "unsaid")


def test_a_diploma_of_secondary_school_is_not_looked_for_at_chsi() -> None:
    facts = read_facts({**FACTS, "education": "high_school"})
    own = estimate(load_ruleset("yongjia-2022"), facts, on=ON)
    [found] = [one for one in lines(own, listed(own, Ticks())) if one.category.id == "education"]
    assert not any("学信网" in cause.why for cause in found.causes)


def test_the_reading_that_gives_the_official_points_is_named() -> None:
    found = line("social_insurance", "21")
    assert "0.5" in found.reading
    assert found.disputed == [found.reading]


def test_what_is_said_at_the_window_names_both_counts_and_the_paper() -> None:
    said = say("check/say", line=line("social_insurance", "9"))
    assert said.startswith("缴纳社会保险，官网是 9 分，我自己算是 10.5 分（42个月）。")
    assert "请把浙江省内各地的月数合在一起看。" in said
    assert said.endswith("材料有参保证明。")


def test_no_line_is_without_an_office_and_no_county_line_without_its_place() -> None:
    assert all(one.offices for one in lines(OWN, PAPERS))
    elsewhere = written().causes["elsewhere"]
    assert elsewhere in line("housing", None).causes
    assert elsewhere not in line("residence", None).causes


def test_a_cause_surer_than_its_source_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(check.difference_faults()) == []
    sure = Cause(why="协会发的不算", sources=("practice",))
    causes = {**written().causes, "association": sure, "nowhere": sure}
    changed = written().model_copy(update={"causes": causes})
    monkeypatch.setattr(differences, "written", lambda: changed)
    found = [str(one) for one in check.difference_faults()]
    assert "nowhere stands under" in found[0]
    assert "surer than its sources" in found[1]


@pytest.mark.parametrize(
    "said",
    [
        "系统显示我的社保是0",
        "官网上社保是0分",
        "浙里办显示居住时间0",
        "居住时间官网少了",
        "积分核定下来只有50分",
        "窗口只给我算了50分",
        "官方分数不一样",
        "复核",
    ],
)
def test_what_the_official_site_shows_is_no_answer_of_ones_own(said: str) -> None:
    person = agreed(*COMPLETE)
    before = person.conversation.facts
    assert person.line(said).text.startswith("以县里核定的为准。显示 0")
    assert person.conversation.facts == before
