"""What the API answers is what the engine and the command line say."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.determination import checking
from bot.sealing.keyring import keyring_of
from bot.service import Service
from scoring import Determination, differences_from
from tests.bot.api.client import PERSON, Client, client_of
from tests.bot.setting_up import service_for, settings_for
from tests.bot.web import Watch
from tests.scoring.amendments import SETTLED, guide_example

ON = "2026-11-23"


def by_command(service: Service, *options: str) -> Any:
    env = {"XINSHIMIN_DATA_KEY": service.settings.data_key, "XINSHIMIN_RULES": ""}
    command = ["estimate", "-", "--on", ON, "--json", *options]
    done = CliRunner().invoke(main, command, input=json.dumps(PERSON), env=env)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_an_estimate_is_that_of_the_command_line(client: Client, service: Service) -> None:
    assert client.told("estimate", PERSON, on=ON) == by_command(service)


def test_evidence_is_that_of_the_estimate(client: Client, service: Service) -> None:
    assert client.told("evidence", PERSON, on=ON)["evidence"] == by_command(service)["evidence"]


def test_advice_and_comparison_are_those_of_the_command_line(
    client: Client, service: Service
) -> None:
    said = by_command(service, "--advice", "--compare", "yongjia-original")
    assert client.told("advice", PERSON, on=ON)["advice"] == said["advice"]
    found = client.told("compare", PERSON, on=ON, before="yongjia-original")
    assert found["compare"] == said["compare"]


def test_today_and_the_countys_rules_count_where_none_are_named(client: Client) -> None:
    named = client.told("estimate", PERSON, on=ON, ruleset="yongjia-2022")
    assert client.told("estimate", PERSON) == named


@pytest.mark.parametrize("name", ["estimate", "questions", "explain", "evidence", "advice"])
def test_every_answer_has_the_same_determination_id(
    client: Client, service: Service, name: str
) -> None:
    told = client.told(name, PERSON)
    id = Determination.read(told["determination"])
    keys = checking(keyring_of(service.engine.dialect))
    assert differences_from(id, service.rules(), PERSON, keys) == ()
    assert (told["ruleset"], told["on"]) == ("yongjia-2022", ON)


def test_questions_are_those_left_and_say_which_need_a_consent(client: Client) -> None:
    everything = client.told("questions")["questions"]
    assert everything[0]["id"] == "permit"
    left = {one["id"]: one for one in client.told("questions", PERSON)["questions"]}
    assert not left.keys() & PERSON.keys()
    assert left["special_statuses"]["sensitive"]
    assert {"id", "label"} == left["skill"]["choices"][0].keys()


def test_the_explanation_says_the_arithmetic_and_the_source(client: Client) -> None:
    told = client.told("explain", PERSON)
    rows = {row["id"]: row for one in told["categories"] for row in one["items"]}
    assert rows["social_insurance"]["points"] == 10.5
    assert "42 个月 × 0.25 = 10.5" in rows["social_insurance"]["text"]
    assert "说明" in rows["social_insurance"]["text"]


def test_all_rulesets_can_be_asked_for(client: Client) -> None:
    told = client.ask("rulesets").json["rulesets"]
    assert [one["id"] for one in told if one["current"]] == ["yongjia-2022"]
    for one in told:
        assert client.told("estimate", {}, ruleset=one["id"])["ruleset"] == one["id"]


def test_what_did_not_change_is_not_sent_again(client: Client) -> None:
    for name in ("rulesets", "openapi.json", ""):
        first = client.ask(name)
        again = client.ask(name, If_None_Match=first.headers["ETag"])
        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
        assert first.headers["Cache-Control"] == "private, no-cache"


def test_nothing_of_a_person_is_kept_on_the_way(client: Client) -> None:
    assert client.ask("estimate", {"facts": PERSON}).headers["Cache-Control"] == "no-store"


def test_the_tag_stays_while_the_rules_do(client: Client, watch: Watch) -> None:
    first = client.ask("rulesets")
    watch.wait(days=1)
    assert client.ask("rulesets", If_None_Match=first.headers["ETag"]).status_code == 304


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    return folder


@pytest.fixture
def office(tmp_path: Path, rules: Path) -> Client:
    """A client of an office with rules of its own."""
    return client_of(service_for(settings_for(tmp_path, rules=rules)))


def test_an_amendment_changes_the_tag(office: Client, rules: Path) -> None:
    before = office.ask("rulesets").headers["ETag"]
    (rules / "own.yaml").write_text(SETTLED, encoding="utf-8")
    after = office.ask("rulesets", If_None_Match=before)
    assert after.status_code == 200
    assert after.headers["ETag"] != before
    amended = [one for one in after.json["rulesets"] if one["amendments"]]
    assert [one["id"] for one in amended] == ["yongjia-2022"]


def test_facts_of_an_offices_own_rows_are_described_and_counted(
    office: Client, rules: Path
) -> None:
    before = office.ask("openapi.json").json["components"]["schemas"]["Facts"]["properties"]
    (rules / "own.yaml").write_text(guide_example("amendment"), encoding="utf-8")
    after = office.ask("openapi.json").json["components"]["schemas"]["Facts"]["properties"]
    fact = "example_offence"
    assert fact in after.keys() - before.keys()
    told = office.told("estimate", {fact: 1}, on="2027-06-01")
    assert told["points"] == 0
    assert fact in office.ask("").text


def test_the_page_names_each_field_of_each_answer_and_how_facts_are_written(client: Client) -> None:
    page = client.ask("").text
    described = client.ask("openapi.json").json["components"]["schemas"]
    told = ("ToldStep", "StepItem", "ExplainedItem", "Difference", "Evidence", "OpenQuestion")
    for field in {name for model in told for name in described[model]["properties"]}:
        assert f"<code>{field}</code>" in page
    assert "写其中一个" in page
    assert "写整数，0～1200 个月" in page
