"""What is said where there is no answer: which field, what is wrong, what would be right."""

from typing import Any

import pytest

from bot.api import operations
from bot.database import writing
from bot.service import Service
from tests.bot.api.client import Client


@pytest.mark.parametrize(
    ("body", "status", "field", "says"),
    [
        (b"{", 400, None, "JSON"),
        ([], 422, "", "facts"),
        ({}, 422, "facts", "缺这个字段"),
        ({"facts": {"rented_years": -1}}, 422, "facts.rented_years", "0 到 100"),
        ({"facts": {"educatoin": "master"}}, 422, "facts.educatoin", "education"),
        ({"facts": {"education": "phd"}}, 422, "facts.education", "bachelor"),
        ({"facts": {}, "rulesets": "x"}, 422, "rulesets", "ruleset"),
        ({"facts": {}, "on": "1999-12-31"}, 422, "on", "2000-01-01"),
        ({"facts": {}, "on": 20261123}, 422, "on", "2026-11-23"),
        ({"facts": {}, "ruleset": "nowhere"}, 422, "ruleset", "yongjia-2022"),
        ({"facts": {f"x{number}": 1 for number in range(201)}}, 422, "facts", "200"),
        ({"facts": {"x" * 101: 1}}, 422, f"facts.{'x' * 60}….[key]", "100"),
    ],
)
def test_the_field_and_what_would_be_right_are_named(
    client: Client, body: Any, status: int, field: str | None, says: str
) -> None:
    found = client.ask("estimate", body)
    assert (found.status_code, found.mimetype) == (status, "application/problem+json")
    assert found.json["status"] == status
    errors = found.json["errors"]
    assert [one["field"] for one in errors] == ([] if field is None else [field])
    assert says in found.json["detail"]


def test_all_facts_that_are_wrong_are_named_at_once(client: Client) -> None:
    facts = {"permit": "有", "birth_date": "1990/05/01", "education": "master", "idcard": "x"}
    errors = client.ask("estimate", {"facts": facts}).json["errors"]
    assert [one["field"] for one in errors] == ["facts.permit", "facts.birth_date", "facts.idcard"]
    later = client.ask("estimate", {"facts": {"birth_date": "2027-01-01"}, "on": "2026-11-23"})
    assert [one["field"] for one in later.json["errors"]] == ["facts.birth_date"]


def test_the_type_of_a_problem_leads_to_its_place_on_the_page(client: Client) -> None:
    kind = client.ask("estimate", b"{").json["type"]
    page, _, place = kind.partition("#")
    assert page == "/api/v1/"
    assert f'id="{place}"' in client.ask("").text


def test_a_database_that_is_locked_is_said_and_asked_again(
    client: Client, service: Service
) -> None:
    with writing(service.engine):
        found = client.ask("rulesets")
    assert (found.status_code, found.headers["Retry-After"]) == (503, "5")
    assert found.mimetype == "application/problem+json"
    assert client.ask("rulesets").status_code == 200


def test_a_fault_of_ours_says_nothing_of_what_was_sent(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    client.app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(operations, "estimate_json", failing)
    found = client.ask("estimate", {"facts": {"birth_date": "1987-06-05"}})
    assert found.status_code == 500
    assert found.json["type"].endswith("#problem-fault")
    assert "1987-06-05" not in caplog.text + found.text


def test_no_more_than_16_kb_are_read(client: Client) -> None:
    found = client.ask("estimate", b" " * (operations.LARGEST + 1))
    assert found.status_code == 413
    assert "16384" in found.json["detail"]
