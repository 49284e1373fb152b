"""What a tool answers where the fault is ours, or the office's."""

from datetime import date
from typing import Any, NoReturn

import pytest

from bot.api.rulebook import Rulebook
from bot.api.tools import call, tools
from scoring import Fault, Ruleset, RulesetError, list_rulesets, load_ruleset, ruleset_ids
from tests.bot.api.client import PERSON


def book(current: Any) -> Rulebook:
    return Rulebook(ruleset_ids, load_ruleset, current, lambda: date(2026, 11, 23))


def failing() -> NoReturn:
    raise ZeroDivisionError(str(PERSON))


def damaged() -> NoReturn:
    raise RulesetError([Fault("own.yaml", 3, "amends", "no such ruleset", "name one")])


@pytest.mark.parametrize(
    ("current", "kind", "logged"),
    [(failing, "fault", "ZeroDivisionError"), (damaged, "rules", "")],
)
def test_a_fault_is_an_answer_and_nothing_of_the_person_is_logged(
    current: Any, kind: str, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = call(book(current), "estimate", {"facts": PERSON})
    assert told.is_error
    assert told.structured_content["type"].endswith(f"#problem-{kind}")
    assert PERSON["birth_date"] not in caplog.text + str(told)
    assert logged in caplog.text


def current() -> Ruleset:
    return load_ruleset("yongjia-2022")


def test_each_schema_is_whole() -> None:
    """A tool brings along the schemas that it names, and no others."""
    for tool in tools(book(current)):
        for schema in (tool.input_schema, tool.output_schema or {}):
            named = set(_named(schema))
            assert named == set(schema.get("$defs", {})), tool.name
            assert schema["type"] == "object"
    rulesets = [one.id for one in list_rulesets()]
    [compare] = [one for one in tools(book(current)) if one.name == "compare"]
    assert compare.input_schema["properties"]["before"]["enum"] == rulesets


def _named(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [name for one in schema for name in _named(one)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"].removeprefix("#/$defs/")] if isinstance(schema.get("$ref"), str) else []
    return own + [name for one in schema.values() for name in _named(one)]
