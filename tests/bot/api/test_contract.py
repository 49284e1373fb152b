"""A client made from the description of the API: every answer is as described, whatever is sent."""

import re
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings

from bot.api.openapi import document
from bot.api.operations import OPERATIONS
from scoring import Determination, list_rulesets, ruleset_ids
from tests.bot.api.client import Client

CALLS = {name: "POST" if one.is_about_a_person else "GET" for name, one in OPERATIONS.items()}
EXAMPLES = 25


def is_unborn(body: Any) -> bool:
    """Whether the person was born after the day of the estimate: no schema can say that."""
    if not isinstance(body, dict) or not isinstance(facts := body.get("facts"), dict):
        return False
    on = str(body.get("on") or "2026-11-23")
    return any(str(facts.get(id) or "") > on for id in ("birth_date", "age_told_on"))


def is_of_no_rules(body: Any) -> bool:
    """Whether a determination id names a day like 30 February, or a ruleset that is not here, by
    which no fact can be checked: no schema can say that."""
    id = body.get("determination") if isinstance(body, dict) else None
    try:
        return isinstance(id, str) and Determination.read(id).ruleset not in ruleset_ids()
    except ValueError:
        return bool(re.search(r":20\d\d-\d\d-\d\d:", id or ""))


@pytest.fixture
def described(app: Flask, client: Client) -> Any:
    import schemathesis  # takes a second, which no other test should

    found = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    found.config.analysis.constants.enabled = False  # it would import folders of data as modules
    return found


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize("name", CALLS)
def test_every_answer_is_as_described(described: Any, client: Client, name: str, mode: str) -> None:
    """What is as described is answered, what is not is refused, and each answer has its shape."""
    from schemathesis import GenerationMode

    operation = described[f"/{name}"][CALLS[name]]
    headers = {"Authorization": f"Bearer {client.key}", "Accept-Encoding": "identity"}

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=GenerationMode(mode)))
    def ask(case: Any) -> None:
        assume(not is_unborn(case.body) and not is_of_no_rules(case.body))
        case.call_and_validate(headers=headers)

    ask()


def test_the_client_checks_answers_against_the_description() -> None:
    from schemathesis.checks import CHECKS

    assert "response_schema_conformance" in {one.__name__ for one in CHECKS.get_all()}


def test_every_operation_is_described_with_what_it_refuses() -> None:
    told = document(list_rulesets())["paths"]
    assert told.keys() == {f"/{name}" for name in OPERATIONS}
    for name, method in CALLS.items():
        responses = told[f"/{name}"][method.lower()]["responses"]
        assert {"200", "401", "429", "503"} <= responses.keys()
        assert ("422" in responses) is (method == "POST")
