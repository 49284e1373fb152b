"""`yongjia-original`, before the revision, as far as the note tells it.

The note states no cap for a whole category, lets the base reach 360 and the bonus 555, innovation
apart. Where nothing limits a row, what is unanswered has no highest value: `high` is infinite.
"""

from math import inf

from tests.scoring.reference import revision
from tests.scoring.reference.revision import Amounts, Person, settled

WORST = revision.WORST
LIMITLESS = (
    "honours_county",
    "honours_city",
    "honours_province",
    "honours_nation",
    "patents_design",
    "patents_utility",
    "patents_invention",
    "science_awards_city",
    "science_awards_province",
    "science_awards_nation",
)
BEST = {**revision.BEST, **dict.fromkeys(LIMITLESS, inf)}
CAPS = {"base": 360, "bonus": 555, "innovation": inf}


def education(worst: Person, best: Person) -> Amounts:
    values = {"high_school": 5, "junior_college": 10, "bachelor": 20, "master": 25, "doctor": 30}
    studying = {"none": 0, "junior_college": 10, "bachelor_or_above": 30}[best["studying"]]
    certain = values.get(worst["education"], 0)
    return certain, certain, max(values.get(best["education"], 0), studying)


def skill(worst: Person, best: Person) -> Amounts:
    """Six tiers from 5 to 30, and nobody says which certificate is in which."""
    certain = 0 if worst["skill"] in ("none", "operator_card") else 5
    return certain, certain, {"none": 0, "operator_card": 5}.get(best["skill"], 30)


def social_insurance(worst: Person, best: Person) -> Amounts:
    return revision.social_insurance(worst, best)


def residence(worst: Person, best: Person) -> Amounts:
    return settled(lambda p: min(30, p["residence_months"] // 12 * 3), worst, best)


def housing_fund(worst: Person, best: Person) -> Amounts:
    return settled(lambda p: min(30, p["housing_fund_months"] * 0.5), worst, best)


def housing(worst: Person, best: Person) -> Amounts:
    def rule(p: Person, built: float) -> float:
        home = (40 if p["owned_home"] else 0) + (built if p["self_built_home"] else 0)
        return home + min(20, 2 * p["rented_years"])

    return rule(worst, 0), rule(worst, 0), rule(best, 40)


def employment(worst: Person, best: Person) -> Amounts:
    def rule(p: Person) -> float:
        contract = 5 if "labour_contract" in p["employment"] else 0
        return contract + (10 if "business_owner" in p["employment"] else 0)

    return settled(rule, worst, best)


def special_status(worst: Person, best: Person) -> Amounts:
    return revision.special_status(worst, best)


def talent(worst: Person, best: Person) -> Amounts:
    def rule(p: Person) -> float:
        return {"none": 0, "G": 15, "F": 30}.get(p["talent_class"], 60)

    return settled(rule, worst, best)


def honours(worst: Person, best: Person) -> Amounts:
    tiers = ((15, "county"), (30, "city"), (45, "province"), (60, "nation"))

    def several(p: Person) -> float:
        return sum(value * p[f"honours_{level}"] for value, level in tiers)

    def highest(p: Person) -> float:
        return max([0] + [value for value, level in tiers if p[f"honours_{level}"]])

    return several(worst), min(several(worst), highest(worst)), several(best)


def public_welfare(worst: Person, best: Person) -> Amounts:
    def rule(p: Person, kinds: int) -> float:
        """`kinds`: a yes may stand for one of the two kinds or for both."""
        return (
            (5 * kinds if p["donor_registration"] else 0)
            + (50 * kinds if p["donation"] else 0)
            + min(10, 2 * p["volunteer_services"])
            + min(10, 2 * (p["charity_yuan"] // 1000))
        )

    blood = 10 if best["blood_donations"] else 0
    return rule(worst, 1), rule(worst, 1), rule(best, 2) + blood


def law_study(worst: Person, best: Person) -> Amounts:
    return settled(lambda p: min(10, 2 * p["law_study_activities"]), worst, best)


def investment_tax(worst: Person, best: Person) -> Amounts:
    def rule(p: Person) -> float:
        leader = 30 if p["above_scale_legal_representative"] else 0
        return leader + min(60, p["business_tax_yuan"] // 10_000 + p["income_tax_yuan"] // 1_000)

    return settled(rule, worst, best)


def political_participation(worst: Person, best: Person) -> Amounts:
    values = {"none": 0, "township": 5, "county": 10, "city": 15, "province": 20, "nation": 25}
    return values[worst["political_role"]], 0, values[best["political_role"]]  # of whom: not said


def innovation(worst: Person, best: Person) -> Amounts:
    """Design patents and science awards: not said, so one may have been worth anything."""

    def rule(p: Person) -> float:
        return 5 * p["patents_utility"] + 20 * p["patents_invention"]

    unsaid = ("patents_design", *(name for name in LIMITLESS if name.startswith("science")))
    return rule(worst), rule(worst), inf if any(best[one] for one in unsaid) else rule(best)


def other(worst: Person, best: Person) -> Amounts:
    return settled(lambda p: 5 if p["red_station_service"] else 0, worst, best)


PARTS = {
    "base": (education, skill, social_insurance, residence, housing_fund, housing, employment),
    "bonus": (
        special_status,
        talent,
        honours,
        public_welfare,
        law_study,
        investment_tax,
        political_participation,
        other,
    ),
    "innovation": (innovation,),
}
