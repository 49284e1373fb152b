"""`xinshimin db backup --to FOLDER`, and the way back from there, on both kinds of database."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from bot import heartbeats
from bot.backup import sealed_file, whole
from bot.cli import db_backup
from bot.cli.db import command
from bot.clock import ZONE
from bot.database import engine_for
from tests.bot.backup.conftest import said, say

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
KEY = "a key of backups for tests: long and odd"
ENVIRONMENT = {"XINSHIMIN_BACKUP_KEY": KEY}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOON)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(db_backup, "now", lambda: moment)


def db(engine: Engine, *arguments: object, **environment: str) -> Result:
    url = engine.url.render_as_string(hide_password=False)
    given = {name.upper(): text for name, text in (ENVIRONMENT | environment).items()}
    return CliRunner().invoke(command, ["--url", url, *map(str, arguments)], env=given)


def test_a_dated_backup_is_sealed_and_comes_back(engine: Engine, url: str, folder: Path) -> None:
    say(engine, "before, which nobody reads in the file")
    run = db(engine, "backup", "--to", folder)
    assert run.exit_code == 0, run.output
    [file] = folder.iterdir()
    assert file.name == "xinshimin-20261123-120000.backup"
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert b"nobody reads" not in file.read_bytes()
    say(engine, "after")
    engine.dispose()
    run = db(engine, "restore", file, xinshimin_backup_key="")
    assert "sealed with the backup key" in run.output
    run = db(engine, "restore", file)
    assert run.exit_code == 0, run.output
    assert said(engine_for(url)) == {"before, which nobody reads in the file"}
    assert [one.name for one in folder.parent.rglob("*partial")] == []


def test_a_changed_key_opens_earlier_ones(engine: Engine, folder: Path) -> None:
    assert db(engine, "backup", "--to", folder).exit_code == 0
    engine.dispose()
    [file] = folder.iterdir()
    changed = {"xinshimin_backup_key": "the next key of backups: it is long and odd"}
    assert db(engine, "restore", file, **changed).exit_code == 1
    run = db(engine, "restore", file, **changed, xinshimin_backup_key_previous=f"{KEY},")
    assert run.exit_code == 0, run.output


def test_a_damaged_one_changes_nothing(engine: Engine, folder: Path) -> None:
    say(engine, "here")
    assert db(engine, "backup", "--to", folder).exit_code == 0
    [file] = folder.iterdir()
    engine.dispose()
    bytes_ = file.read_bytes()
    for damaged in (bytes_[:-1], bytes_[:1000] + b"?" + bytes_[1001:], bytes_[:30]):
        file.write_bytes(damaged)
        run = db(engine, "restore", file)
        assert run.exit_code == 1
        assert run.output.startswith(f"Error: {file} was ")
    assert said(engine) == {"here"}


def test_older_ones_go_and_nothing_else(engine: Engine, folder: Path) -> None:
    others = folder / "notes.txt", folder / "xinshimin-old.backup"
    for other in others:
        other.touch()
    (folder / "xinshimin-20260101-000000.backup").mkdir()
    for day in (20, 21, 22):
        (folder / f"xinshimin-202611{day}-120000.backup").touch()
    run = db(engine, "backup", "--to", folder, "--daily", 2, "--weekly", 1, "--monthly", 1)
    assert run.exit_code == 0, run.output
    assert f"{folder}/xinshimin-20261120-120000.backup: no longer kept." in run.output
    assert {one.name for one in folder.iterdir()} == {
        "notes.txt",
        "xinshimin-old.backup",
        "xinshimin-20260101-000000.backup",
        "xinshimin-20261122-120000.backup",
        "xinshimin-20261123-120000.backup",
    }


def test_one_that_fails_costs_no_other_and_is_seen(
    engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert db(engine, "backup", "--to", folder).exit_code == 0
    at(monkeypatch, NOON.replace(month=12))
    full = OSError(28, "No space left on device")

    def seal(*_: object) -> None:
        raise full

    monkeypatch.setattr(whole, "seal", seal)
    run = db(engine, "backup", "--to", folder, "--daily", 1, "--weekly", 1, "--monthly", 1)
    assert run.exit_code == 1
    assert "cannot be written: No space left on device" in run.output
    assert [one.name for one in folder.iterdir()] == ["xinshimin-20261123-120000.backup"]
    beat = heartbeats.read(engine)[heartbeats.BACKUP]
    assert beat.at == NOON
    assert beat.note.startswith("the last backup failed: ")
    monkeypatch.setattr(whole, "seal", sealed_file.seal)
    assert db(engine, "backup", "--to", folder).exit_code == 0
    assert heartbeats.read(engine)[heartbeats.BACKUP].note == ""


def test_without_a_key_or_a_folder_nothing_is_written(engine: Engine, folder: Path) -> None:
    run = db(engine, "backup", "--to", folder, xinshimin_backup_key="")
    assert run.output.startswith("Error: XINSHIMIN_BACKUP_KEY is missing")
    assert list(folder.iterdir()) == []
    run = db(engine, "backup", "--to", folder / "none")
    assert f"{folder}/none is no folder: make it" in run.output
    for arguments in ((), (folder / "file", "--to", folder)):
        assert "Name either FILE or --to FOLDER." in db(engine, "backup", *arguments).output
