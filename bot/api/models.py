"""What is asked and answered. The answers' schema is made from the engine's own results."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, JsonValue, WithJsonSchema, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DecimalSchema, NamedTupleSchema

from scoring import Choice, Difference, Estimate, Evidence
from scoring.analysis.advice import Gain
from scoring.rulefile.facts import FactType
from scoring.rulefile.origin import Applied

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
MOST_FACTS, LONGEST_ID = 200, 100
Id = Annotated[str, Field(max_length=LONGEST_ID)]
Day = Annotated[date, Field(ge=FIRST, le=LAST, json_schema_extra={"pattern": "^20"})]


class Asked(BaseModel):
    """Facts of one person."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    facts: Annotated[
        dict[Id, JsonValue], Field(max_length=MOST_FACTS), WithJsonSchema({"type": "object"})
    ]
    ruleset: Id | None = None
    on: Day | None = None


class AskedCompare(Asked):
    """Facts of one person, and the ruleset to compare with."""

    before: Id


class Answer(BaseModel):
    """What every answer about a person begins with."""

    determination: str
    ruleset: str
    on: date


_KINDS = {"determination": str, **get_type_hints(Estimate)}
_FIELDS: Any = {name: (kind, ...) for name, kind in _KINDS.items()}
EstimateAnswer: type[BaseModel] = create_model(
    "EstimateAnswer", __doc__=Estimate.__doc__, **_FIELDS
)


class OpenQuestion(BaseModel):
    """A fact that is still unknown and can change the result, as the catalogue declares it."""

    id: str
    label: str
    type: FactType
    unit: str
    choices: tuple[Choice, ...]
    minimum: int | date
    maximum: int | date | None
    sensitive: bool


class QuestionsAnswer(Answer):
    """The questions left, in the order in which they are best asked."""

    questions: tuple[OpenQuestion, ...]


class ExplainedItem(BaseModel):
    """One row that gives points or may give some; `text` is the arithmetic in words."""

    id: str
    label: str
    points: Decimal
    low: Decimal
    high: Decimal
    text: str


class ExplainedCategory(BaseModel):
    """One category and its rows."""

    id: str
    label: str
    points: Decimal
    low: Decimal
    high: Decimal
    items: tuple[ExplainedItem, ...]


class ExplainAnswer(Answer):
    """How the points come about."""

    points: Decimal
    low: Decimal
    high: Decimal
    categories: tuple[ExplainedCategory, ...]


class EvidenceAnswer(Answer):
    """The papers to bring."""

    evidence: tuple[Evidence, ...]


class Step(BaseModel):
    """Something that would add points."""

    id: str
    fact: str
    stage: str
    label: str
    how: str | None
    cost: str | None
    value: Any
    amount: int | None
    unit: str
    by: date | None
    answered: bool
    gain: Gain


class AdviceAnswer(Answer):
    """What would add points, what costs least first."""

    advice: tuple[Step, ...]


class ComparedLine(BaseModel):
    """One category before and after."""

    category: str
    label: str
    before: Decimal
    after: Decimal
    differences: tuple[Difference, ...]
    more: bool
    gain: Decimal
    reasons: tuple[str, ...]


class Compared(BaseModel):
    """The estimate under the earlier ruleset, and what changed."""

    ruleset: str
    points: Decimal
    low: Decimal
    high: Decimal
    gain: Decimal
    lines: tuple[ComparedLine, ...]


class CompareAnswer(Answer):
    """The same person under two rulesets."""

    compare: Compared


class RulesetTold(BaseModel):
    """A ruleset, and what amends it today. `digest`: of its rules in force, as it stands in
    determination ids; `current`: the one that counts where none is named."""

    id: str
    title: str
    predecessor: str | None
    current: bool
    digest: str
    amendments: tuple[Applied, ...]


class RulesetsAnswer(BaseModel):
    """All rulesets that can be asked for."""

    engine: str
    rulesets: tuple[RulesetTold, ...]


class Fault(BaseModel):
    """What is wrong in one field, and what would be right."""

    field: str
    detail: str


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[Fault, ...] = ()


class PlainSchema(GenerateJsonSchema):
    """The schema of what `scoring.engine.results.plain` writes: amounts as numbers, null where
    nothing limits them; named tuples as objects."""

    def decimal_schema(self, schema: DecimalSchema) -> JsonSchemaValue:
        return {"type": ["number", "null"]}

    def named_tuple_schema(self, schema: NamedTupleSchema) -> JsonSchemaValue:
        fields = {one["name"]: self.generate_inner(one["schema"]) for one in schema["fields"]}
        return {"type": "object", "properties": fields, "required": list(fields)}
