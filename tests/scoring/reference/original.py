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
    "patents_utility",
    "patents_invention",
)
BEST = {**revision.BEST, **dict.fromkeys(LIMITLESS, inf)}
CAPS = {"base": 360, "bonus": 555, "innovation": inf}


def education(worst: Person, best: Person) -> Amounts:
    values = {"high_school": 5, "junior_college": 10, "bachelor": 20, "master": 25, "doctor": 30}
    return settled(lambda p: values.get(p["education"], 0), worst, best)


def skill(worst: Person, best: Person) -> Amounts:
    """Six tiers from 5 to 30, and nobody says which certificate is in which."""
    certain = 0 if worst["skill"] == "none" else 5
    return certain, certain, 0 if best["skill"] == "none" else 30


def social_insurance(worst: Person, best: Person) -> Amounts:
    return revision.social_insurance(worst, best)


def residence(worst: Person, best: Person) -> Amounts:
    return settled(lambda p: min(30, p["residence_months"] // 12 * 3), worst, best)


def housing_fund(worst: Person, best: Person) -> Amounts:
    return settled(lambda p: min(30, p["housing_fund_months"] * 0.5), worst, best)


def housing(worst: Person, best: Person) -> Amounts:
    def rule(p: Person) -> float:
        return (40 if p["owned_home"] else 0) + min(20, 2 * p["rented_years"])

    return settled(rule, worst, best)


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
    def rule(p: Person) -> float:
        return (
            15 * p["honours_county"]
            + 30 * p["honours_city"]
            + 45 * p["honours_province"]
            + 60 * p["honours_nation"]
        )

    return settled(rule, worst, best)


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
    return settled(lambda p: values[p["political_role"]], worst, best)


def innovation(worst: Person, best: Person) -> Amounts:
    """Design patents and science awards: not said, so nothing is counted for them."""
    return settled(lambda p: 5 * p["patents_utility"] + 20 * p["patents_invention"], worst, best)


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
