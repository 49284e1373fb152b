"""`xinshimin worker`, and the loop."""

from threading import Thread

import pytest
from click.testing import CliRunner

from bot import create_app, migrations
from bot.cli.worker import command
from bot.database import engine_for
from bot.outbox.wording import load_notices
from bot.settings import SettingsError
from bot.worker import Worker
from tests.bot.outbox.test_sending import post, states
from tests.bot.setting_up import environment_of, settings_for


@pytest.fixture
def environment(tmp_path):
    settings = settings_for(tmp_path)
    migrations.upgrade(engine_for(settings.database_url))
    return environment_of(settings)


def run(environment, *arguments):
    return CliRunner().invoke(command, arguments, env=environment)


def test_a_dry_run_only_says_what_is_due(environment, tmp_path):
    post(engine_for(environment["XINSHIMIN_DATABASE_URL"]), "anna")
    answer = run(environment, "--dry-run")
    assert answer.exit_code == 0
    assert "notices: 1" in answer.output
    assert states(engine_for(environment["XINSHIMIN_DATABASE_URL"])) == ["waiting"]


def test_once_does_what_is_due_and_ends(environment):
    post(engine_for(environment["XINSHIMIN_DATABASE_URL"]), "anna")
    answer = run(environment, "--once")
    assert answer.exit_code == 0
    assert "notices: 1 failed" in answer.output  # no template id is set


def test_without_settings_it_says_what_is_missing():
    answer = CliRunner().invoke(command, [], env={"XINSHIMIN_WECHAT_TOKEN": ""})
    assert answer.exit_code == 1
    assert "XINSHIMIN_WECHAT_TOKEN is missing" in answer.output


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("consent: sometimes\n", "long_term"),
        ("templates: {appointment: {fields: {thingy1: x}}}\n", "field thingy1"),
        ("notices: {moved: {template: other}}\n", "there is no template other"),
        ("[", "expected"),
    ],
)
def test_a_faulty_file_of_notices_is_explained(environment, tmp_path, own, said):
    file = tmp_path / "own.yaml"
    file.write_text(own)
    answer = run(environment | {"XINSHIMIN_NOTICES": str(file)}, "--once")
    assert answer.exit_code == 1
    assert "XINSHIMIN_NOTICES" in answer.output
    assert said in answer.output


def test_a_faulty_file_of_notices_stops_the_service_too(environment, tmp_path, monkeypatch, capsys):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XINSHIMIN_NOTICES", str(tmp_path / "nowhere.yaml"))
    with pytest.raises(SystemExit):
        create_app()
    assert "XINSHIMIN_NOTICES" in capsys.readouterr().err


def test_people_are_asked_about_three_templates_at_most(tmp_path):
    own = tmp_path / "own.yaml"
    kinds = ("day_before", "moved", "closed", "offer")
    notices = ", ".join(f"{kind}: {{template: {kind}}}" for kind in kinds)
    ids = ", ".join(f"{kind}: {{id: {kind}, fields: {{}}}}" for kind in kinds)
    own.write_text(f"templates: {{{ids}}}\nnotices: {{{notices}}}\n")
    with pytest.raises(SettingsError, match="3 templates at most"):
        load_notices(own)
    own.write_text(f"consent: category\n{own.read_text()}")
    assert load_notices(own).template_ids == kinds


def test_one_job_that_fails_does_not_stop_the_others(engine, worker, weixin, monkeypatch, caplog):
    post(engine, "anna")
    worker.jobs[1].work = lambda: 1 // 0
    assert worker.once()["notices"] == {"delivered": 1}
    assert "booking failed" in caplog.text


def test_the_loop_ends_when_told(engine, settings, clock):
    worker = Worker(settings, engine, clock)
    thread = Thread(target=worker.run)
    thread.start()
    worker.stop()
    thread.join(10)
    assert not thread.is_alive()
