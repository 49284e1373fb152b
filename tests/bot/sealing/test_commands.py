"""`xinshimin db reseal` and `db check`: the rotation as the guide has it, and wrong keys, which end
with a sentence. Commands and starts are called in this process, which loads the service once; one
test starts real ones."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, insert, text

from bot import application
from bot.cli import main
from bot.database import writing
from bot.models.conversation import ConversationRow
from bot.sealing.column import of_row
from bot.sealing.keyring import Key, Keyring, SealError, equipped
from bot.settings import Settings
from bot.store import facts_told
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bot.sealing.test_reseal import OTHER, started
from tests.bot.setting_up import NOW, engine_at, environment_of, settings_for

WRONG = "a key that has never sealed one thing"


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    """Of a database in which a person talked, under the key of `settings_for`."""
    made = settings_for(tmp_path, database_url=url)
    service = started(made)
    for at, said in enumerate((Followed(), Said("1"), Said("1990年5月"))):
        take_turn(service, "p1", str(at), said, NOW)
    service.engine.dispose()
    return made


def in_environment(settings: Settings) -> dict[str, str]:
    return environment_of(settings) | {"XINSHIMIN_DATA_KEY_PREVIOUS": settings.data_key_previous}


def db(settings: Settings, *command: str) -> Result:
    return CliRunner().invoke(main, ["db", *command], env=in_environment(settings))


def start(settings: Settings) -> None:
    """The service, as gunicorn starts it."""
    with patch.dict(os.environ, in_environment(settings)):
        app = application.assemble(None, None)
    app.extensions["xinshimin"].engine.dispose()


def run(settings: Settings, *command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *command],
        env=dict(os.environ) | in_environment(settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def told(done: Result) -> str:
    """What a command that failed says, which is for people."""
    assert done.exit_code == 1, done
    assert isinstance(done.exception, SystemExit), done.exception
    return done.stderr


def test_a_rotation_from_key_to_key(settings: Settings) -> None:
    both = replace(settings, data_key=OTHER, data_key_previous=settings.data_key)
    before, after = Key(settings.data_key).id, Key(OTHER).id
    assert f"rows under the key {before}: run xinshimin db reseal" in told(db(both, "check"))
    done = db(both, "reseal")
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"rows sealed anew: all is under the key {after}." in done.stdout
    assert f"Nothing needs {before} any more: remove DATA_KEY_PREVIOUS." in done.stdout
    alone = replace(settings, data_key=OTHER)
    done = db(alone, "check")
    assert (done.exit_code, done.stdout) == (0, "The database is sound.\n"), done.stderr
    start(alone)
    service = started(alone)
    with service.engine.connect() as connection:
        assert facts_told(connection, "p1")["birth_date"] == "1990-05-01"
    service.engine.dispose()


def test_a_wrong_key_is_said_in_a_sentence(settings: Settings) -> None:
    wrong, right = replace(settings, data_key=WRONG), Key(settings.data_key).id
    sentence = f"sealed with a key ({right}) that is not in XINSHIMIN_DATA_KEY: put that key back"
    for command in ("check", "reseal"):
        assert sentence in told(db(wrong, command))
    with pytest.raises(application.StartError, match=re.escape(sentence)):
        start(wrong)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_real_processes_say_it_too_and_show_no_traceback(settings: Settings) -> None:
    wrong = replace(settings, data_key=WRONG)
    for command in (("-m", "bot.cli", "db", "check"), ("-c", "import bot; bot.create_app()")):
        done = run(wrong, *command)
        assert done.returncode != 0
        assert "that is not in XINSHIMIN_DATA_KEY: put that key back" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_text_without_its_key_goes_down_with_a_sentence(settings: Settings) -> None:
    """Where a migration must open it: to an older version, under a key that is not here."""
    said = told(db(replace(settings, data_key=WRONG), "downgrade", "0014", "--yes"))
    assert "which is not here" in said
    assert "does not answer" not in said


def test_a_statement_that_cannot_seal_is_no_fault_of_the_database(engine: Engine) -> None:
    """SQLAlchemy wraps what is raised while it binds values, but for this."""
    equipped(engine, Keyring(None, {}))
    new = {"version": 1, "seen_at": NOW, "created_at": NOW}
    this = insert(ConversationRow).values(person="p1", talk=of_row("p1", "said"), **new)
    with pytest.raises(SealError, match="DATA_KEY is missing"), writing(engine) as connection:
        connection.execute(this)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM conversations")) == 0


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_backup_of_an_earlier_key_is_restored_and_the_key_named(
    settings: Settings, tmp_path: Path
) -> None:
    file = str(tmp_path / "backup")
    assert db(settings, "backup", file).exit_code == 0
    done = db(settings, "restore", file, "--yes")
    assert done.exit_code == 0, done.stderr
    assert "that is not in" not in done.stdout
    for aside in tmp_path.glob("*.replaced-*"):  # named by the second, so the next would meet it
        aside.unlink()
    later = replace(settings, data_key=OTHER)
    done = db(later, "restore", file, "--yes")
    assert (done.exit_code, done.stderr) == (0, "")
    key = Key(settings.data_key).id
    assert f"sealed with a key ({key}) that is not in XINSHIMIN_DATA_KEY" in done.stdout
    with pytest.raises(application.StartError, match=re.escape(f"sealed with a key ({key})")):
        start(later)


def test_a_damaged_text_is_named_by_check(settings: Settings) -> None:
    engine = engine_at(settings.database_url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE conversations SET talk = substr(talk, 1, 60)"))
    engine.dispose()
    said = told(db(settings, "check"))
    assert said.startswith("Error: \n- conversations.talk: 1 rows under the key ")
    assert "cannot be opened" in said
