"""The schemas say what the models say, and the files that come with the package follow them."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scoring import FACTS, FactsError, read_facts
from scoring.counties import packaged_rulesets
from scoring.rulefile.yaml_source import read_yaml
from scoring.schema import FOLDER, schemas
from tests.scoring.people import ACCEPTANCE, ON, complete
from tests.scoring.reference.people import by_age, people


def stored(name: str) -> Draft202012Validator:
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [as_json(inner) for inner in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", schemas())
def test_the_stored_schema_is_in_step_with_the_models(name: str) -> None:
    written = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert written == schemas()[name], "run: python -m scoring.schema"


@pytest.mark.parametrize("path", packaged_rulesets().values(), ids=lambda path: path.stem)
def test_packaged_rulesets_follow_the_schema(path: Path) -> None:
    written = read_yaml(path)
    if "extends" not in written:  # what extends another holds only what differs
        stored("ruleset.json").validate(as_json(written))


def test_a_key_that_no_model_knows_is_against_the_schema() -> None:
    written = as_json(read_yaml(packaged_rulesets()["yongjia-2022"]))
    written["parts"][0]["categories"][0]["items"][0]["ponits"] = 5
    assert not stored("ruleset.json").is_valid(written)


def test_facts_follow_their_schema() -> None:
    validator = stored("facts.json")
    validator.validate(complete(ACCEPTANCE))
    for person in [*people(200, ON, seed=61), *by_age(people(50, ON, seed=62), ON)]:
        validator.validate(as_json(person))


@pytest.mark.parametrize(
    "facts",
    [
        {"rented_years": -1},
        {"rented_years": 101},
        {"rented_years": "3"},
        {"education": "phd"},
        {"employment": ["self"]},
        {"owned_home": "yes"},
        {"educaton": "master"},
    ],
)
def test_schema_and_reader_refuse_the_same(facts: dict[str, Any]) -> None:
    assert not stored("facts.json").is_valid(facts)
    with pytest.raises(FactsError):
        read_facts(facts)


def test_null_is_unknown_for_both() -> None:
    unknown = dict.fromkeys(FACTS)
    stored("facts.json").validate(unknown)
    assert read_facts(unknown) == {}
