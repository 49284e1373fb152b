"""The description of the API (OpenAPI 3.1), made from the models."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from bot.api.models import PlainSchema, Problem
from bot.api.operations import OPERATIONS, Operation
from bot.api.problems import MEDIA_TYPE, words
from dialogs import data
from scoring import Fact, Ruleset
from scoring.schema import facts_schema
from scoring.version import ENGINE

ROOT = "/api/v1"
DESCRIPTION = "openapi.json"
REF = "#/components/schemas/{model}"
Schema = dict[str, Any]


class OperationWords(BaseModel):
    """What one address answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    summary: str
    about: str


class ApiWords(BaseModel):
    """`templates/api/operations.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    about: str
    operations: Mapping[str, OperationWords]
    fields: Mapping[str, str]
    example: Mapping[str, Any]


@cache
def api_words() -> ApiWords:
    """The file, checked."""
    return data.load("templates", "api/operations.yaml", ApiWords)


@lru_cache(maxsize=8)
def document(rulesets: tuple[Ruleset, ...]) -> Schema:
    """The whole description, where there are these rulesets."""
    told = api_words()
    return {
        "openapi": "3.1.0",
        "info": {"title": told.title, "description": told.about, "version": ENGINE},
        "servers": [{"url": ROOT}],
        "security": [{"key": []}],
        "paths": {f"/{one.name}": _path(one) for one in OPERATIONS.values()},
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(rulesets),
            "responses": {"Problem": _content(MEDIA_TYPE, Problem)},
        },
    }


def _path(operation: Operation) -> Schema:
    told = api_words().operations[operation.name]
    refused = _refusals(operation)
    found: Schema = {
        "operationId": operation.name,
        "summary": told.summary,
        "description": told.about,
        "responses": {
            "200": _content("application/json", operation.answered, told.summary),
            **{str(status): {"$ref": "#/components/responses/Problem"} for status in refused},
        },
    }
    if operation.asked is None:
        tag = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}
        found["parameters"] = [tag]
        found["responses"]["304"] = {"description": words().unchanged}
        return {"get": found}
    body = {"schema": _ref(operation.asked), "example": dict(api_words().example)}
    found["requestBody"] = {"required": True, "content": {"application/json": body}}
    return {"post": found}


def _refusals(operation: Operation) -> list[int]:
    kinds = {one.status for one in words().problems.values()} - {404, 405}
    return sorted(kinds if operation.asked else kinds - {400, 413, 415, 422})


def _content(media_type: str, model: type[BaseModel], about: str = "") -> Schema:
    about = about or words().refused
    return {"description": about, "content": {media_type: {"schema": _ref(model)}}}


def _ref(model: type[BaseModel]) -> Schema:
    return {"$ref": REF.format(model=model.__name__)}


def facts_of(rulesets: tuple[Ruleset, ...]) -> dict[str, Fact]:
    """The facts that these rulesets know, those of an office's own rows too."""
    return {id: fact for one in rulesets for id, fact in one.catalogue.items()}


def _schemas(rulesets: tuple[Ruleset, ...]) -> Schema:
    asked = {one.asked.__name__: one.asked for one in OPERATIONS.values() if one.asked}
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Problem, "serialization")]
    models += [(one, "validation") for one in asked.values()]
    models += [(one.answered, "serialization") for one in OPERATIONS.values()]
    _, found = models_json_schema(models, ref_template=REF, schema_generator=PlainSchema)
    made: Schema = found["$defs"]
    for name in asked:
        fields = made[name]["properties"]
        for field in fields.keys() & {"ruleset", "before"}:
            unnamed = [] if field in made[name]["required"] else [None]
            fields[field] = {"enum": [*(one.id for one in rulesets), *unnamed]}
        fields["facts"] = {"$ref": REF.format(model="Facts")}
        for field, schema in fields.items():
            schema["description"] = api_words().fields[field]
    facts = facts_schema(facts_of(rulesets))
    facts.pop("$schema")
    return {**made, "Facts": facts}
