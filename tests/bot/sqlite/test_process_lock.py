"""Which processes may have a database open together."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests
from sqlalchemy.exc import OperationalError

from bot import CANNOT_LOAD, create_app, migrations
from bot.database import briefly, engine_for, reading, writing
from bot.settings import Settings, SettingsError
from bot.sqlite import library
from bot.sqlite.occupancy import occupy
from bot.sqlite.process_lock import ProcessLock
from tests.bot.server import PATIENCE, free_port, serving
from tests.bot.setting_up import environment_of, settings_for

APP = "tests.bot.sqlite.faulty:create_app()"
ALONE = "SQLite 3.40.1 can corrupt a database that two processes write to"


def test_a_sound_library_lets_several_in(tmp_path: Path) -> None:
    first, second = (engine_for(f"sqlite:///{tmp_path}/a.db") for _ in range(2))
    occupy(first)
    occupy(second)
    with reading(first), writing(second):
        pass


@contextmanager
def another_process(database: Path) -> Iterator[None]:
    """As if one had the database open: its lock is not ours, wherever it is taken."""
    lock = ProcessLock(database)
    assert lock.take(lock, alone=False, patience=0)
    yield
    lock.release(lock)


@pytest.mark.usefixtures("faulty")
def test_a_faulty_library_lets_one_in(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/a.db")
    with another_process(tmp_path / "a.db"):
        with pytest.raises(SettingsError, match=f"{ALONE}, and another process has .*a.db open"):
            occupy(engine)
        with pytest.raises(SettingsError, match=ALONE), reading(engine):
            pass
    with reading(engine):
        pass
    with pytest.raises(AssertionError), another_process(tmp_path / "a.db"):
        pass


@pytest.mark.usefixtures("faulty")
def test_all_engines_of_a_process_have_one_part_in_the_lock(tmp_path: Path) -> None:
    """The service has one for messages and one that looks after the database."""
    first, second = (engine_for(f"sqlite:///{tmp_path}/a.db") for _ in range(2))
    occupy(first)
    occupy(second)
    first.dispose()
    with pytest.raises(AssertionError), another_process(tmp_path / "a.db"):
        pass
    second.dispose()
    with another_process(tmp_path / "a.db"):
        pass


@pytest.mark.usefixtures("faulty")
def test_with_a_faulty_library_threads_take_turns(tmp_path: Path) -> None:
    """Until the commit has written the log back, which SQLite does after it lets go of its lock."""
    engine = engine_for(f"sqlite:///{tmp_path}/a.db")
    order: list[str] = []

    def late() -> None:
        with briefly(engine):
            order.append("second")

    with writing(engine) as connection:
        other = threading.Thread(target=late)
        other.start()
        connection.commit()  # SQLite's own lock is free
        other.join(0.2)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_a_lock_file_that_cannot_be_made_is_a_database_that_is_away(tmp_path: Path) -> None:
    (tmp_path / "a.db-lock").mkdir()
    with (
        pytest.raises(OperationalError, match="Is a directory"),
        reading(engine_for(f"sqlite:///{tmp_path}/a.db")),
    ):
        pass


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from bot.sqlite.process_lock import ProcessLock;"
        f"lock = ProcessLock(Path({str(tmp_path / 'a.db')!r}));"
        "print(lock.take(lock, alone=True, patience=0));"
        "sys.stdout.flush(); sys.stdin.read()"
    )
    lock = ProcessLock(tmp_path / "a.db")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "True\n"
        assert not lock.take(lock, alone=False, patience=0)
        holder.kill()
    assert lock.take(lock, alone=False, patience=0)


def migrated(folder: Path) -> Settings:
    settings = settings_for(folder)
    engine = engine_for(settings.database_url)
    migrations.upgrade(engine)
    engine.dispose()
    return settings


def run(*arguments: str, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        env=dict(os.environ) | environment,
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE,
    )


@pytest.mark.usefixtures("faulty")
def test_a_start_beside_another_process_ends_gunicorn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = migrated(tmp_path)
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    with another_process(tmp_path / "service.db"), pytest.raises(SystemExit) as ended:
        create_app()
    assert ended.value.code == CANNOT_LOAD
    assert capsys.readouterr().err.startswith(f"{ALONE}, and another process has ")


@pytest.mark.soak
@pytest.mark.parametrize("options", [(), ("--preload",)], ids=["plain", "preload"])
def test_with_a_faulty_library_two_workers_end_at_once_and_say_why_once(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    settings = migrated(tmp_path)
    bind = f"127.0.0.1:{free_port()}"
    arguments = ("gunicorn", "--workers", "2", "--bind", bind, *options, APP)
    done = run(*arguments, environment=environment_of(settings))
    assert done.returncode != 0
    told = [line for line in done.stderr.splitlines() if ALONE in line]
    refused = [line for line in told if "serves alone" not in line]
    assert len(refused) == 1, done.stderr
    assert "--preload" in refused[0]
    assert done.stderr.count("Booting worker") <= 2, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.soak
def test_with_a_faulty_library_one_worker_serves_and_does_the_jobs(tmp_path: Path) -> None:
    settings = migrated(tmp_path)
    environment = environment_of(settings)
    log = tmp_path / "server.log"
    with serving(APP, environment, log, workers=1) as server:
        assert requests.get(f"{server.root}/readyz", timeout=PATIENCE).text.startswith("ready\n")
        worker = run("tests.bot.sqlite.faulty", "worker", environment=environment)
        assert worker.returncode == 1
        assert worker.stderr.startswith(f"Error: {ALONE}, and another process has ")
        told = [line for line in log.read_text().splitlines() if ALONE in line]
        assert len(told) == 1
        assert "this process serves alone, with the worker's jobs" in told[0]
        assert_soon(lambda: days_off(tmp_path / "service.db") > 0)  # a job loads the holidays


def days_off(database: Path) -> int:
    with closing(library.driver.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM special_days").fetchone()[0])


def assert_soon(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)
