"""Columns give what the explained estimate gives: to everybody, to the hundredth."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from scoring import FACTS, Fact, Ruleset, estimate_arrow, load_ruleset, ruleset_ids
from scoring.analysis.breakpoints import breakpoints
from tests.scoring.columns.frames import as_text, everybody, expected, typed

RULESETS = ruleset_ids()
DAYS = (date(2026, 11, 23), date(2024, 2, 29), date(2027, 2, 28))
SHARE = 50_000


def check(rules: Ruleset, everyone: Sequence[Mapping[str, Any]], on: date) -> None:
    """Each person who gets something else is shown, with what estimate and columns give."""
    wanted = expected(rules, everyone, on)
    for frame in (as_text(everyone), typed(everyone)):
        found = estimate_arrow(rules, frame, on=on, detail=True).rows()
        rows = zip(everyone, wanted, found, strict=True)
        assert [one for one in rows if one[1] != one[2]][:3] == []


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("ruleset", RULESETS)
def test_random_people(ruleset: str, on: date) -> None:
    check(load_ruleset(ruleset), list(everybody(1_700, on, seed=on.toordinal())), on)


@pytest.mark.soak
@pytest.mark.parametrize("ruleset", RULESETS)
def test_a_million_random_people(ruleset: str) -> None:
    rules = load_ruleset(ruleset)
    for seed in range(0, 1_000_000, SHARE):
        on = DAYS[seed // SHARE % len(DAYS)]
        check(rules, list(everybody(SHARE, on, seed)), on)


@pytest.mark.parametrize("ruleset", RULESETS)
def test_every_border_of_every_fact(ruleset: str) -> None:
    """Each answer at which something changes, and those beside it: alone, and added to a person
    who told nearly all."""
    rules = load_ruleset(ruleset)
    on = DAYS[0]
    [whole] = list(everybody(1, on, seed=7))
    everyone = [
        {**others, **_told(FACTS[fact], answer, on)}
        for category in rules.at(on).categories
        for fact in category.facts
        for answer in breakpoints(category, FACTS[fact]).answers
        for others in ({}, {id: told for id, told in whole.items() if id != fact})
    ]
    assert len(everyone) > 300
    check(rules, everyone, on)


def _told(fact: Fact, answer: Any, on: date) -> dict[str, Any]:
    return {"age_years": answer} if fact.type == "date" else {fact.id: answer}


@pytest.mark.parametrize("on", DAYS)
def test_days_of_birth(on: date) -> None:
    """Every day of four years, so 29 February too, and those around every birthday."""
    every = range(1_500)
    around = (round(365.2425 * age) + by for age in range(120) for by in range(-3, 4))
    born = (on - timedelta(days) for days in (*every, *around) if days >= 0)
    check(load_ruleset("zhejiang-common"), [{"birth_date": day} for day in born], on)


def test_an_age_told_on_any_day() -> None:
    on = DAYS[0]
    told = [
        {"age_years": age, "age_told_on": on + timedelta(days)}
        for age in (0, 1, 17, 18, 44, 45, 46, 54, 55, 59, 60, 61, 120)
        for days in (*range(-400, 3), -4_000, -40_000)
        if age > 0 or days <= 0
    ]
    check(load_ruleset("zhejiang-common"), told, on)
