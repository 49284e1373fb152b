"""The JSON Schemas of what goes in and comes out, made from the models and the rules."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from bot.api.models import PlainSchema, Problem
from bot.api.operations import OPERATIONS
from bot.api.words import api_words
from scoring import Fact, Ruleset
from scoring.schema import facts_schema

Schema = dict[str, Any]


def facts_of(rulesets: tuple[Ruleset, ...]) -> dict[str, Fact]:
    """The facts that these rulesets know, those of an office's own rows too."""
    return {id: fact for one in rulesets for id, fact in one.catalogue.items()}


def schemas(rulesets: tuple[Ruleset, ...], ref: str) -> dict[str, Schema]:
    """All of them by their names, where there are these rulesets. `ref`: how one names another,
    with a gap for the `{model}`."""
    asked = {one.asked.__name__: one.asked for one in OPERATIONS.values()}
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Problem, "serialization")]
    models += [(one, "validation") for one in asked.values()]
    models += [(one.answered, "serialization") for one in OPERATIONS.values()]
    _, found = models_json_schema(models, ref_template=ref, schema_generator=PlainSchema)
    made: dict[str, Schema] = found["$defs"]
    for name in asked:
        _describe(made[name], rulesets, ref)
    facts = facts_schema(facts_of(rulesets))
    facts.pop("$schema")
    return {**made, "Facts": facts}


def _describe(asked: Schema, rulesets: tuple[Ruleset, ...], ref: str) -> None:
    fields = asked["properties"]
    for field in fields.keys() & {"ruleset", "before"}:
        unnamed = [] if field in asked["required"] else [None]
        fields[field] = {"enum": [*(one.id for one in rulesets), *unnamed]}
    if "facts" in fields:
        fields["facts"] = {"$ref": ref.format(model="Facts")}
    for field, schema in fields.items():
        schema["description"] = api_words().fields[field]
