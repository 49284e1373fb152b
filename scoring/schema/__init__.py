"""JSON Schemas of the files people write, made from the models: for editors and other programs.

The files beside this module are kept in step by a test; `python -m scoring.schema` writes them.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from scoring.rulefile.facts import FACTS, Fact
from scoring.rulefile.model import Written
from scoring.rulefile.overlay import Overlay

FOLDER = Path(__file__).parent
DIALECT = "https://json-schema.org/draft/2020-12/schema"
WHOLE = frozenset({"months", "years", "age", "count", "yuan"})
SINCE_1900 = (date(1900, 1, 1), "^(19|[2-9][0-9])")
Schema = dict[str, Any]


def ruleset_schema() -> Schema:
    """A ruleset file, as `scoring/counties/*/rules/*.yaml`.

    >>> "predecessor" in ruleset_schema()["properties"]
    True
    """
    return _of_model(Written, "A ruleset")


def amendment_schema() -> Schema:
    """A file that amends a ruleset, as an office keeps them in its own folder.

    >>> amendment_schema()["required"]
    ['amends', 'title']
    """
    return _of_model(Overlay, "An amendment of a ruleset")


def facts_schema(catalogue: Mapping[str, Fact] = FACTS) -> Schema:
    """Facts about a person; null or absent means unknown.

    >>> facts_schema()["properties"]["owned_home"]["type"]
    ['boolean', 'null']
    """
    return {
        "$schema": DIALECT,
        "title": "Facts about a person",
        "type": "object",
        "additionalProperties": False,
        "properties": {id: _of_fact(fact) for id, fact in catalogue.items()},
    }


def schemas() -> dict[str, Schema]:
    """Every schema by the name of its file."""
    return {
        "ruleset.json": ruleset_schema(),
        "amendment.json": amendment_schema(),
        "facts.json": facts_schema(),
    }


def _of_model(model: type[Written | Overlay], title: str) -> Schema:
    schema = model.model_json_schema(by_alias=True)
    choices = schema["$defs"]["FactWritten"]["properties"]["choices"]
    choices.clear()  # written as a mapping of ids to labels, read into pairs
    choices.update(type="object", additionalProperties={"type": "string"})
    schema["$defs"].pop("Choice", None)
    return {"$schema": DIALECT, **schema, "title": title}


def _of_fact(fact: Fact) -> Schema:
    told: Schema = {"title": fact.label}
    ids = [choice.id for choice in fact.choices]
    if fact.type in WHOLE:
        told |= {"type": ["integer", "null"], "minimum": fact.minimum}
        if fact.maximum is not None:
            told["maximum"] = fact.maximum
    elif fact.type == "set":
        told |= {"type": ["array", "null"], "items": {"enum": ids}}
    elif fact.type == "choice":
        told["enum"] = [*ids, None]
    elif fact.type == "date":
        told |= {"type": ["string", "null"], "format": "date"}
        if fact.minimum == SINCE_1900[0]:  # a schema has no bounds for dates
            told["pattern"] = SINCE_1900[1]
    else:
        told["type"] = ["boolean", "null"]
    return told
