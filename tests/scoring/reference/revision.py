"""`yongjia-2022`, category by category. 100 common points and 200 of the county."""

from collections.abc import Mapping
from itertools import product
from typing import Any

Person = Mapping[str, Any]
Amounts = tuple[float, float, float]

COUNTS = [
    "social_insurance_months",
    "residence_months",
    "housing_fund_months",
    "rented_years",
    "honours_county",
    "honours_city",
    "honours_province",
    "honours_nation",
    "blood_donations",
    "volunteer_services",
    "charity_yuan",
    "law_study_activities",
    "business_tax_yuan",
    "income_tax_yuan",
    "patents_design",
    "patents_utility",
    "patents_invention",
    "science_awards_city",
    "science_awards_province",
    "science_awards_nation",
]
FLAGS = [
    "owned_home",
    "donor_registration",
    "donation",
    "above_scale_legal_representative",
    "red_station_service",
]
MANY = 10**9

WORST: Person = {
    **dict.fromkeys(COUNTS, 0),
    **dict.fromkeys(FLAGS, False),
    "education": "below_high_school",
    "skill": "none",
    "special_statuses": frozenset(),
    "talent_class": "none",
    "employment": frozenset(),
    "political_role": "none",
    "studying": "none",  # told along with another answer alone: untold, there is nothing
    "self_built_home": False,
}
BEST: Person = {
    **dict.fromkeys(COUNTS, MANY),
    **dict.fromkeys(FLAGS, True),
    "education": "doctor",
    "skill": "senior_title",
    "special_statuses": frozenset({"party_member"}),
    "talent_class": "A",
    "employment": frozenset({"labour_contract", "business_owner"}),
    "political_role": "nation",
    "studying": "none",
    "self_built_home": False,
}
CAPS = {"common": 100, "county": 200}


def settled(rule: Any, worst: Person, best: Person) -> Amounts:
    """A category whose wording is clear: only what is unanswered makes a range."""
    return rule(worst), rule(worst), rule(best)


def age(worst: Person, best: Person) -> Amounts:
    def rule(p: Person) -> float:
        if p["age"] > 60:
            return 0
        if p["age"] >= 55:
            return 5
        return min(20, 5 + (55 - p["age"]))  # 54 → 6, 41 → 19, 40 → 20

    return settled(rule, worst, best)


def education(worst: Person, best: Person) -> Amounts:
    def rule(p: Person, below: float) -> float:
        if p["education"] == "below_high_school":
            return below
        return {"high_school": 5, "junior_college": 8}.get(p["education"], 10)

    studying = {"none": 0, "junior_college": 8, "bachelor_or_above": 10}[best["studying"]]
    low = min(rule(worst, 0), rule(worst, 5))
    return rule(worst, 0), low, max(rule(best, 0), rule(best, 5), studying)


def skill(worst: Person, best: Person) -> Amounts:
    def rule(p: Person, advanced: float, card: float) -> float:
        return {
            "none": 0,
            "operator_card": card,
            "special_ability_basic": 3,
            "special_ability_advanced": advanced,
            "level_5": 3,
            "level_4": 5,
            "level_3": 8,
            "junior_title": 8,
            "level_2": 10,
            "level_1": 10,
            "intermediate_title": 10,
            "senior_title": 10,
        }[p["skill"]]

    return rule(worst, 8, 0), rule(worst, 3, 0), rule(best, 8, 3)


def social_insurance(worst: Person, best: Person) -> Amounts:
    def rule(p: Person, monthly: float) -> float:
        return min(30, p["social_insurance_months"] * monthly)

    return rule(worst, 0.25), rule(worst, 0.25), rule(best, 0.5)


def residence(worst: Person, best: Person) -> Amounts:
    return settled(lambda p: min(30, p["residence_months"] * 0.25), worst, best)


def housing_fund(worst: Person, best: Person) -> Amounts:
    return settled(lambda p: min(10, p["housing_fund_months"] * 0.25), worst, best)


