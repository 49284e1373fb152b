"""`xinshimin db drill`, on both kinds of database: it proves that a backup serves, or says why not,
and leaves nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from bot import migrations
from bot.backup import restore
from bot.cli.db import command
from bot.database import writing
from bot.drill import served, temporary
from bot.keys import known_keys
from tests.bot.backup.conftest import said, say
from tests.bot.setting_up import NOW, environment_of, settings_for
from tests.bot.talks import not_understood

BACKUP_KEY = "a key of backups for tests: long and odd"


def db(engine: Engine, *arguments: object, **environment: str) -> Result:
    url = engine.url.render_as_string(hide_password=False)
    given = environment_of(settings_for(Path("unused"), database_url=url))
    given |= {"XINSHIMIN_BACKUP_KEY": BACKUP_KEY}
    given |= {f"XINSHIMIN_{name.upper()}": text for name, text in environment.items()}
    return CliRunner().invoke(command, ["--url", url, *map(str, arguments)], env=given)


@pytest.fixture(autouse=True)
def _nothing_is_left(engine: Engine, tmp_path: Path) -> Iterator[None]:
    yield
    engine.dispose()
    left = {one.name for one in tmp_path.iterdir()}
    assert not {name for name in left if "drill" in name or "partial" in name}
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            names = connection.scalars(text("SELECT datname FROM pg_database")).all()
        assert not [name for name in names if name.startswith(temporary.NAME)]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database with something sealed in it."""
    known_keys.demand(engine, NOW)
    with writing(engine) as connection:
        not_understood(connection, "没人懂", "也没人懂")
    say(engine, "one")
    return engine


def test_a_backup_made_now_serves(filled: Engine) -> None:
    run = db(filled, "drill")
    assert run.exit_code == 0, run.output
    steps = [line.partition(":")[0] for line in run.output.splitlines()]
    assert steps[:3] == ["backup", "restored", "checked"]
    assert steps[3:] == ["started", "talked", "shown", "The backup serves"]
    assert "each of 2 sealed texts opens" in run.output
    assert "没人懂" not in run.output
    assert said(filled) == {"one"}


@pytest.mark.soak
def test_the_newest_of_a_folder_of_an_older_version(filled: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "xinshimin-20200101-000000.backup").write_bytes(b"damaged")
    migrations.downgrade(filled, "0025")
    assert db(filled, "backup", "--to", folder).exit_code == 0
    migrations.upgrade(filled)
    run = db(filled, "drill", folder)
    assert run.exit_code == 0, run.output
    assert f"upgraded: from version 0025 to {migrations.newest()}" in run.output


def test_what_does_not_open_is_said(filled: Engine, tmp_path: Path) -> None:
    file = tmp_path / "file"
    assert db(filled, "backup", file).exit_code == 0
    run = db(filled, "drill", file, data_key="another data key: it is long and odd")
    assert run.exit_code == 1
    assert "that is not in XINSHIMIN_DATA_KEY" in run.output
    with writing(filled) as connection:  # of the other row
        other = text("UPDATE unmatched_texts SET text = (SELECT min(text) FROM unmatched_texts)")
        connection.execute(other)
    run = db(filled, "drill")
    assert run.exit_code == 1
    assert "unmatched_texts.text: 1 rows under the key" in run.output
    assert "cannot be opened" in run.output


def test_rows_that_are_missing_are_said(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.drill import rehearsal

    honest = restore

    def loses_one(copy: Engine, *rest: Any) -> Any:
        found = honest(copy, *rest)
        copy.dispose()
        with writing(copy) as connection:
            connection.execute(text("DELETE FROM spent_states"))
        return found

    monkeypatch.setattr(rehearsal, "restore", loses_one)
    run = db(filled, "drill")
    assert run.output.endswith("Error: spent_states has 0 rows, in the backup it had 1.\n")


@pytest.mark.soak
def test_a_service_that_does_not_start_is_said(filled: Engine) -> None:
    run = db(filled, "drill", rules="/nowhere")
    assert run.exit_code == 1
    assert "The service does not start on the restored database: " in run.output


@pytest.mark.soak
def test_a_talk_that_gets_no_answer_is_said(
    filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "FIRST_ANSWER", {"MsgType": "event", "Event": "LOCATION"})
    run = db(filled, "drill")
    assert run.exit_code == 1
    assert "A message was not answered as it should be" in run.output


def test_incomplete_settings_are_said(filled: Engine) -> None:
    run = db(filled, "drill", wechat_token="")
    assert "XINSHIMIN_WECHAT_TOKEN is missing" in run.output


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_an_account_that_may_make_no_database(filled: Engine) -> None:
    with writing(filled) as connection:
        connection.execute(text("CREATE ROLE modest LOGIN"))
        connection.execute(text("GRANT ALL ON ALL TABLES IN SCHEMA public TO modest"))
        connection.execute(text("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO modest"))
    url = filled.url.set(username="modest").render_as_string(hide_password=False)
    given = environment_of(settings_for(Path("unused"), database_url=url))
    try:
        run = CliRunner().invoke(command, ["--url", url, "drill"], env=given)
        assert "permission denied to create database" in run.output
        assert "CREATEDB" in run.output
    finally:
        filled.dispose()
        with writing(filled) as connection:
            connection.execute(text("DROP OWNED BY modest"))
            connection.execute(text("DROP ROLE modest"))
