"""The rows of the annex, their categories and parts: one formula each, default readings only."""

from collections.abc import Callable
from typing import Any

import numpy
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

from tests.bench.openfisca_yongjia.facts import Person

ROWS: list[type[Variable]] = []


def row(formula: Callable[..., Any]) -> None:
    """Make the function a variable of its name: points of a person on a day."""
    body = {"value_type": float, "entity": Person, "definition_period": DateUnit.DAY}
    label = {"label": formula.__name__, "formula": formula}
    ROWS.append(type(formula.__name__, (Variable,), {**body, **label}))


def total_of(name: str, *rows: str, cap: str) -> None:
    """A variable that adds rows up to a cap of the parameters."""

    def formula(person, period, parameters):
        most = parameters(period)
        for key in cap.split("."):
            most = most[key]
        return numpy.minimum(sum(person(one, period) for one in rows), most)

    formula.__name__ = name
    row(formula)


@row
def age(person, period, parameters):
    born = person("birth_date", period)
    month = born.astype("datetime64[M]")
    day_of_year = month.astype(int) % 12 * 31 + (born - month).astype(int)
    today = (period.start.month - 1) * 31 + period.start.day - 1
    years = period.start.year - born.astype("datetime64[Y]").astype(int) - 1970
    return parameters(period).common.age.calc(years - (day_of_year > today))


@row
def education_points(person, period, parameters):
    return parameters(period).common.education[person("education", period)]


@row
def skill_points(person, period, parameters):
    return parameters(period).common.skill[person("skill", period)]


@row
def social_insurance(person, period, parameters):
    rule = parameters(period).common.social_insurance
    return numpy.minimum(person("social_insurance_months", period) * rule.rate, rule.cap)


@row
def residence(person, period, parameters):
    rule = parameters(period).common.residence
    return numpy.minimum(person("residence_months", period) * rule.rate, rule.cap)


@row
def housing_fund(person, period, parameters):
    rule = parameters(period).county.housing_fund
    return numpy.minimum(person("housing_fund_months", period) * rule.rate, rule.cap)


@row
def own_home(person, period, parameters):
    return person("owned_home", period) * parameters(period).county.housing.own_home


@row
def let_home(person, period, parameters):
    rule = parameters(period).county.housing.let_home
    return numpy.minimum(person("rented_years", period) * rule.rate, rule.cap)


@row
def special_status(person, period, parameters):
    either = person("party_member", period) + person("democratic_party_member", period)
    return (either + person("veteran", period)) * parameters(period).county.special_status


@row
def talent(person, period, parameters):
    return parameters(period).county.talent[person("talent_class", period)]


@row
def honour_county(person, period, parameters):
    return person("honours_county", period) * parameters(period).county.honours.county


@row
def honour_city(person, period, parameters):
    return person("honours_city", period) * parameters(period).county.honours.city


@row
def honour_province(person, period, parameters):
    number = person("honours_province", period) + person("honours_nation", period)
    return number * parameters(period).county.honours.province


@row
def registration(person, period, parameters):
    rule = parameters(period).county.public_welfare
    return person("donor_registration", period) * rule.donor_registration


@row
def donated(person, period, parameters):
    return person("donation", period) * parameters(period).county.public_welfare.donation


@row
def volunteering(person, period, parameters):
    rule = parameters(period).county.public_welfare.volunteering
    return numpy.minimum(person("volunteer_services", period) * rule.rate, rule.cap)


@row
def charity(person, period, parameters):
    rule = parameters(period).county.public_welfare.charity
    return numpy.minimum(person("charity_yuan", period) // rule.each * rule.rate, rule.cap)


@row
def law_study(person, period, parameters):
    rule = parameters(period).county.law_study
    return numpy.minimum(person("law_study_activities", period) * rule.rate, rule.cap)


@row
def employment(person, period, parameters):
    either = person("labour_contract", period) + person("business_owner", period)
    return either * parameters(period).county.investment_tax.employment


@row
def legal_representative(person, period, parameters):
    rule = parameters(period).county.investment_tax
    return person("above_scale_legal_representative", period) * rule.legal_representative


@row
def business_tax(person, period, parameters):
    rule = parameters(period).county.investment_tax.business_tax
    return person("business_tax_yuan", period) // rule.each * rule.rate


@row
def income_tax(person, period, parameters):
    rule = parameters(period).county.investment_tax.income_tax
    return person("income_tax_yuan", period) // rule.each * rule.rate


@row
def political_participation(person, period, parameters):
    return parameters(period).county.political_participation[person("political_role", period)]


def award(name: str, fact: str, value: str) -> None:
    """One kind of patent or award, so much each."""

    def formula(person, period, parameters):
        return person(fact, period) * parameters(period).county.innovation[value]

    formula.__name__ = name
    row(formula)


award("design", "patents_design", "design")
award("utility", "patents_utility", "utility")
award("invention", "patents_invention", "invention")
award("award_city", "science_awards_city", "award_city")
award("award_province", "science_awards_province", "award_province")
award("award_nation", "science_awards_nation", "award_nation")


@row
def other(person, period, parameters):
    return person("red_station_service", period) * parameters(period).county.other


total_of("housing", "own_home", "let_home", cap="county.housing.cap")
total_of("honours", "honour_county", "honour_city", "honour_province", cap="county.honours.cap")
total_of(
    "public_welfare",
    "registration",
    "donated",
    "volunteering",
    "charity",
    cap="county.public_welfare.cap",
)
total_of("taxes", "business_tax", "income_tax", cap="county.investment_tax.taxes_cap")
total_of(
    "investment_tax",
    "employment",
    "legal_representative",
    "taxes",
    cap="county.investment_tax.cap",
)
total_of(
    "innovation",
    "design",
    "utility",
    "invention",
    "award_city",
    "award_province",
    "award_nation",
    cap="county.innovation.cap",
)
total_of(
    "common",
    "age",
    "education_points",
    "skill_points",
    "social_insurance",
    "residence",
    cap="common.cap",
)
total_of(
    "county",
    "housing_fund",
    "housing",
    "special_status",
    "talent",
    "honours",
    "public_welfare",
    "law_study",
    "investment_tax",
    "political_participation",
    "innovation",
    "other",
    cap="county.cap",
)


@row
def points(person, period, parameters):
    return person("common", period) + person("county", period)