def housing(worst: Person, best: Person) -> Amounts:
    def rule(p: Person, cap: float, yearly: bool, built: float) -> float:
        years = p["rented_years"]
        rent = min(5, 2 * years) if yearly else 5 if years >= 1 else 0
        home = (15 if p["owned_home"] else 0) + (built if p["self_built_home"] else 0)
        return min(cap, home + rent)

    readings = list(product((15, 20), (True, False), (0, 15)))
    return (
        rule(worst, *readings[0]),
        min(rule(worst, *reading) for reading in readings),
        max(rule(best, *reading) for reading in readings),
    )


def special_status(worst: Person, best: Person) -> Amounts:
    certain = 5 if worst["special_statuses"] - {"probationary_member"} else 0
    return certain, certain, 5 if best["special_statuses"] else 0


def talent(worst: Person, best: Person) -> Amounts:
    def rule(p: Person) -> float:
        return {"none": 0, "G": 5, "F": 10}.get(p["talent_class"], 20)

    return settled(rule, worst, best)


def honours(worst: Person, best: Person) -> Amounts:
    def amounts(p: Person) -> list[float]:
        return [
            5 * p["honours_county"],
            10 * p["honours_city"],
            20 * (p["honours_province"] + p["honours_nation"]),
        ]

    def several(p: Person) -> float:
        return min(20, sum(amounts(p)))

    def highest(p: Person) -> float:
        tiers = ((5, "county"), (10, "city"), (20, "province"), (20, "nation"))
        return max([0] + [value for value, level in tiers if p[f"honours_{level}"]])

    return (
        several(worst),
        min(several(worst), highest(worst)),
        max(several(best), highest(best)),
    )


def public_welfare(worst: Person, best: Person) -> Amounts:
    def published(p: Person) -> float:
        return (
            (5 if p["donor_registration"] else 0)
            + (20 if p["donation"] else 0)
            + min(5, 0.5 * p["volunteer_services"])
            + min(5, p["charity_yuan"] // 1000)
        )

    blood = 10 if best["blood_donations"] else 0  # nobody here knows the figure
    return min(45, published(worst)), min(45, published(worst)), min(45, published(best) + blood)


def law_study(worst: Person, best: Person) -> Amounts:
    return settled(lambda p: min(5, 0.5 * p["law_study_activities"]), worst, best)


def investment_tax(worst: Person, best: Person) -> Amounts:
    def rule(p: Person, each: bool) -> float:
        ways = len(p["employment"])
        employment = 5 * ways if each else 5 * bool(ways)
        leader = 5 if p["above_scale_legal_representative"] else 0
        taxes = min(20, p["business_tax_yuan"] // 10_000 + p["income_tax_yuan"] // 1_000)
        return min(35 if each else 30, employment + leader + taxes)

    return (
        rule(worst, False),
        min(rule(worst, False), rule(worst, True)),
        max(rule(best, False), rule(best, True)),
    )


def political_participation(worst: Person, best: Person) -> Amounts:
    values = {"none": 0, "township": 3, "county": 5, "city": 8, "province": 10, "nation": 15}
    return values[worst["political_role"]], 0, values[best["political_role"]]  # of whom: not said


def innovation(worst: Person, best: Person) -> Amounts:
    def rule(p: Person) -> float:
        patents = 5 * p["patents_design"] + 10 * p["patents_utility"] + 15 * p["patents_invention"]
        awards = (
            5 * p["science_awards_city"]
            + 10 * p["science_awards_province"]
            + 15 * p["science_awards_nation"]
        )
        return min(30, patents + awards)

    return settled(rule, worst, best)


def other(worst: Person, best: Person) -> Amounts:
    return settled(lambda p: 1 if p["red_station_service"] else 0, worst, best)


PARTS = {
    "common": (age, education, skill, social_insurance, residence),
    "county": (
        housing_fund,
        housing,
        special_status,
        talent,
        honours,
        public_welfare,
        law_study,
        investment_tax,
        political_participation,
        innovation,
        other,
    ),
}
