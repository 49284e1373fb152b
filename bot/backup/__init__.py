"""Copies of the database that can be trusted, and the way back from one.

A copy is written under a temporary name, opened and read through, and gets its own name only
after that: what has the name is whole.
"""

from datetime import datetime
from pathlib import Path
from types import ModuleType

from sqlalchemy import Engine

from bot.backup import postgresql, sqlite
from bot.backup.contents import BackupError, Contents
from bot.backup.partial import partial_of
from bot.sqlite.files import companions

__all__ = ["BackupError", "Contents", "back_up", "faults", "restore"]


def back_up(engine: Engine, file: Path, *, overwrite: bool) -> Contents:
    """Write all of the database to `file`, while the service runs.

    Raises:
        BackupError: it cannot be done; `file` is as it was.
    """
    _refuse_name(engine, file, overwrite)
    try:
        with partial_of(file) as partial:
            contents: Contents = _kind(engine).write(engine, partial)
            _refuse_name(engine, file, overwrite)  # it took a while
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}.") from error
    return contents


def restore(engine: Engine, file: Path, now: datetime) -> tuple[Contents, str | None]:
    """Put what `file` holds in the place of the database, which nobody may have open. Returns what
    it holds, and where the replaced database is kept; None if there was none.

    Raises:
        BackupError: it cannot be done; the database is as it was.
    """
    if not file.is_file():
        raise BackupError(f"{file} is not there.")
    try:
        contents, aside = _kind(engine).restore(engine, file, now)
    except OSError as error:
        raise BackupError(f"{error.filename}: {error.strerror}.") from error
    return contents, aside


def faults(engine: Engine) -> list[str]:
    """Sentences about what is damaged in the database; none if it is sound."""
    return list(_kind(engine).faults(engine))


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
