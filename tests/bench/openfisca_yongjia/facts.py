"""What is known of a person: input variables."""

from datetime import date

from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

Person = build_entity(key="person", plural="persons", label="A citizen", is_person=True)

NOT_TOLD = date(1900, 1, 1)  # too old for points, as an unanswered question gives none
COUNTS = (
    "social_insurance_months",
    "residence_months",
    "housing_fund_months",
    "rented_years",
    "honours_county",
    "honours_city",
    "honours_province",
    "honours_nation",
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
)
FLAGS = (
    "owned_home",
    "party_member",
    "democratic_party_member",
    "veteran",
    "donor_registration",
    "donation",
    "labour_contract",
    "business_owner",
    "above_scale_legal_representative",
    "red_station_service",
)
CHOICES = {
    "education": "below_high_school high_school junior_college bachelor master doctor",
    "skill": "none special_ability_basic special_ability_advanced level_5 level_4 level_3 level_2 "
    "level_1 junior_title intermediate_title senior_title operator_card",
    "talent_class": "none G F E D C B A",
    "political_role": "none township county city province nation",
}


def variable(name: str, **attributes: object) -> type[Variable]:
    """An input variable of a person on a day."""
    body = {"entity": Person, "definition_period": DateUnit.DAY, "label": name}
    return type(name, (Variable,), {**body, **attributes})


def choice(name: str, ids: str) -> type[Variable]:
    values = Enum(f"{name}_values", [(one, one) for one in ids.split()])
    first = next(iter(values))
    return variable(name, value_type=Enum, possible_values=values, default_value=first)


FACTS = (
    variable("birth_date", value_type=date, default_value=NOT_TOLD),
    *(variable(name, value_type=int) for name in COUNTS),
    *(variable(name, value_type=bool) for name in FLAGS),
    *(choice(name, ids) for name, ids in CHOICES.items()),
)
