"""Who may ask: keys of clients, made and revoked on the command line."""

from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from bot.api import keys
from bot.cli import main
from bot.database import reading, writing
from bot.models import ApiKey
from bot.service import Service
from bot.staff import audit
from tests.bot.api.client import Client, client_of
from tests.bot.setting_up import service_for, settings_for
from tests.bot.web import Watch


def run(service: Service, *arguments: str) -> Result:
    command = ["api", "key", "--url", service.settings.database_url, *arguments]
    return CliRunner().invoke(main, command)


def key_in(output: str) -> str:
    return output.strip().rpartition(" ")[2]


def test_without_a_key_there_is_no_api(app: Flask) -> None:
    nobody = Client(app, "xsm.portal.nothing")
    for name in ("", "openapi.json", "rulesets", "what"):
        found = nobody.ask(name)
        assert found.status_code == 404
        assert found.mimetype == "application/problem+json"


def test_a_key_is_made_listed_used_and_revoked(app: Flask, service: Service) -> None:
    made = run(service, "add", "portal", "--per-minute", "7")
    assert made.exit_code == 0, made.output
    key = key_in(made.stdout)
    assert Client(app, key).ask("rulesets").status_code == 200
    listed = run(service, "list").stdout
    assert "portal  7 a minute" in listed
    assert key.rpartition(".")[2] not in listed
    assert run(service, "revoke", "portal").exit_code == 0
    assert client_of(app, "other").ask("rulesets").status_code == 200
    assert Client(app, key).ask("rulesets").status_code == 401
    with reading(service.engine) as connection:
        done = [(one.action, one.target) for one in audit.entries(connection)]
    assert done == [("revoke_api_key", "portal"), ("add_api_key", "portal")]


@pytest.mark.parametrize(
    "arguments",
    [["add", "Portal"], ["add", "a b"], ["add", "portal"], ["revoke", "nobody"]],
)
def test_what_cannot_be_is_refused(app: Flask, service: Service, arguments: list[str]) -> None:
    client_of(app)
    assert run(service, *arguments).exit_code == 1


def test_the_database_holds_no_key(client: Client, service: Service) -> None:
    with reading(service.engine) as connection:
        row = connection.execute(select(ApiKey)).one()
    assert not any(client.key.rpartition(".")[2] in str(value) for value in row)


@pytest.mark.parametrize("change", ["", "x", "name", "prefix", "cut", "long"])
def test_only_the_whole_key_opens(client: Client, change: str) -> None:
    prefix, name, secret = client.key.split(".")
    client.key = {
        "": "",
        "x": f"{client.key}x",
        "name": f"{prefix}.other.{secret}",
        "prefix": f"abc.{name}.{secret}",
        "cut": client.key[:-1],
        "long": "x" * 5000,
    }[change]
    found = client.ask("rulesets")
    assert found.status_code == 401
    assert found.headers["WWW-Authenticate"].startswith("Bearer")


def test_each_client_has_so_many_calls_a_minute_over_all_workers(
    tmp_path: Any, watch: Watch, url: str
) -> None:
    settings = settings_for(tmp_path, database_url=url)
    first = client_of(service_for(settings, clock=watch), per_minute=3)
    second = Client(service_for(settings, clock=watch), first.key)
    other = client_of(first.app, "other", per_minute=1)
    got = [one.ask("rulesets").status_code for one in (first, second, first, second, first)]
    assert got == [200, 200, 200, 429, 429]
    assert second.ask("rulesets").headers["Retry-After"] == "60"
    assert other.ask("rulesets").status_code == 200
    watch.wait(minutes=1)
    assert second.ask("rulesets").status_code == 200


def test_a_key_revoked_in_the_middle_of_a_call_is_not_counted(
    client: Client, service: Service
) -> None:
    with writing(service.engine) as connection:
        keys.revoke(connection, "portal")
    with pytest.raises(keys.UnknownKeyError):
        keys._counted(service, "portal", 1)
