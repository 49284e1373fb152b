"""What is asked and answered. The answers' schema is made from the engine's own results."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, JsonValue, WithJsonSchema, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DecimalSchema, NamedTupleSchema

from scoring import Estimate, Evidence, Fact
from scoring.analysis.advice import ToldStep
from scoring.analysis.compare import Line
from scoring.analysis.determination import DIGITS, UNKEYED, Differs
from scoring.rulefile.origin import Applied
from scoring.rulefile.values import Source

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
MOST_FACTS, LONGEST_ID = 200, 100
Id = Annotated[str, Field(max_length=LONGEST_ID)]
Day = Annotated[date, Field(ge=FIRST, le=LAST, json_schema_extra={"pattern": "^20"})]


Facts = Annotated[
    dict[Id, JsonValue], Field(max_length=MOST_FACTS), WithJsonSchema({"type": "object"})
]

_DAY = "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_ID = rf"^[^:\s]{{1,100}}:[0-9a-f]{{8}}:{_DAY}:[0-9a-z.]{{1,32}}:([0-9a-f]{{{DIGITS}}}|{UNKEYED})$"
DeterminationId = Annotated[str, Field(json_schema_extra={"pattern": _ID})]


class AskedNothing(BaseModel):
    """There is nothing to say."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Asked(AskedNothing):
    """Facts of one person."""

    facts: Facts
    ruleset: Id | None = None
    on: Day | None = None


class AskedCompare(Asked):
    """Facts of one person, and the ruleset to compare with."""

    before: Id


class AskedDetermine(AskedNothing):
    """A determination id, and the facts that it may have been made from."""

    determination: DeterminationId
    facts: Facts


class Answer(BaseModel):
    """What every answer about a person begins with."""

    determination: str
    ruleset: str
    on: date


def _made(name: str, about: str | None, kinds: dict[str, Any]) -> type[BaseModel]:
    """A model with fields that the engine declares."""
    fields: Any = {field: (kind, ...) for field, kind in kinds.items()}
    return create_model(name, __doc__=about, **fields)


EstimateAnswer = _made(
    "EstimateAnswer", Estimate.__doc__, {"determination": str, **get_type_hints(Estimate)}
)
ASKED_BY = ("id", "label", "type", "unit", "choices", "minimum", "maximum", "sensitive")
OpenQuestion: Any = _made(
    "OpenQuestion",
    "A fact that is still unknown and can change the result, as the catalogue declares it.",
    {name: Fact.model_fields[name].annotation for name in ASKED_BY},
)


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
    source: Source
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


class AdviceAnswer(Answer):
    """What would add points, what costs least first."""

    advice: tuple[ToldStep, ...]


ComparedLine: Any = _made(
    "ComparedLine",
    Line.__doc__,
    {**get_type_hints(Line), "gain": Decimal, "reasons": tuple[str, ...]},
)


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


class DetermineAnswer(BaseModel):
    """Whether the facts gave the estimate of the id. `differs`: what is otherwise, `text` the same
    in words; `estimate`: what the facts come to now by the rules of that day, null without them."""

    determination: str
    confirmed: bool
    differs: tuple[Differs | Literal["ruleset"], ...]
    text: str
    estimate: Estimate | None


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
