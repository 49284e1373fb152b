"""The kinds of rule: one module each, named like the kind and like its explanation partial."""

from typing import Annotated

from pydantic import Field

from scoring.rules.age_steps import AgeSteps
from scoring.rules.base import Item
from scoring.rules.between import Between
from scoring.rules.deduction import Deduction
from scoring.rules.flag import Flag
from scoring.rules.per_choice import PerChoice
from scoring.rules.per_count import PerCount
from scoring.rules.per_unit import PerUnit
from scoring.rules.tier import Tier
from scoring.rules.unpublished import Unpublished

KINDS: dict[str, type[Item]] = {
    "age_steps": AgeSteps,
    "between": Between,
    "deduction": Deduction,
    "flag": Flag,
    "per_choice": PerChoice,
    "per_count": PerCount,
    "per_unit": PerUnit,
    "tier": Tier,
    "unpublished": Unpublished,
}

AnyItem = Annotated[
    AgeSteps | Between | Deduction | Flag | PerChoice | PerCount | PerUnit | Tier | Unpublished,
    Field(discriminator="rule"),
]
