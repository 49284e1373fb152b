"""Backup and restore of a SQLite database.

`VACUUM INTO` reads one consistent view, for which no writer waits, and which no writer can make it
begin again, as happens to `.backup`. The copy holds no page of deleted rows.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from bot.backup.contents import BackupError, Contents, demand_known, read
from bot.backup.partial import flush, partial_of
from bot.database import reader_of
from bot.sqlite.files import companions, own_like
from bot.sqlite.process_lock import ProcessLock

# The bytes that each connection to a WAL database has locked as long as it is open; so named in
# SQLite's os.h.
SHARED_FIRST, SHARED_SIZE = 0x40000002, 510
OPS_BETWEEN_SIGNALS = 100_000


def write(engine: Engine, target: Path) -> Contents:
    """Write the database to the empty file `target`; what was found in it."""
    _copy(_file(engine), target)
    return _checked(target)


def restore(engine: Engine, source: Path, now: datetime) -> tuple[Contents, str | None]:
    """See `bot.backup.restore`."""
    database = _file(engine)
    if source.resolve() == database.resolve():
        raise BackupError(f"{source} is the database itself.")
    with nobody_else(database), partial_of(database) as partial:
        _copy(source, partial)
        contents = _checked(partial)
        demand_known(contents, source)
        own_like(database if database.exists() else database.parent, partial)
        flush(partial)
        aside = _put_aside(database, now)
    return contents, str(aside) if aside else None


def faults(engine: Engine) -> Iterator[str]:
    """See `bot.backup.faults`."""
    try:
        with reader_of(engine).connect() as connection:
            yield from _damage(connection)
            yield from _loose_ends(connection)
    except DatabaseError as error:
        yield f"The database cannot be read: {error.orig}."


def _file(engine: Engine) -> Path:
    return Path(str(engine.url.database))


def _copy(source: Path, target: Path) -> None:
    with _reading(source) as connection:
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(lambda: 0, OPS_BETWEEN_SIGNALS)  # so that Ctrl-C is heard
        connection.exec_driver_sql("VACUUM INTO ?", (str(target),))


def _checked(file: Path) -> Contents:
    with _reading(file) as connection:
        if found := list(_damage(connection)):
            raise BackupError(f"The copy is damaged, as the database may be: {found[0]}")
        return read(connection)


@contextmanager
def _reading(file: Path) -> Iterator[Connection]:
    try:
        with reader_of(file).connect() as connection:
            yield connection
    except DatabaseError as error:
        raise BackupError(f"{file} cannot be read or copied: {error.orig}.") from error


def _damage(connection: Connection) -> Iterator[str]:
    for [found] in connection.exec_driver_sql("PRAGMA integrity_check"):
        if found != "ok":
            yield f"Damaged: {found}."


def _loose_ends(connection: Connection) -> Iterator[str]:
    """No reason to be without a backup."""
    for table, row, other, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} refers to a row of {other} that is not there."


@contextmanager
def nobody_else(database: Path) -> Iterator[None]:
    """Raises BackupError: another process has the database open, be it one of this program's, or
    any other. Meanwhile nobody can open it."""
    in_use = BackupError(
        f"{database} is in use: stop gunicorn, xinshimin worker and whatever else has it open."
    )
    lock = ProcessLock(database)
    if not lock.take(lock, alone=True, patience=0):
        raise in_use
    try:
        if not database.exists():
            yield
            return
        with database.open("r+b") as file:  # closing it drops no lock of ours: nothing else is open
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_SIZE, SHARED_FIRST)
            except BlockingIOError:
                raise in_use from None
            yield
    finally:
        lock.release(lock)


def _put_aside(database: Path, now: datetime) -> Path | None:
    """Rename the database with its log, which would destroy any other database it is read with."""
    aside = Path(f"{database}.replaced-{now:%Y%m%d-%H%M%S}") if database.exists() else None
    if aside and aside.exists():
        raise BackupError(f"{aside} is there already: try again.")
    if aside:
        database.rename(aside)
    for companion in companions(database):
        if aside and companion.exists():
            companion.rename(f"{aside}{companion.name.removeprefix(database.name)}")
        companion.unlink(missing_ok=True)
    return aside
