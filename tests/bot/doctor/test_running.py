"""The database, its library, the jobs, the backups, the rules, the calendar and the disk."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import heartbeats, migrations
from bot.booking.holidays import know_year
from bot.cli import main
from bot.database import writing
from bot.doctor import running
from bot.doctor.verdict import Level, Subject, Verdict
from bot.heartbeats import Beat
from bot.sealing.keyring import engine_of
from bot.settings import Settings
from bot.simulator import hours
from bot.sqlite import library
from tests.bot.backup.conftest import PROGRAMS
from tests.bot.setting_up import NOW, environment_of, migrated, settings_for

BACKUP_KEY = "a backup key for tests: long and odd"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = settings_for(tmp_path, wechat_mode="safe", proxies=1, backup_key=BACKUP_KEY)
    migrated(made).dispose()
    return made


def subject(settings: Settings) -> Subject:
    return Subject(settings, lambda: NOW)


def service(settings: Settings) -> dict[str, Verdict]:
    return {one.check: one for one in running.service(subject(settings))}


def beat(settings: Settings, *jobs: str) -> None:
    engine = engine_of(settings)
    heartbeats.write(engine, {job: Beat(NOW, "") for job in jobs})
    engine.dispose()


def test_all_is_right(settings: Settings) -> None:
    beat(settings, *heartbeats.PERIODS, heartbeats.BACKUP)
    found = service(settings)
    assert {one.level for one in found.values()} == {Level.OK}, found
    assert set(found) == set(running.SOUND) | set(running.SOUND_WITHIN)


def test_no_job_was_ever_done_and_no_backup_made(settings: Settings) -> None:
    found = service(settings)
    assert "Does xinshimin worker run?" in found["worker"].text
    assert "no backup was made ever" in found["backup"].text


def older(settings: Settings) -> None:
    engine = engine_of(settings)
    migrations.downgrade(engine, "-1")
    engine.dispose()


def gone(settings: Settings) -> None:
    Path(settings.database_url.removeprefix("sqlite:///")).unlink()


def damaged(settings: Settings) -> None:
    file = Path(settings.database_url.removeprefix("sqlite:///"))
    content = bytearray(file.read_bytes())
    content[8192:40960] = b"\xff" * 32768
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "kind", "said"),
    [
        (older, "version", "Run: xinshimin db upgrade"),
        (gone, "file", "restore it, or run xinshimin db upgrade"),
        (damaged, "damaged", "damaged"),
    ],
)
def test_a_database_that_is_not_right(
    settings: Settings, spoil: Callable[[Settings], None], kind: str, said: str
) -> None:
    spoil(settings)
    found = service(settings)
    assert (found[kind].level, said in found[kind].text) == (Level.PROBLEM, True), found
    assert found["worker"].level in (Level.UNKNOWN, Level.WARNING)


def test_another_key(settings: Settings, tmp_path: Path) -> None:
    other = settings_for(tmp_path, data_key="another data key for tests, odd")
    assert service(other)["data_key"].level is Level.PROBLEM


def test_rules_that_are_not_sound(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("amends: [", encoding="utf-8")
    settings = settings_for(tmp_path, rules=tmp_path)
    migrated(settings).dispose()
    assert "x.yaml" in service(settings)["rules"].text


@pytest.mark.parametrize(("years", "level"), [((2026, 2027), Level.OK), ((2026,), Level.WARNING)])
def test_the_calendar(settings: Settings, years: tuple[int, ...], level: Level) -> None:
    one = subject(settings)
    with writing(one.service.engine) as connection:
        for year in years:
            know_year(connection, year)
    [verdict] = running.calendar(one)
    one.close()
    assert verdict.level is level
    assert level is Level.OK or "2027" in verdict.text


def test_opening_hours(settings: Settings) -> None:
    one = subject(settings)
    [verdict] = running.hours(one)
    assert (verdict.level, "nobody can book" in verdict.text) == (Level.WARNING, True)
    hours.prepare(one.service.engine, NOW)
    [verdict] = running.hours(one)
    one.close()
    assert (verdict.level, "of 22 townships" in verdict.text) == (Level.OK, True)


@pytest.mark.parametrize(("least", "level"), [(1, Level.OK), (1 << 60, Level.PROBLEM)])
def test_the_disk(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, least: int, level: Level
) -> None:
    monkeypatch.setattr(running, "LEAST_FREE", least)
    [verdict] = running.disk(subject(settings))
    assert verdict.level is level, verdict


@pytest.mark.parametrize(("version", "level"), [((3, 53, 0), "ok"), ((3, 40, 1), "problem")])
def test_the_library_of_sqlite(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], level: str
) -> None:
    monkeypatch.setattr(library, "VERSION", version)
    [verdict] = running.library(subject(settings))
    assert verdict.level == level, verdict


@pytest.mark.postgres
def test_the_programs_of_postgresql(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path, database_url=postgres)
    monkeypatch.setenv("PATH", str(tmp_path))
    [verdict] = running.library(subject(settings))
    assert verdict.level is Level.PROBLEM
    monkeypatch.setenv("PATH", str(PROGRAMS[max(PROGRAMS)]))
    [verdict] = running.library(subject(settings))
    assert verdict.level is Level.OK, verdict


def test_what_the_command_says(settings: Settings) -> None:
    """Name and WeChat of these settings lead nowhere: problems, and no secret in any of them."""
    given = environment_of(settings) | {"XINSHIMIN_PUBLIC_URL": "http://127.0.0.1:9"}
    done = CliRunner(env=given).invoke(main, ["doctor", "--json"])
    assert done.exit_code == 1, done.output
    found = {one["check"]: one for one in json.loads(done.output)}
    assert found["database"]["level"] == "ok"
    assert {found["proxy"]["level"], found["token"]["level"]} == {"problem"}
    for secret in (settings.secret_key, settings.data_key, settings.wechat_secret):
        assert secret not in done.output
    lines = CliRunner(env=given).invoke(main, ["doctor"]).output.splitlines()
    assert "ok       database: it answers, and takes what is written" in lines
    assert lines[-1].endswith(" unknown")


def test_what_hinders_one_check_ends_no_other(settings: Settings) -> None:
    gone(settings)
    given = environment_of(settings)
    done = CliRunner(env=given).invoke(main, ["doctor", "--json"])
    found = [(one["check"], one["level"]) for one in json.loads(done.output)]
    assert ("file", "problem") in found
    assert ("calendar", "unknown") in found
    assert ("token", "unknown") in found
    assert ("disk", "ok") in found


def test_settings_that_are_not_right_are_said_alone(settings: Settings) -> None:
    given = environment_of(settings) | {"XINSHIMIN_SECRET_KEY": "", "XINSHIMIN_CONTACT": ""}
    done = CliRunner(env=given).invoke(main, ["doctor"])
    assert done.exit_code == 1
    assert done.output.count("problem  settings: XINSHIMIN_") == 2
