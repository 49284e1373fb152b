"""An age that was told: exact that day, on any other day every age its days of birth give."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Estimate, FactsError, estimate, load_ruleset, open_facts, reach, read_facts
from scoring import timeline as ahead
from scoring.ages import Ages, age_on, births, complete_years

ON = date(2026, 11, 23)
RULES = load_ruleset("yongjia-2022")
LEAP_DAYS = st.sampled_from(
    [date(y, 2, 28) + timedelta(d) for y in (2023, 2024) for d in (0, 1, 2)]
)
TOLD = st.dates(date(2020, 1, 1), date(2030, 12, 31)) | LEAP_DAYS
DAYS = st.sampled_from([0, 1, 2, 364, 365, 366, 367, 730, 731, -1, -366]) | st.integers(0, 3000)


def told(age: int, told_on: str | None = None, on: date = ON, **facts: Any) -> Estimate:
    return estimate(RULES, {"age_years": age, "age_told_on": told_on, **facts}, on=on)


@settings(max_examples=100, deadline=None)
@given(age=st.integers(0, 80), told_on=TOLD, days=DAYS)
def test_every_possible_day_of_birth_counts_and_no_other(
    age: int, told_on: date, days: int
) -> None:
    about = told_on - timedelta(days=365 * age)
    around = [about + timedelta(shift) for shift in range(-430, 60)]
    fitting = [day for day in around if complete_years(day, told_on) == age]
    assert births(age, told_on) == (fitting[0], fitting[-1])
    on = told_on + timedelta(days)
    ages = {complete_years(day, on) for day in fitting if day <= on}
    facts = {"age_years": age, "age_told_on": told_on}
    if not ages:
        with pytest.raises(FactsError, match="not yet born"):
            age_on("birth_date", facts, on)
        return
    expected = ages.pop() if len(ages) == 1 else Ages(min(ages), max(ages))
    assert age_on("birth_date", facts, on) == expected


@pytest.mark.parametrize(("age", "told_on", "points"), [(0, None, 20), (120, "1900-01-01", 0)])
def test_the_ends_of_the_range_are_read(age: int, told_on: str | None, points: int) -> None:
    assert told(age, told_on).points == points


@pytest.mark.parametrize("age", [-1, 121, 32.5, "32", True])
def test_what_is_no_age_is_refused(age: Any) -> None:
    with pytest.raises(FactsError, match=r"age_years: .* whole number from 0 to 120"):
        read_facts({"age_years": age})


def test_the_birth_is_asked_only_where_a_birthday_can_matter() -> None:
    def asked(**facts: Any) -> bool:
        return "birth_date" in open_facts(RULES, facts, ON)

    assert asked()
    assert not asked(age_years=54)
    assert asked(age_years=54, age_told_on="2026-11-22")
    assert not asked(age_years=54, age_told_on="2025-11-23")  # everybody is 55 by now
    assert not asked(age_years=32, age_told_on="2026-01-01")  # 32 or 33: both the full points


def test_a_range_says_that_the_date_of_birth_would_settle_it() -> None:
    line = told(54, "2026-11-22").item("age")
    assert [(why.kind, why.detail) for why in line.unsettled] == [("unanswered", "birth_date")]
    assert told(54).item("age").unsettled == ()
    json = told(54, "2026-11-22").as_json()["parts"][0]["categories"][0]["items"][0]
    assert json["explanation"]["answers"] == [["birth_date", {"least": 54, "most": 55}]]


def test_an_age_that_contradicts_the_date_of_birth_is_named_and_the_date_counts() -> None:
    def notices(**facts: Any) -> list[str]:
        return [notice.id for notice in estimate(RULES, facts, on=ON).notices]

    assert "age_contradicts" in notices(birth_date="1985-11-23", age_years=40)
    assert "age_contradicts" not in notices(birth_date="1985-11-23", age_years=41)
    day_before = {"birth_date": "1985-11-23", "age_told_on": "2026-11-22"}
    assert "age_contradicts" not in notices(age_years=40, **day_before)
    assert "age_contradicts" in notices(age_years=41, **day_before)
    assert "age_contradicts" not in notices(birth_date="1985-11-23", age_told_on="2026-11-22")


def test_waiting_begins_with_the_age_of_today_and_loses_no_later_than_the_birthday() -> None:
    found = ahead(RULES, {"age_years": 45}, on=ON)
    assert (found.now.points, found.now.low) == (15, 15)
    first = found.moments[0]  # the birthday may be tomorrow, or in a year
    assert (first.day, first.points, first.low) == (date(2026, 11, 30), 14, 14)
    assert ahead(RULES, {"age_years": 30}, on=ON, months=84).moments == ()


def test_a_goal_is_bounded_by_the_age_that_was_told() -> None:
    by_birth = reach(RULES, {"birth_date": "1970-01-01"}, 301, on=ON)
    by_age = reach(RULES, {"age_years": 56}, 301, on=ON)
    assert (by_age.most, by_age.highest) == (by_birth.most, by_birth.highest)
    assert reach(RULES, {"age_told_on": "2026-01-01"}, 301, on=ON).most == by_birth.most + 15
