"""/readyz and /metrics say what is true: each fault is made for real."""

import ctypes
import os
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask import Flask
from sqlalchemy import Engine, make_url, text

from bot import create_app, heartbeats
from bot.database import writing
from bot.health import checks, prober
from bot.heartbeats import PERIODS, Beat
from bot.keys import known_keys
from bot.settings import Settings
from bot.sqlite.library import driver
from tests.bot.setting_up import NOW, settings_for

T = TypeVar("T")


@pytest.fixture(autouse=True)
def _seen_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prober, "FRESH_SECONDS", 0)
    monkeypatch.setattr(prober, "ANSWER_SECONDS", 30)  # of a machine that is busy with other tests


def safe(folder: Path, **changes: Any) -> Settings:
    """Settings that nothing is said against."""
    return settings_for(folder, wechat_mode="safe", proxies=1, **changes)


def beat(engine: Engine, **notes: str) -> None:
    known_keys.demand(engine, NOW)
    heartbeats.write(engine, {job: Beat(NOW, notes.get(job, "")) for job in PERIODS})


@pytest.fixture
def app(tmp_path: Path, sqlite: Path) -> Iterator[Flask]:
    """A service in use, whose worker runs."""
    shutil.copy(sqlite, tmp_path / "service.db")
    made = create_app(safe(tmp_path), lambda: NOW)
    engine = made.extensions["xinshimin"].engine
    beat(engine)
    yield made
    engine.dispose()


def answer(app: Flask, path: str = "/readyz") -> tuple[int, str]:
    response = app.test_client().get(path)
    return response.status_code, response.text


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def not_ready(app: Flask, *words: str) -> None:
    status, said = answer(app)
    assert status == 503
    assert said.startswith("not ready\nproblem: ")
    for word in words:
        assert word in said
    assert "\nxinshimin_ready 0.0\n" in answer(app, "/metrics")[1]


def file_of(app: Flask) -> Path:
    return Path(str(app.extensions["xinshimin"].engine.url.database))


def test_all_is_well(app: Flask) -> None:
    assert answer(app) == (200, "ready\n")
    told = answer(app, "/metrics")[1]
    assert "\nxinshimin_ready 1.0\n" in told
    assert 'xinshimin_heartbeat_seconds{job="retention"} 0.0' in told
    assert "xinshimin_problem{" not in told


def test_a_probe_writes_and_leaves_no_row(app: Flask) -> None:
    """Looked at with the database's own eyes: what is in its log after a probe."""
    log = file_of(app).with_name("service.db-wal")
    answer(app)
    before = log.stat().st_mtime_ns
    answer(app)
    assert log.stat().st_mtime_ns > before
    with closing(driver.connect(file_of(app))) as connection:
        assert connection.execute("SELECT job FROM heartbeats WHERE job = 'probe'").fetchall() == []


def test_through_the_proxy_only_the_verdict_is_told(app: Flask) -> None:
    file_of(app).unlink()
    response = app.test_client().get("/readyz", headers={"X-Forwarded-For": "203.0.113.7"})
    assert (response.status_code, response.text) == (503, "not ready\n")


def test_a_deleted_file(app: Flask) -> None:
    file_of(app).unlink()
    not_ready(app, "service.db was deleted while it was in use")
    assert not file_of(app).exists()  # nothing began an empty one


def test_a_replaced_file(app: Flask, tmp_path: Path) -> None:
    shutil.copy(file_of(app), tmp_path / "copy")
    (tmp_path / "copy").replace(file_of(app))
    not_ready(app, "service.db was replaced by another one while it was in use")


def test_a_missing_file_is_not_begun_anew(tmp_path: Path) -> None:
    app = create_app(safe(tmp_path), lambda: NOW)
    not_ready(app, "there is no database file", "run xinshimin db upgrade")
    assert not file_of(app).exists()


@pytest.mark.parametrize(
    "table", ["heartbeats", "notices", "conversations", "ix_appointments_person"]
)
def test_a_corrupt_page(app: Flask, table: str, caplog: pytest.LogCaptureFixture) -> None:
    """Of any table or index, also of one that no probe reads."""
    database = file_of(app)
    app.extensions["xinshimin"].engine.dispose()  # the log goes into the file
    with closing(driver.connect(database)) as connection:
        root = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        [(page,)] = connection.execute(root, [table]).fetchall()
        [(size,)] = connection.execute("PRAGMA page_size").fetchall()
    with database.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(os.urandom(size))
    not_ready(app)
    assert "Traceback" not in caplog.text


