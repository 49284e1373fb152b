"""The description as a page that people read: no script, nothing from elsewhere."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import Response, render_template

from bot.api.openapi import DESCRIPTION, REF, ROOT, document
from bot.api.operations import OPERATIONS
from bot.api.problems import words
from bot.api.schemas import Schema, facts_of
from bot.api.words import api_words
from scoring import Ruleset


class AnswerField(NamedTuple):
    """A field of an answer, and the fields of what it holds: of each one, where it is a list."""

    name: str
    is_list: bool
    fields: tuple["AnswerField", ...]


def page(rulesets: tuple[Ruleset, ...]) -> Response:
    """The page, where there are these rulesets."""
    schemas = document(rulesets)["components"]["schemas"]
    text = render_template(
        "api/page.html",
        root=ROOT,
        description=DESCRIPTION,
        words=api_words(),
        operations=OPERATIONS.values(),
        answers={
            one.name: fields_of(schemas[one.answered.__name__], schemas)
            for one in OPERATIONS.values()
        },
        problems=words().problems,
        facts=facts_of(rulesets).values(),
        rulesets=rulesets,
    )
    return Response(text, content_type="text/html; charset=utf-8")


def fields_of(schema: Schema, schemas: Mapping[str, Schema]) -> tuple[AnswerField, ...]:
    """The fields of an object, with those of the objects in it."""
    return tuple(_field(name, one, schemas) for name, one in schema.get("properties", {}).items())


def _field(name: str, schema: Schema, schemas: Mapping[str, Schema]) -> AnswerField:
    whole = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    held = whole.get("items", whole)
    model = held.get("$ref", "").removeprefix(REF.format(model=""))
    inside = fields_of(schemas[model], schemas) if model else ()
    return AnswerField(name, "items" in whole, inside)
