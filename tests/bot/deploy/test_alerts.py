"""The alerts an operator installs: of figures that exist, with a word on what to do; tried with
Prometheus' own promtool, each of them firing and not firing."""

import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask

from dialogs.data import parse
from tests.bot.setting_up import service_for, settings_for
from tests.guides import GUIDES, anchors

ALERTS = Path(str(files("bot.deploy") / "alerts.yaml"))
RULES = parse(ALERTS.read_text("utf-8"))["groups"][0]["rules"]
CASES: dict[str, list[dict[str, Any]]] = parse(
    Path(__file__).with_name("alerts.yaml").read_text("utf-8")
)
FIGURE = re.compile(r"\bxinshimin_[a-z_]+")
SEVERITIES = {"now", "day"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_what_to_do_and_where_to_read_on(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in SEVERITIES
    told = rule["annotations"]
    assert told["summary"].endswith(".")
    assert len(told["action"]) > 40
    file, _, anchor = told["guide"].partition("#")
    assert file in GUIDES
    assert anchor in anchors(file)


def test_every_figure_an_alert_asks_for_is_told(tmp_path: Path) -> None:
    app: Flask = service_for(settings_for(tmp_path))
    text = app.test_client().get("/metrics").text
    described = set(re.findall(r"^# TYPE (xinshimin_\w+)", text, re.MULTILINE))
    asked = {name for rule in RULES for name in FIGURE.findall(rule["expr"])}
    assert len(asked) > 12
    assert {re.sub(r"_(bucket|count|sum)$", "", name) for name in asked} <= described


def test_each_alert_has_a_case_in_which_it_fires_and_one_in_which_not() -> None:
    assert [rule["alert"] for rule in RULES] == list(CASES)
    for cases in CASES.values():
        assert {"fires", "rests"} <= {name for case in cases for name in case}


@pytest.mark.soak
def test_promtool_finds_no_fault_and_each_case_as_it_should_be(tmp_path: Path) -> None:
    promtool = shutil.which("promtool")
    assert promtool, "promtool is missing: it is in Debian's package prometheus"
    tests = [_as_promtool_tests(name, case) for name, cases in CASES.items() for case in cases]
    file = tmp_path / "tests.yaml"
    file.write_text(yaml.safe_dump({"rule_files": [str(ALERTS)], "tests": tests}))
    for command in (["check", "rules", str(ALERTS)], ["test", "rules", str(file)]):
        done = subprocess.run([promtool, *command], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def _as_promtool_tests(name: str, case: dict[str, Any]) -> dict[str, Any]:
    [rule] = (rule for rule in RULES if rule["alert"] == name)
    series = case.get("fires") or case["rests"]
    alert = {
        "exp_labels": rule["labels"] | case.get("labels", {}),
        "exp_annotations": rule["annotations"],
    }
    return {
        "interval": "1m",
        "input_series": [{"series": key, "values": str(one)} for key, one in series.items()],
        "alert_rule_test": [
            {"eval_time": case["at"], "alertname": name, "exp_alerts": [alert] * ("fires" in case)}
        ],
    }
