"""Health, figures, logs, and what a production start does."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

import bot
from scoring import RulesetError
from tests.bot.setting_up import NOW, environment_of, service_for, settings_for
from tests.bot.wechat.platform import Platform


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return service_for(settings_for(tmp_path))


def test_it_is_alive_and_ready(app: Flask) -> None:
    assert app.test_client().get("/healthz").text == "ok\n"
    assert app.test_client().get("/readyz").text.startswith("ready\n")


def test_it_is_not_ready_without_its_tables(tmp_path: Path) -> None:
    response = bot.create_app(settings_for(tmp_path)).test_client().get("/readyz")
    assert response.status_code == 503
    assert "xinshimin db upgrade" in response.text


def test_it_is_not_ready_without_its_database(tmp_path: Path) -> None:
    (tmp_path / "service.db").mkdir()
    response = bot.create_app(settings_for(tmp_path)).test_client().get("/readyz")
    assert response.status_code == 503
    assert "does not answer" in response.text


def test_figures_are_told_to_prometheus_only(app: Flask) -> None:
    platform = Platform(app.test_client(), settings_for(Path("x")), int(NOW.timestamp()))
    platform.event("o1", "subscribe")
    figures = app.test_client().get("/metrics").text
    assert 'xinshimin_messages_total{kind="event"}' in figures
    through_proxy = {"X-Forwarded-For": "203.0.113.7"}
    assert app.test_client().get("/metrics", headers=through_proxy).status_code == 404


def test_with_several_workers_figures_of_the_moment_stand_once(tmp_path: Path) -> None:
    """Prometheus refuses a whole answer that names a figure twice."""
    asked_twice = (
        "from bot import metrics\n"
        "for due in (3, 4):\n"
        "    told = metrics.exposition() + metrics.gauges({'notices_due': due})\n"
        "print(told.decode())"
    )
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", asked_twice], env=environment, capture_output=True, text=True
    )
    lines = [line for line in told.stdout.splitlines() if line.startswith("xinshimin_notices_due")]
    assert lines == ["xinshimin_notices_due 4.0"]


def test_logs_name_nobody_and_repeat_nothing(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    platform = Platform(
        app.test_client(), app.extensions["xinshimin"].settings, int(NOW.timestamp())
    )
    platform.event("oPERSON", "subscribe")
    platform.say("oPERSON", "geheimes Wort")
    platform.post(b"<xml><broken")
    assert caplog.records
    assert "oPERSON" not in caplog.text
    assert "geheimes" not in caplog.text


def test_a_production_start_demands_the_newest_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment_of(settings_for(tmp_path)).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        bot.create_app()
    assert "Run: xinshimin db upgrade" in capsys.readouterr().err
    service_for(settings_for(tmp_path))
    assert bot.create_app().test_client().get("/readyz").status_code == 200


@pytest.mark.parametrize(
    "path", ["/simulator/", "/simulator/1", "/simulator/api/cgi-bin/stable_token"]
)
def test_a_production_start_has_no_phone(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404
    assert app.test_client().post(path).status_code in {404, 405}
    assert "simulator" not in app.test_client().get("/").text


def test_a_production_start_demands_sound_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    settings = settings_for(tmp_path)
    service_for(settings)
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XINSHIMIN_RULES", str(rules / "gone"))
    with pytest.raises(SystemExit):
        bot.create_app()
    assert "there is no such folder" in capsys.readouterr().err
    monkeypatch.setenv("XINSHIMIN_RULES", str(rules))
    (rules / "mine.yaml").write_text("amends: [", encoding="utf-8")
    with pytest.raises(SystemExit):
        bot.create_app()
    said = capsys.readouterr().err
    assert "The service does not start, for the rules:\nmine.yaml:2: YAML: " in said


def test_rules_damaged_while_it_runs_leave_those_in_force(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = tmp_path / "rules"
    own.mkdir()
    running = service_for(settings_for(tmp_path, rules=own)).extensions["xinshimin"]
    before = running.rules()
    (own / "mine.yaml").write_text("amends: [", encoding="utf-8")
    assert running.rules() is before
    assert "mine.yaml:2: YAML: " in caplog.text
    (own / "mine.yaml").write_text("amends: yongjia-2022\ntitle: 口径\n", encoding="utf-8")
    assert running.rules() is not before


def test_what_an_editor_leaves_beside_the_rules_is_none(tmp_path: Path) -> None:
    """Emacs marks a file that is being edited by a link that leads nowhere."""
    own = tmp_path / "rules"
    own.mkdir()
    running = service_for(settings_for(tmp_path, rules=own)).extensions["xinshimin"]
    before = running.rules()
    (own / ".#mine.yaml").symlink_to("editor@office.4711")
    assert running.rules() is before
    assert not running.faults
    (own / "mine.yaml").symlink_to("nowhere")
    assert running.rules() is before
    assert "mine.yaml:1: file: it cannot be read" in str(running.faults)
    own.rename(tmp_path / "elsewhere")
    assert running.rules() is before
    assert "there is no such folder" in str(running.faults)


def test_rules_damaged_from_the_beginning_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("amends: [", encoding="utf-8")
    with pytest.raises(RulesetError, match=r"mine\.yaml:2"):
        service_for(settings_for(tmp_path, rules=tmp_path)).extensions["xinshimin"].rules()
