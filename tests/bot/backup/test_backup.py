"""`xinshimin db backup` and `restore`, on both kinds of database."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from bot import migrations
from bot.backup import Contents, postgresql
from bot.backup import sqlite as sqlite_backup
from bot.cli.db import command
from bot.database import engine_for, reading, writing
from bot.sqlite import occupancy
from bot.sqlite.library import driver
from bot.sqlite.occupancy import occupy
from tests.bot.backup.conftest import PROGRAMS, said, say


def db(target: Engine | str, *arguments: object) -> Result:
    """Run `xinshimin db`."""
    url = target if isinstance(target, str) else target.url.render_as_string(hide_password=False)
    return CliRunner().invoke(command, ["--url", url, *map(str, arguments)])


def test_what_was_backed_up_comes_back(engine: Engine, url: str, tmp_path: Path) -> None:
    say(engine, "before", "多行\n\\.\n文本")
    file = tmp_path / "backup"
    run = db(engine, "backup", file)
    assert run.exit_code == 0, run.output
    newest = migrations.newest()
    assert run.output.startswith(f"{file}: version {newest}, ")
    assert f"{file.stat().st_size:,} bytes; read through, and sound." in run.output
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    say(engine, "after")
    engine.dispose()

    run = db(engine, "restore", file)

    assert run.exit_code == 0, run.output
    assert run.output.startswith(f"Restored: version {newest}, ")
    assert "is kept as" in run.output
    assert said(engine_for(url)) == {"before", "多行\n\\.\n文本"}
    assert db(engine, "check").output == "The database is sound.\n"
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


def test_a_backup_that_is_there_is_replaced_only_when_asked(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    file.write_text("precious")
    run = db(engine, "backup", file)
    assert run.output == f"Error: {file} is there already: name another file, or add --overwrite.\n"
    assert file.read_text() == "precious"
    assert db(engine, "backup", file, "--overwrite").exit_code == 0
    assert oct(file.stat().st_mode & 0o777) == "0o600"


def test_names_that_are_no_file_to_write(engine: Engine, tmp_path: Path) -> None:
    assert "is a folder: name a file in it" in db(engine, "backup", tmp_path).output
    run = db(engine, "backup", tmp_path / "no" / "folder")
    assert (
        run.output == f"Error: {tmp_path}/no/folder cannot be written: No such file or directory.\n"
    )
    assert (
        db(engine, "restore", tmp_path / "none").output == f"Error: {tmp_path}/none is not there.\n"
    )


def test_a_database_in_use_is_not_replaced(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(engine, "kept")
    assert db(engine, "backup", tmp_path / "backup").exit_code == 0
    monkeypatch.setattr(postgresql, "ENDING_SECONDS", 0)
    with reading(engine):
        run = db(engine, "restore", tmp_path / "backup")
    assert run.exit_code == 1
    assert "in use" in run.output
    assert "stop gunicorn, xinshimin worker and whatever else has it open" in run.output
    engine.dispose()
    assert said(engine) == {"kept"}


def test_a_damaged_backup_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    say(engine, *(f"{number} " + "x" * 55 for number in range(2000)))
    assert db(engine, "backup", file).exit_code == 0
    whole = file.read_bytes()
    engine.dispose()
    for damaged in (whole[: len(whole) * 2 // 3], b"text" * 999, b""):
        file.write_bytes(damaged)
        run = db(engine, "restore", file)
        assert run.exit_code == 1
        assert run.output.startswith(f"Error: {file} "), run.output
        assert isinstance(run.exception, SystemExit)  # no traceback
    assert len(said(engine)) == 2000
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


def test_a_backup_of_a_newer_program_is_refused(engine: Engine, tmp_path: Path) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert db(engine, "backup", tmp_path / "backup").exit_code == 0
    engine.dispose()
    run = db(engine, "restore", tmp_path / "backup")
    newest = migrations.newest()
    assert run.output == (
        f"Error: {tmp_path}/backup is of version 9999, which this program ({newest}) does not "
        "know: it was written by a newer one.\n"
    )


def test_a_backup_of_an_older_program_is_brought_up_to_date(
    engine: Engine, url: str, tmp_path: Path
) -> None:
    migrations.downgrade(engine, "0005")
    assert db(engine, "backup", tmp_path / "backup").exit_code == 0
    migrations.upgrade(engine)
    engine.dispose()
    run = db(engine, "restore", tmp_path / "backup")
    assert run.output.endswith("Run before the service starts: xinshimin db upgrade\n")
    assert migrations.current(engine_for(url)) == "0005"
    assert db(url, "upgrade").exit_code == 0


def test_an_older_program_names_the_command(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    newest = migrations.newest()
    sentence = f"Run, with the newer program: xinshimin db downgrade {newest}"
    for arguments in (("upgrade",), ("downgrade",), ("downgrade", "base"), ("check",)):
        run = db(engine, *arguments)
        assert sentence in run.output, arguments
        assert run.exit_code == 1
        assert isinstance(run.exception, SystemExit)
    engine.dispose()


def test_back_by_one_and_to_a_version(engine: Engine) -> None:
    versions = [migrations.newest()]
    for arguments in ((), ("0003",), ("base",)):
        assert db(engine, "downgrade", *arguments).exit_code == 0
        versions.append(migrations.current(engine))
    assert versions[1] == f"{int(str(versions[0])) - 1:04}"
    assert versions[2:] == ["0003", None]
    for unknown in ("0003", "nonsense"):
        run = db(engine, "downgrade", unknown)
        assert run.output == f"Error: There is no way back to version {unknown}.\n"
    engine.dispose()


# SQLite alone


@pytest.fixture
def path(tmp_path: Path, sqlite: Path) -> Path:
    return Path(shutil.copy(sqlite, tmp_path / "service.db"))


@pytest.fixture
def embedded(path: Path) -> Iterator[Engine]:
    made = engine_for(f"sqlite:///{path}")
    yield made
    made.dispose()


def test_the_log_of_a_killed_process_does_not_return(path: Path, tmp_path: Path) -> None:
    """It is read with whatever database it lies beside: a restored one was corrupt."""
    backup = tmp_path / "backup"
    url = f"sqlite:///{path}"
    assert db(url, "backup", backup).exit_code == 0
    code = (
        f"import os; from bot.sqlite.library import driver; c = driver.connect({str(path)!r});"
        "c.execute('PRAGMA journal_mode = WAL');"
        "rows = [(str(n) * 50, '2026-11-23') for n in range(500)];"
        "c.executemany('INSERT INTO spent_states VALUES (?, ?)', rows); c.commit();"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code])
    assert Path(f"{path}-wal").stat().st_size > 0
    run = db(url, "restore", backup)
    assert run.exit_code == 0, run.output
    [aside] = (
        file for file in tmp_path.glob("service.db.replaced-*") if file.suffix[-4:].isdigit()
    )
    names = {file.name for file in tmp_path.iterdir()}
    assert not {"service.db-wal", "service.db-shm"} & names
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    restored = engine_for(url)
    assert said(restored) == set()
    assert db(url, "check").output == "The database is sound.\n"
    restored.dispose()
    replaced = engine_for(f"sqlite:///{aside}")
    assert len(said(replaced)) == 500  # its log went with it
    replaced.dispose()


def test_another_program_counts_as_use(path: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{path}"
    assert db(url, "backup", tmp_path / "backup").exit_code == 0
    code = (
        f"import sys; from bot.sqlite.library import driver; c = driver.connect({str(path)!r});"
        "c.execute('PRAGMA journal_mode = WAL'); c.execute('SELECT * FROM sites').fetchall();"
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        run = db(url, "restore", tmp_path / "backup")
        other.kill()
    assert "in use" in run.output
    assert db(url, "restore", tmp_path / "backup").exit_code == 0


def test_a_service_without_a_connection_counts_as_use(embedded: Engine, tmp_path: Path) -> None:
    assert db(embedded, "backup", tmp_path / "backup").exit_code == 0
    occupy(embedded)
    assert "in use" in db(embedded, "restore", tmp_path / "backup").output


def test_nobody_starts_during_a_restore(embedded: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.backup.sqlite import nobody_else

    monkeypatch.setattr(occupancy, "START_SECONDS", 0)
    with nobody_else(Path(str(embedded.url.database))):
        run = db(embedded, "upgrade")
    assert "is being restored or copied: start again when that is done" in run.output
    assert db(embedded, "upgrade").exit_code == 0


def test_the_database_itself_is_no_file_for_a_backup(embedded: Engine) -> None:
    path = embedded.url.database
    for file in (path, f"{path}-wal"):
        run = db(embedded, "backup", file, "--overwrite")
        assert run.output == f"Error: {file} is the database itself.\n"
    assert "is the database itself" in db(embedded, "restore", path).output


def test_a_backup_while_others_write(embedded: Engine, tmp_path: Path) -> None:
    """Each is one moment's view: what was committed before it began is in it."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            say(embedded, f"pair {number}", f"pair {number}, too")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            assert db(embedded, "backup", tmp_path / f"{number}").exit_code == 0
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        with closing(driver.connect(tmp_path / f"{number}")) as copy:
            [[rows]] = copy.execute("SELECT count(*) FROM spent_states")
            assert rows % 2 == 0


