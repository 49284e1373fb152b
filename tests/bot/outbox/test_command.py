"""`xinshimin worker`, and the loop."""

from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from bot import create_app, migrations
from bot.cli.worker import command
from bot.database import writing
from bot.outbox.wording import load_notices
from bot.sealing.keyring import engine_of
from bot.settings import SettingsError
from bot.worker import Worker
from tests.bot.outbox.test_sending import post, states
from tests.bot.setting_up import NOW, environment_of, migrated, service_for, settings_for


@pytest.fixture
def environment(tmp_path):
    settings = settings_for(tmp_path)
    migrated(settings).dispose()
    return environment_of(settings)


def engine_at(environment):
    return engine_of(
        settings_for(Path("unused"), database_url=environment["XINSHIMIN_DATABASE_URL"])
    )


def run(environment, *arguments):
    return CliRunner().invoke(command, arguments, env=environment)


def test_a_dry_run_only_says_what_is_due(environment, tmp_path):
    post(engine_at(environment), "anna")
    answer = run(environment, "--dry-run")
    assert answer.exit_code == 0
    assert "notices: 1" in answer.output
    assert states(engine_at(environment)) == ["waiting"]


def test_what_was_tried_in_vain_is_reported(engine, worker, weixin):
    post(engine, "anna", "berta")
    weixin.error = 40164
    worker.once()
    assert {"notices": 1, "notices tried in vain": 1}.items() <= worker.report().items()


def test_the_metrics_count_what_waits(tmp_path):
    app = service_for(settings_for(tmp_path))
    engine = app.extensions["xinshimin"].engine
    post(engine, "anna", "berta", now=NOW)
    assert "xinshimin_notices_due 2.0\n" in app.test_client().get("/metrics").text
    assert "xinshimin_notices_held_up 0.0\n" in app.test_client().get("/metrics").text
    with writing(engine) as connection:
        connection.exec_driver_sql("DROP TABLE notices")
    assert "xinshimin_turns_total" in app.test_client().get("/metrics").text


def test_once_does_what_is_due_and_ends(environment):
    post(engine_at(environment), "anna")
    answer = run(environment, "--once")
    assert answer.exit_code == 0
    assert "notices: 1 failed" in answer.output  # no template id is set


def test_once_does_not_end_well_when_something_failed(environment):
    """As a timer that starts it would believe."""
    with writing(engine_at(environment)) as connection:
        connection.exec_driver_sql("DROP TABLE notices")
    answer = run(environment, "--once")
    assert answer.exit_code == 1
    assert "Error: The log says why this failed: notices, records." in answer.output


@pytest.mark.parametrize("how", ["--once", "--dry-run", None])
def test_a_database_of_another_version_stops_it(environment, how):
    migrations.downgrade(engine_at(environment), "0004")
    answer = run(environment, *filter(None, [how]))
    assert answer.exit_code == 1
    assert "version 0004" in answer.output
    assert "Run: xinshimin db upgrade" in answer.output


def test_a_database_that_is_away_is_said_in_a_sentence(environment):
    away = {"XINSHIMIN_DATABASE_URL": "postgresql://me:geheim@127.0.0.1:1/name"}
    answer = run(environment | away, "--once")
    assert answer.exit_code == 1
    assert "Error: The database does not answer" in answer.output
    assert "geheim" not in answer.output


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
    worker.jobs[0].work = lambda: 1 // 0
    assert worker.once()["notices"] == {"delivered": 1}
    assert "booking failed" in caplog.text


def test_a_job_that_goes_on_failing_does_not_fill_the_log(worker, clock, caplog):
    caplog.set_level("INFO")
    notices = worker.jobs[1]
    work, notices.work = notices.work, lambda: 1 // 0
    for _ in range(601):
        worker.once()
        clock.pass_(seconds=2)
    assert caplog.text.count("notices failed") == 3  # in twenty minutes
    notices.work = work
    worker.once()
    assert caplog.text.count("notices works again") == 1


def test_the_loop_ends_when_told(engine, settings, clock):
    worker = Worker(settings, engine, clock)
    thread = Thread(target=worker.run)
    thread.start()
    worker.stop()
    thread.join(10)
    assert not thread.is_alive()


def test_what_holds_the_notices_up_is_said_once_in_a_line(engine, worker, weixin, clock, caplog):
    caplog.set_level("INFO")
    post(engine, "anna")
    weixin.error = 40164
    for _ in range(60):
        worker.once()
        clock.pass_(seconds=2)
    assert caplog.text.count("notices failed: 40164 told to") == 1
    assert "Traceback" not in caplog.text
    assert "waiting" not in caplog.text
    weixin.error = 0
    clock.pass_(minutes=5)
    worker.once()
    assert caplog.text.count("notices works again") == 1
