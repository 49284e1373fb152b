"""Random people for the comparison: always the same ones for the same seed.

Quantities are drawn near every limit of the rules as well as far from it, and each person answers
all questions, most, some or hardly any.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Any

CHOICES = {
    "permit": ("residence_permit", "registration_only", "none"),
    "education": (
        "below_high_school",
        "high_school",
        "junior_college",
        "bachelor",
        "master",
        "doctor",
    ),
    "skill": (
        "none",
        "special_ability_basic",
        "special_ability_advanced",
        "level_5",
        "level_4",
        "level_3",
        "level_2",
        "level_1",
        "junior_title",
        "intermediate_title",
        "senior_title",
        "operator_card",
    ),
    "studying": ("none", "junior_college", "bachelor_or_above"),
    "talent_class": ("none", "G", "F", "E", "D", "C", "B", "A"),
    "political_role": ("none", "township", "county", "city", "province", "nation"),
}
SETS = {
    "special_statuses": (
        "party_member",
        "probationary_member",
        "democratic_party_member",
        "veteran",
    ),
    "employment": ("labour_contract", "business_owner"),
}
FLAGS = (
    "owned_home",
    "self_built_home",
    "donor_registration",
    "donation",
    "above_scale_legal_representative",
    "red_station_service",
)
# (usual largest, unusual largest)
QUANTITIES = {
    "social_insurance_months": (130, 480),
    "residence_months": (130, 480),
    "housing_fund_months": (60, 400),
    "rented_years": (6, 40),
    "honours_county": (2, 6),
    "honours_city": (2, 4),
    "honours_province": (1, 3),
    "honours_nation": (1, 2),
    "blood_donations": (2, 60),
    "volunteer_services": (14, 200),
    "charity_yuan": (6_500, 100_000),
    "law_study_activities": (14, 60),
    "business_tax_yuan": (250_000, 3_000_000),
    "income_tax_yuan": (25_000, 400_000),
    "patents_design": (2, 9),
    "patents_utility": (2, 5),
    "patents_invention": (2, 4),
    "science_awards_city": (1, 4),
    "science_awards_province": (1, 3),
    "science_awards_nation": (1, 2),
}
EXACT = {"charity_yuan": 1_000, "business_tax_yuan": 10_000, "income_tax_yuan": 1_000}
ANSWERED = (1.0, 0.9, 0.5, 0.1)
OLDEST, YOUNGEST = 75, 16  # years, about


def people(number: int, on: date, seed: int = 2022) -> Iterator[dict[str, Any]]:
    """`number` people as facts, values already typed; absent means not answered."""
    random = Random(seed)
    for _ in range(number):
        share = random.choice(ANSWERED)
        person = whole(random, on)
        yield {fact: value for fact, value in person.items() if random.random() < share}


def whole(random: Random, on: date) -> dict[str, Any]:
    person: dict[str, Any] = {fact: random.choice(ids) for fact, ids in CHOICES.items()}
    person |= {fact: random.random() < 0.4 for fact in FLAGS}
    for fact, ids in SETS.items():
        person[fact] = frozenset(i for i in ids if random.random() < 0.4)
    for fact in QUANTITIES:
        person[fact] = quantity(random, fact)
    days = random.randint(YOUNGEST * 366, OLDEST * 365)
    born = on - timedelta(days)
    if random.random() < 0.2:  # a birthday yesterday, today or tomorrow
        born = date(born.year, on.month, on.day) + timedelta(random.randint(-1, 1))
    person["birth_date"] = born
    return person


def by_age(everyone: Iterator[dict[str, Any]], on: date) -> Iterator[dict[str, Any]]:
    """The same people, who tell their age instead: today, or some days ago."""
    for person, days in zip(everyone, cycle((0, 1, 200, 364, 365, 366, 1000)), strict=False):
        born = person.pop("birth_date", None)
        if born is not None:
            told_on = on - timedelta(days)
            before = (told_on.month, told_on.day) < (born.month, born.day)
            person["age_years"] = told_on.year - born.year - before
            if days:
                person["age_told_on"] = told_on
        yield person


def quantity(random: Random, fact: str) -> int:
    usual, unusual = QUANTITIES[fact]
    if random.random() < 0.35:
        return 0
    value = random.randint(0, usual if random.random() < 0.85 else unusual)
    step = EXACT.get(fact)
    if step and random.random() < 0.5:  # exactly at a full thousand, or one yuan short of it
        value = max(0, value // step * step - random.randint(0, 1))
    return value