def test_a_full_disk_leaves_nothing(path: Path, tmp_path: Path) -> None:
    """As far as a limit on the size of files is one."""
    code = (
        "import resource, sys; from bot.cli import main;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)); main()"
    )
    arguments = ["db", "--url", f"sqlite:///{path}", "backup", str(tmp_path / "backup")]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {path} cannot be read or copied: ")
    assert [file.name for file in tmp_path.iterdir() if "backup" in file.name] == []


def test_a_damaged_database_is_told_and_not_backed_up(path: Path, tmp_path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 8))
    url = f"sqlite:///{path}"
    run = db(url, "check")
    assert run.exit_code == 1
    assert run.output.startswith("Error: \n- ")
    assert isinstance(run.exception, SystemExit)
    run = db(url, "backup", tmp_path / "backup")
    assert run.exit_code == 1
    assert not (tmp_path / "backup").exists()
    assert isinstance(run.exception, SystemExit)


def test_a_row_that_refers_to_nothing_is_told(path: Path, tmp_path: Path) -> None:
    with closing(driver.connect(path)) as connection:
        connection.execute("INSERT INTO returning_places (id, slot, due_at) VALUES (1, 999, 0)")
        connection.commit()
    run = db(f"sqlite:///{path}", "check")
    assert "Row 1 of returning_places refers to a row of slots that is not there." in run.output
    assert db(f"sqlite:///{path}", "backup", tmp_path / "backup").exit_code == 0


