"""One backup: written, and put back."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType

from sqlalchemy import Engine

from bot.backup import postgresql, sqlite
from bot.backup.contents import BackupError, Contents
from bot.backup.partial import partial_of, scratch_in
from bot.backup.sealed_file import BackupKey, is_sealed, seal, unseal
from bot.sqlite.files import companions


def back_up(
    engine: Engine, file: Path, *, overwrite: bool, key: BackupKey | None = None
) -> Contents:
    """Write all of the database to `file`, sealed with the key if there is one, while the service
    runs.

    Raises:
        BackupError: it cannot be done; `file` is as it was.
    """
    _refuse_name(engine, file, overwrite)
    try:
        with partial_of(file) as partial:
            contents = _written(engine, partial, key)
            _refuse_name(engine, file, overwrite)  # it took a while
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}.") from error
    return contents


def restore(
    engine: Engine, file: Path, now: datetime, keys: Sequence[BackupKey] = ()
) -> tuple[Contents, str | None]:
    """Put what `file` holds in the place of the database, which nobody may have open; the keys open
    it where it is sealed. Returns what it holds, and where the replaced database is kept; None if
    there was none.

    Raises:
        BackupError: it cannot be done; the database is as it was.
    """
    if not file.is_file():
        raise BackupError(f"{file} is not there.")
    try:
        if not is_sealed(file):
            return _restored(engine, file, now)
        with _scratch(engine) as plain:
            unseal(file, keys, plain)
            return _restored(engine, plain, now, named=file)
    except OSError as error:
        raise BackupError(f"{error.filename}: {error.strerror}.") from error


def faults(engine: Engine) -> list[str]:
    """Sentences about what is damaged in the database; none if it is sound."""
    return list(_kind(engine).faults(engine))


def _written(engine: Engine, file: Path, key: BackupKey | None) -> Contents:
    if key is None:
        contents: Contents = _kind(engine).write(engine, file)
        return contents
    with _scratch(engine) as plain:
        contents = _kind(engine).write(engine, plain)
        seal(plain, file, key)
    unseal(file, [key])  # reads it through
    return contents


def _restored(
    engine: Engine, plain: Path, now: datetime, named: Path | None = None
) -> tuple[Contents, str | None]:
    try:
        contents, aside = _kind(engine).restore(engine, plain, now)
    except BackupError as error:
        raise BackupError(str(error).replace(str(plain), str(named or plain))) from error
    return contents, aside


@contextmanager
def _scratch(engine: Engine) -> Iterator[Path]:
    """A file for a backup in the clear, in no place where the database itself is not: beside
    SQLite's, or on this machine (TMPDIR) for PostgreSQL, never in the folder of the backups."""
    file = Path(str(engine.url.database))
    is_file = engine.dialect.name == "sqlite" and file.parent.is_dir()
    with scratch_in(file.parent if is_file else Path(tempfile.gettempdir()), file.name) as scratch:
        yield scratch


def _kind(engine: Engine) -> ModuleType:
    return sqlite if engine.dialect.name == "sqlite" else postgresql


def _refuse_name(engine: Engine, file: Path, overwrite: bool) -> None:
    if engine.dialect.name == "sqlite":
        database = Path(str(engine.url.database))
        if file.resolve() in {path.resolve() for path in (database, *companions(database))}:
            raise BackupError(f"{file} is the database itself.")
    if file.is_dir():
        raise BackupError(f"{file} is a folder: name a file in it.")
    if file.exists() and not overwrite:
        raise BackupError(f"{file} is there already: name another file, or add --overwrite.")
