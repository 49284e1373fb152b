"""The kinds of rule: one module each, named like the kind and like its explanation partial."""

from typing import Annotated, get_args

from pydantic import Field

from scoring.rulefile.kinds.age_steps import AgeSteps
from scoring.rulefile.kinds.base import Item
from scoring.rulefile.kinds.between import Between
from scoring.rulefile.kinds.deduction import Deduction
from scoring.rulefile.kinds.flag import Flag
from scoring.rulefile.kinds.per_choice import PerChoice
from scoring.rulefile.kinds.per_count import PerCount
from scoring.rulefile.kinds.per_unit import PerUnit
from scoring.rulefile.kinds.tier import Tier
from scoring.rulefile.kinds.unpublished import Unpublished

AnyItem = Annotated[
    AgeSteps | Between | Deduction | Flag | PerChoice | PerCount | PerUnit | Tier | Unpublished,
    Field(discriminator="rule"),
]

_CLASSES: tuple[type[Item], ...] = get_args(get_args(AnyItem)[0])
KINDS: dict[str, type[Item]] = {
    get_args(kind.model_fields["rule"].annotation)[0]: kind for kind in _CLASSES
}
"""Every kind by the word that `rule:` has for it, in the order of the union above."""