def test_a_file_that_is_no_database(app: Flask) -> None:
    app.extensions["xinshimin"].engine.dispose()
    file_of(app).write_bytes(b"no database" * 1000)
    not_ready(app, "the database does not answer as it should: file is not a database")


@contextmanager
def full(bytes_left: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes: root is bound by that, too."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_and_room_again(app: Flask) -> None:
    answer(app)
    with full(bytes_left=30_000):
        status, said = answer(app)
    assert status == 503
    assert "the disk of" in said or "nothing can be written beside" in said
    assert answer(app) == (200, "ready\n")


def test_a_log_that_cannot_grow(app: Flask) -> None:
    """A disk with room, and a quota or limit that keeps SQLite's log as it is."""
    engine = app.extensions["xinshimin"].engine
    with writing(engine) as connection:
        for number in range(2000):
            row = f"('t{number}', '2026-11-23')"
            connection.exec_driver_sql(f"INSERT INTO spent_states VALUES {row}")
    with full(bytes_left=file_of(app).with_name("service.db-wal").stat().st_size):
        status, said = answer(app)
    assert status == 503
    assert "the database does not answer as it should: " in said


def test_a_read_only_database(app: Flask) -> None:
    app.extensions["xinshimin"].engine.dispose()
    folder = file_of(app).parent
    file_of(app).chmod(0o444)
    said = bound_by_permissions(lambda: answer(app))
    assert said[0] == 503
    assert "the database does not answer as it should: attempt to write a readonly" in said[1]
    folder.chmod(0o555)
    said = bound_by_permissions(lambda: answer(app))
    folder.chmod(0o755)
    assert said[0] == 503
    assert "nothing can be written beside" in said[1]


def bound_by_permissions(work: Callable[[], T]) -> T:
    """What it gives in a thread that permissions bind, which they do not root."""

    def bound() -> T:
        libc = ctypes.CDLL(None, use_errno=True)
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the third version, this thread
        sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable, twice
        assert libc.capget(header, sets) == 0
        sets[0] &= ~(1 << 1 | 1 << 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        assert libc.capset(header, sets) == 0, ctypes.get_errno()
        return work()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(bound).result()


def test_another_that_writes_for_long(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Busy is not down: not until a message would give up as well."""
    monkeypatch.setattr(checks, "LOCK_SECONDS", 0.05)
    monkeypatch.setattr(checks, "MESSAGE_SECONDS", 0.3)
    with closing(driver.connect(file_of(app), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert answer(app) == (200, f"ready\nwarning: {checks.BUSY.text}\n")
        until(lambda: answer(app)[0] == 503)
        not_ready(app, "the database is locked")  # and not ready in between
        other.execute("ROLLBACK")
        until(lambda: answer(app) == (200, "ready\n"))


def test_rules_damaged_while_it_runs_are_named(tmp_path: Path, sqlite: Path) -> None:
    shutil.copy(sqlite, tmp_path / "service.db")
    own = tmp_path / "rules"
    own.mkdir()
    app = create_app(safe(tmp_path, rules=own), lambda: NOW)
    app.extensions["xinshimin"].earlier_rules()
    beat(app.extensions["xinshimin"].engine)
    (own / "mine.yaml").write_text("amends: [", encoding="utf-8")
    status, said = answer(app)
    assert status == 200
    assert said.startswith(
        "ready\nwarning: the rules go on as they last were sound: mine.yaml:2: YAML"
    )
    assert 'xinshimin_warning{kind="files"} 1.0' in answer(app, "/metrics")[1]
    (own / "mine.yaml").unlink()
    assert answer(app) == (200, "ready\n")


def test_without_sound_rules_it_is_not_ready(tmp_path: Path, sqlite: Path) -> None:
    shutil.copy(sqlite, tmp_path / "service.db")
    (tmp_path / "mine.yaml").write_text("amends: [", encoding="utf-8")
    app = create_app(safe(tmp_path, rules=tmp_path), lambda: NOW)
    not_ready(app, "there are no sound rules: mine.yaml:2: YAML")


def test_jobs_that_are_overdue(app: Flask) -> None:
    engine = app.extensions["xinshimin"].engine
    ago = {"notices": timedelta(minutes=4), "slots": timedelta(minutes=29)}
    heartbeats.write(engine, {job: Beat(NOW - age, "") for job, age in ago.items()})
    assert answer(app) == (
        200,
        "ready\nwarning: not done for too long: notices (since 2026-11-23 09:56). "
        "Does xinshimin worker run?\n",
    )
    told = answer(app, "/metrics")[1]
    assert 'xinshimin_warning{kind="worker"} 1.0' in told
    assert 'xinshimin_heartbeat_seconds{job="slots"} 1740.0' in told


def test_a_worker_that_never_ran(app: Flask) -> None:
    with writing(app.extensions["xinshimin"].engine) as connection:
        connection.execute(text("DELETE FROM heartbeats"))
    assert "not done for too long: all jobs." in answer(app)[1]


def test_what_a_job_wants_to_be_known(app: Flask) -> None:
    beat(app.extensions["xinshimin"].engine, retention="so many people are due")
    assert answer(app) == (200, "ready\nwarning: so many people are due\n")


def test_plain_mode_is_warned_of(app: Flask, tmp_path: Path) -> None:
    plain = create_app(settings_for(tmp_path, wechat_mode="any"), lambda: NOW)
    status, said = answer(plain)
    assert status == 200
    assert "\nwarning: XINSHIMIN_WECHAT_MODE is 'any', for test accounts only" in said
    assert 'xinshimin_warning{kind="settings"} 1.0' in answer(plain, "/metrics")[1]


def test_proxies_that_nobody_counted_are_warned_of(app: Flask, tmp_path: Path) -> None:
    alone = create_app(settings_for(tmp_path, wechat_mode="safe"), lambda: NOW)
    status, said = answer(alone)
    assert status == 200
    assert "\nwarning: XINSHIMIN_PROXIES is 0 while PUBLIC_URL begins with https://" in said


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_stopped_postgresql(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGSTOP to the server and all that serve connections: nothing answers, nothing refuses."""
    app = create_app(safe(tmp_path, database_url=url), lambda: NOW)
    beat(app.extensions["xinshimin"].engine)
    assert answer(app) == (200, "ready\n")
    with stopped(Path(str(make_url(url).query["host"]))), monkeypatch.context() as patch:
        patch.setattr(prober, "ANSWER_SECONDS", 0.3)
        not_ready(app, "the database does not answer within 0.3 seconds")
    until(lambda: answer(app) == (200, "ready\n"))
    app.extensions["xinshimin"].engine.dispose()


@contextmanager
def stopped(folder: Path) -> Iterator[None]:
    """The PostgreSQL of this folder, as if its machine had frozen."""
    server = int((folder / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    processes = [server, *map(int, children)]
    try:
        _signal(processes, signal.SIGSTOP)
        yield
    finally:
        _signal(processes, signal.SIGCONT)


def _signal(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):  # one that served a connection may be gone
            os.kill(process, number)


def test_an_old_backup_is_a_warning_where_there_is_a_key(tmp_path: Path, sqlite: Path) -> None:
    shutil.copy(sqlite, tmp_path / "service.db")
    app = create_app(safe(tmp_path, backup_key="a key of backups: long and odd"), lambda: NOW)
    engine = app.extensions["xinshimin"].engine
    beat(engine)
    due = "and one is due every 26 hours. Make one: "
    due += "systemctl start xinshimin-backup, or xinshimin db backup --to FOLDER."
    assert answer(app) == (200, f"ready\nwarning: no backup was made ever, {due}\n")
    for hours, said in (
        (26, ""),
        (27, f"warning: no backup was made since 2026-11-22 07:00, {due}\n"),
    ):
        heartbeats.write(engine, {heartbeats.BACKUP: Beat(NOW - timedelta(hours=hours), "")})
        assert answer(app) == (200, f"ready\n{said}")
    heartbeats.write(engine, {heartbeats.BACKUP: Beat(NOW, "")})
    heartbeats.complain(engine, heartbeats.BACKUP, "the last backup failed: no room")
    assert answer(app) == (200, "ready\nwarning: the last backup failed: no room\n")
    assert 'heartbeat_seconds{job="backup"} 0.0' in answer(app, "/metrics")[1]
    engine.dispose()
