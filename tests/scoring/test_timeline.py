"""Waiting: birthdays, months, caps."""

from datetime import date
from typing import Any

import pytest

from scoring import FACTS, Timeline, estimate, load_ruleset, timeline
from scoring.months import month_end, months_later
from tests.scoring.people import ACCEPTANCE, ON, complete

RULES = load_ruleset("yongjia-2022")


def ahead(**facts: Any) -> Timeline:
    return timeline(RULES, facts, on=ON)


def test_the_acceptance_person_gains_half_a_point_a_month() -> None:
    found = ahead(**complete(ACCEPTANCE))
    assert found.now.points == 66
    assert found.continuing == ("social_insurance_months", "residence_months")
    assert [str(moment.points) for moment in found.moments[:2]] == ["66.50", "67.00"]
    assert (found.best.points, found.best.day) == (96, date(2031, 11, 30))  # 66 + 60 × 0.5


def test_age_falls_in_the_month_of_the_birthday() -> None:
    found = ahead(birth_date="1985-12-10")  # 41 in December 2026: 20 → 19, then one a year
    assert [str(moment.day) for moment in found.moments][:2] == ["2026-12-31", "2027-12-31"]
    assert [int(moment.points) for moment in found.moments] == [19, 18, 17, 16, 15]
    assert found.best == found.now


def test_a_birthday_later_in_this_month_shows_in_this_month() -> None:
    assert ahead(birth_date="1985-11-29").moments[0].day == date(2026, 11, 30)


def test_nothing_after_sixty() -> None:
    found = ahead(birth_date="1966-01-15")  # 60 now, 61 in January 2027
    assert [(str(m.day), int(m.points)) for m in found.moments] == [("2027-01-31", 0)]


def test_a_cap_is_reached_and_then_it_is_quiet() -> None:
    found = ahead(social_insurance_months=118)  # two more months make 120 × 0.25 = 30
    assert [movement.full for m in found.moments for movement in m.movements] == [False, True]
    assert len(found.moments) == 2


def test_nothing_grows_that_has_not_begun_or_is_not_known() -> None:
    assert ahead(social_insurance_months=0).moments == ()
    assert ahead().moments == ()


def test_rent_grows_by_the_year_when_asked_for() -> None:
    found = timeline(RULES, {"rented_years": 1}, on=ON, continuing=["rented_years"])
    assert [(str(m.day), int(m.points)) for m in found.moments] == [
        ("2027-11-30", 4),
        ("2028-11-30", 5),
    ]


def test_only_what_grows_can_continue() -> None:
    with pytest.raises(ValueError, match="volunteer_services does not grow"):
        timeline(RULES, {}, on=ON, continuing=["volunteer_services"])


def test_each_moment_is_what_the_estimate_says_then() -> None:
    facts = complete({**ACCEPTANCE, "birth_date": "1985-02-28", "housing_fund_months": 30})
    found = timeline(RULES, facts, on=ON)
    for moment in found.moments:
        passed = (moment.day.year - ON.year) * 12 + moment.day.month - ON.month
        later = {id: facts[id] + passed for id in found.continuing}
        assert moment.points == estimate(RULES, {**facts, **later}, on=moment.day).points


def test_milestones_leave_out_the_steady_growth() -> None:
    found = ahead(birth_date="1985-03-10", residence_months=100)
    told = {moment.day for moment in found.milestones}
    assert date(2027, 3, 31) in told  # a birthday
    assert date(2028, 7, 31) in told  # 120 months
    assert date(2027, 1, 31) not in told


def test_json_is_plain() -> None:
    told = ahead(birth_date="1985-12-10").as_json()
    assert told["moments"][1]["movements"][0]["after"] == 19
    assert told["until"] == "2031-11-30"


@pytest.mark.parametrize("months", range(15))
def test_months_later_never_leaves_the_month(months: int) -> None:
    day = months_later(date(2026, 8, 31), months)
    assert day <= month_end(date(2026, 8, 31), months)
    assert (day.year * 12 + day.month) - (2026 * 12 + 8) == months


def test_every_fact_in_months_is_known_to_grow() -> None:
    months = [id for id, fact in FACTS.items() if fact.type == "months"]
    found = timeline(RULES, dict.fromkeys(months, 1), on=ON)
    assert list(found.continuing) == months


def test_a_year_says_how_it_stands_and_what_turned() -> None:
    found = ahead(birth_date="1985-03-10", social_insurance_months=100)
    first, second, *_ = found.years
    assert [str(one.moment.day) for one in (first, second)] == ["2027-11-30", "2028-11-30"]
    assert (first.moment.low, first.moment.high) == (found.moments[11].low, found.moments[11].high)
    assert [(str(day), one.category, one.age) for day, one in first.turns] == [
        ("2027-03-31", "age", 42)
    ]
    full = [one.category for year in found.years for _, one in year.turns if one.full]
    assert full == ["social_insurance"]
    assert len(found.years) == 5


def test_a_month_without_a_moment_is_like_the_one_before_also_in_its_range() -> None:
    facts = {"age_years": 59, "age_told_on": date(2026, 3, 1)}
    found = ahead(**facts)
    for passed in range(60):
        day = month_end(ON, passed)
        stands = [one for one in (found.now, *found.moments) if one.day <= day][-1]
        then = estimate(RULES, facts, on=day)
        assert (stands.points, stands.low, stands.high) == (then.points, then.low, then.high), day
