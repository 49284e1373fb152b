"""`xinshimin estimate` with a comparison, advice, the coming years and a goal."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.cli.estimate import command
from tests.scoring.people import ACCEPTANCE, ON, complete


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(yaml.safe_dump(complete(ACCEPTANCE)), encoding="utf-8")
    return path


def asked(facts: Path, *options: str) -> Result:
    given = [str(facts), "--on", ON.isoformat(), *options]
    return CliRunner().invoke(command, given, catch_exceptions=False)


def told(facts: Path, *options: str) -> Any:
    return json.loads(asked(facts, "--json", *options).stdout)


def test_the_estimate_stays_as_it_is_and_the_rest_stands_beside_it(facts: Path) -> None:
    plain = told(facts)
    more = told(facts, "--compare", "yongjia-original", "--advice", "--timeline", "--reach", "100")
    assert {key: more[key] for key in plain} == plain
    assert set(more) - set(plain) == {"compare", "advice", "timeline", "reach"}


def test_before_and_after_with_reasons(facts: Path) -> None:
    found = told(facts, "--compare", "yongjia-original")["compare"]
    assert (found["ruleset"], found["points"], found["gain"]) == ("yongjia-original", 51.5, 14.5)
    assert found["high"] == 87  # 10.5 more for insurance and 25 more for the certificate
    housing = next(line for line in found["lines"] if line["category"] == "housing")
    assert (housing["before"], housing["after"], housing["gain"]) == (6, 5, -1)
    assert "租赁合同" in housing["reasons"][0]


def test_in_words(facts: Path) -> None:
    text = asked(facts, "--compare", "yongjia-original", "--advice", "--reach", "70").stdout
    assert "原来（《实施细则》修订前）估算 51.5 分（可能 51.5～87 分）" in text
    assert "容易做到：" in text
    assert "到 70 分还差 4 分" in text
    assert "只是等着" in asked(facts, "--timeline").stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--compare", "yongjia-orginal"), "yongjia-original"),
        (("--reach", "many"), "not a valid"),
        (("--reach", "-1"), "not in the range"),
    ],
)
def test_what_cannot_be_asked(facts: Path, options: tuple[str, ...], words: str) -> None:
    result = asked(facts, *options)
    assert result.exit_code == 2
    assert words in result.stderr


def test_neither_a_person_nor_people() -> None:
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 2
    assert "name a file of facts" in result.stderr
