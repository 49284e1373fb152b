"""The description of the API (OpenAPI 3.1), made from the models."""

from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from bot.api.models import Problem
from bot.api.operations import OPERATIONS, Operation
from bot.api.problems import MEDIA_TYPE, words
from bot.api.schemas import Schema, schemas
from bot.api.words import api_words
from scoring import Ruleset
from scoring.version import ENGINE

ROOT = "/api/v1"
DESCRIPTION = "openapi.json"
REF = "#/components/schemas/{model}"


@lru_cache(maxsize=8)
def document(rulesets: tuple[Ruleset, ...]) -> Schema:
    """The whole description, where there are these rulesets."""
    told = api_words()
    return {
        "openapi": "3.1.0",
        "info": {"title": told.title, "description": told.about, "version": ENGINE},
        "servers": [{"url": ROOT}],
        "security": [{"key": []}],
        "paths": {f"/{one.name}": _path(one, rulesets) for one in OPERATIONS.values()},
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas(rulesets, REF),
            "responses": {"Problem": _content(MEDIA_TYPE, Problem)},
        },
    }


def _path(operation: Operation, rulesets: tuple[Ruleset, ...]) -> Schema:
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
    if not operation.is_about_a_person:
        tag = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}
        found["parameters"] = [tag]
        found["responses"]["304"] = {"description": words().unchanged}
        return {"get": found}
    body = {"schema": _ref(operation.asked), "example": _example(operation, rulesets)}
    found["requestBody"] = {"required": True, "content": {"application/json": body}}
    return {"post": found}


def _example(operation: Operation, rulesets: tuple[Ruleset, ...]) -> Schema:
    """What may be sent: the fields that must be there."""
    needed = operation.asked.model_fields.items()
    return {name: _shown(name, rulesets) for name, field in needed if field.is_required()}


def _shown(field: str, rulesets: tuple[Ruleset, ...]) -> Any:
    value = api_words().example[field]
    return value.format(ruleset=rulesets[0].id) if isinstance(value, str) else value


def _refusals(operation: Operation) -> list[int]:
    kinds = {one.status for one in words().problems.values()} - {404, 405}
    return sorted(kinds if operation.is_about_a_person else kinds - {400, 413, 415, 422})


def _content(media_type: str, model: type[BaseModel], about: str = "") -> Schema:
    about = about or words().refused
    return {"description": about, "content": {media_type: {"schema": _ref(model)}}}


def _ref(model: type[BaseModel]) -> Schema:
    return {"$ref": REF.format(model=model.__name__)}
