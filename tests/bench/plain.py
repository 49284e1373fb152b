"""`yongjia-2022` as a person in a hurry would write it: figures in the code, no explanation.

The yardstick for `scoring.estimate`, which reads the same rules from data and tells why.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

Amounts = tuple[float, float, float]  # points, low, high

EDUCATION = {"high_school": 5, "junior_college": 8, "bachelor": 10, "master": 10, "doctor": 10}
STUDYING = {"junior_college": 8, "bachelor_or_above": 10}
SKILL = {
    "special_ability_basic": 3,
    "level_5": 3,
    "level_4": 5,
    "level_3": 8,
    "junior_title": 8,
    "level_2": 10,
    "level_1": 10,
    "intermediate_title": 10,
    "senior_title": 10,
}
TALENT = {"G": 5, "F": 10, "E": 20, "D": 20, "C": 20, "B": 20, "A": 20}
ROLE = {"township": 3, "county": 5, "city": 8, "province": 10, "nation": 15}


def plain(facts: Mapping[str, Any], on: date) -> Amounts:
    """Points, low and high of one person."""
    rows = common(facts, on)
    county = honours(facts), public_welfare(facts), investment_tax(facts), *county_rows(facts)
    points, low, high = (
        min(100, sum(row[i] for row in rows)) + min(200, sum(row[i] for row in county))
        for i in range(3)
    )
    return points, low, high


def each(amount: int | None, rate: float, cap: float) -> Amounts:
    """So much for each, up to a cap; anything up to the cap when not answered."""
    if amount is None:
        return 0, 0, cap
    value = min(cap, amount * rate)
    return value, value, value


def common(facts: Mapping[str, Any], on: date) -> list[Amounts]:
    rows = [each(facts.get("residence_months"), 0.25, 30)]
    if (born := facts.get("birth_date")) is None:
        rows.append((0, 0, 20))
    else:
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        value = 0 if age > 60 else min(20, 5 + max(0, 55 - age))
        rows.append((value, value, value))
    if (education := facts.get("education")) is None:
        rows.append((0, 0, 10))
    else:
        value = EDUCATION.get(education, 0)
        rows.append((value, value, max(value or 5, STUDYING.get(facts.get("studying"), 0))))
    if (skill := facts.get("skill")) is None:
        rows.append((0, 0, 10))
    elif skill == "special_ability_advanced":
        rows.append((8, 3, 8))
    elif skill == "operator_card":
        rows.append((0, 0, 3))
    else:
        value = SKILL.get(skill, 0)
        rows.append((value, value, value))
    if (months := facts.get("social_insurance_months")) is None:
        rows.append((0, 0, 30))
    else:
        value = min(30, months * 0.25)
        rows.append((value, value, min(30, months * 0.5)))
    return rows


def county_rows(facts: Mapping[str, Any]) -> list[Amounts]:
    rows = [
        each(facts.get("housing_fund_months"), 0.25, 10),
        each(facts.get("law_study_activities"), 0.5, 5),
        housing(facts),
        innovation(facts),
    ]
    talent, role = facts.get("talent_class"), facts.get("political_role")
    value = TALENT.get(talent, 0)
    rows.append((value, value, 20 if talent is None else value))
    value = ROLE.get(role, 0)
    rows.append((value, 0, 15 if role is None else value))
    statuses = facts.get("special_statuses")
    value = 5 if statuses and statuses != {"probationary_member"} else 0
    rows.append((value, value, 5 if statuses is None or statuses else value))
    red = facts.get("red_station_service")
    value = 1 if red else 0
    rows.append((value, value, 1 if red is None else value))
    return rows


def housing(facts: Mapping[str, Any]) -> Amounts:
    own, years = facts.get("owned_home"), facts.get("rented_years")
    owned = 15 if own else 0
    most = (15 if own is None else owned) + (15 if facts.get("self_built_home") else 0)
    rent, let = min(5, 2 * (years or 0)), 5 if years is None or years else 0
    sure = min(15, owned + rent)
    return sure, sure, min(20, most + let)


def honours(facts: Mapping[str, Any]) -> Amounts:
    points = highest = high = 0
    for level, value in (("county", 5), ("city", 10), ("province", 20), ("nation", 20)):
        number = facts.get(f"honours_{level}")
        if number:
            points += value * number
            highest = value
        high += 20 if number is None else value * number
    return min(20, points), min(20, highest), min(20, high)


def public_welfare(facts: Mapping[str, Any]) -> Amounts:
    low = high = 0.0
    for fact, value in (("donor_registration", 5), ("donation", 20)):
        answer = facts.get(fact)
        low += value if answer else 0
        high += value if answer or answer is None else 0
    charity = facts.get("charity_yuan")
    for _, least, most in (
        each(facts.get("volunteer_services"), 0.5, 5),
        each(None if charity is None else charity // 1000, 1, 5),
    ):
        low += least
        high += most
    if facts.get("blood_donations") != 0:
        high += 10
    return min(45, low), min(45, low), min(45, high)


def investment_tax(facts: Mapping[str, Any]) -> Amounts:
    ways, leader = facts.get("employment"), facts.get("above_scale_legal_representative")
    taxes = most_taxes = 0
    for fact, unit in (("business_tax_yuan", 10_000), ("income_tax_yuan", 1_000)):
        paid = facts.get(fact)
        taxes += 0 if paid is None else paid // unit
        most_taxes += 20 if paid is None else paid // unit
    led = 5 if leader else 0
    sure = (5 if ways else 0) + led + min(20, taxes)
    most_work = 10 if ways is None else 5 * len(ways)
    return sure, sure, most_work + (5 if leader is None else led) + min(20, most_taxes)


def innovation(facts: Mapping[str, Any]) -> Amounts:
    points = high = 0
    for fact, value in (
        ("patents_design", 5),
        ("patents_utility", 10),
        ("patents_invention", 15),
        ("science_awards_city", 5),
        ("science_awards_province", 10),
        ("science_awards_nation", 15),
    ):
        number = facts.get(fact)
        points += value * (number or 0)
        high += 30 if number is None else value * number
    return min(30, points), min(30, points), min(30, high)