def test_what_only_reading_the_copy_finds(path: Path, tmp_path: Path) -> None:
    """Rows of before the table refused them."""
    with closing(driver.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.execute("INSERT INTO t VALUES (NULL)")
        connection.execute("PRAGMA writable_schema = ON")
        stricter = "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a NOT NULL)' WHERE name = 't'"
        connection.execute(stricter)
    run = db(f"sqlite:///{path}", "backup", tmp_path / "backup")
    assert "The copy is damaged, as the database may be: Damaged: NULL value in t.a" in run.output
    assert [file.name for file in tmp_path.iterdir() if "backup" in file.name] == []


def test_a_file_that_appears_during_a_backup_stays(
    embedded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = sqlite_backup.write

    def slow(engine: Engine, target: Path) -> Contents:
        (tmp_path / "backup").write_text("precious")
        return write(engine, target)

    monkeypatch.setattr(sqlite_backup, "write", slow)
    assert "is there already" in db(embedded, "backup", tmp_path / "backup").output
    assert (tmp_path / "backup").read_text() == "precious"


def test_a_log_without_its_database_goes(path: Path, tmp_path: Path) -> None:
    database = tmp_path / "other.db"
    for left in ("-wal", "-shm", "-journal"):
        Path(f"{database}{left}").write_bytes(b"old")
    assert db(f"sqlite:///{database}", "restore", path).exit_code == 0
    assert sorted(file.name for file in tmp_path.glob("other.db*")) == ["other.db", "other.db-lock"]


@pytest.mark.usefixtures("faulty")
def test_a_faulty_library_can_back_up_and_is_told(embedded: Engine, tmp_path: Path) -> None:
    occupy(embedded)  # alone
    assert db(embedded, "backup", tmp_path / "backup").exit_code == 0
    run = db(embedded, "check")
    assert run.output == (
        "Error: \n- SQLite 3.40.1 can corrupt a database that two processes write to. Install "
        "SQLite 3.51.3 or newer, or use PostgreSQL.\n"
    )


def test_a_database_of_nobody(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/none.db"
    why = "cannot be read or copied: unable to open database file"
    assert db(url, "backup", tmp_path / "b").output == f"Error: {tmp_path}/none.db {why}.\n"
    assert not (tmp_path / "none.db").exists()
    assert "cannot be read: unable to open database file" in db(url, "check").output


def test_a_first_database_from_a_backup(path: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/other.db"
    assert db(url, "restore", path).exit_code == 0
    assert db(url, "check").output == "The database is sound.\n"


# PostgreSQL alone


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_programs_that_are_missing_or_too_old(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert db(engine, "backup", tmp_path / "backup").output == (
        "Error: pg_dump is not there: install PostgreSQL's client programs (on Debian: "
        "postgresql-client).\n"
    )
    monkeypatch.setenv("PATH", str(PROGRAMS[16]))
    assert db(engine, "backup", tmp_path / "backup").output == (
        "Error: pg_dump is of PostgreSQL 16, the server of 18: install the client programs of "
        "PostgreSQL 18 (on Debian: postgresql-client-18).\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_second_restore_takes_no_replaced_database_along(engine: Engine, tmp_path: Path) -> None:
    say(engine, "first")
    assert db(engine, "backup", tmp_path / "1").exit_code == 0
    engine.dispose()
    assert db(engine, "restore", tmp_path / "1").exit_code == 0
    size = (tmp_path / "1").stat().st_size
    assert db(engine, "backup", tmp_path / "2").exit_code == 0
    assert abs((tmp_path / "2").stat().st_size - size) < size / 10
    with reading(engine) as connection:
        kept = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'replaced_%'"
        [schema] = connection.scalars(text(kept))
        rows = connection.scalars(text(f"SELECT state FROM {schema}.spent_states"))
        assert list(rows) == ["first"]
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_the_password_is_in_no_list_of_processes(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of PostgreSQL's programs by way of one that notes what it was called with."""
    for name in ("pg_dump", "pg_restore"):
        noting = tmp_path / name
        real = PROGRAMS[max(PROGRAMS)] / name
        noting.write_text(
            f'#!/bin/sh\necho "$0 $@ [$PGPASSWORD]" >> "$0.called"\nexec {real} "$@"\n'
        )
        noting.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    url = engine.url.set(password="geheim").render_as_string(hide_password=False)
    assert db(url, "backup", tmp_path / "backup").exit_code == 0
    engine.dispose()
    assert db(url, "restore", tmp_path / "backup").exit_code == 0
    for name in ("pg_dump", "pg_restore"):
        called = (tmp_path / f"{name}.called").read_text()
        assert "geheim" not in called.replace("[geheim]", "")
        assert "[geheim]" in called
