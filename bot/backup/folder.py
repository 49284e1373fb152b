"""A folder of dated backups, of one service alone."""

import re
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from bot.backup.contents import BackupError, Contents
from bot.backup.keeping import Keep, superfluous
from bot.backup.sealed_file import BackupKey
from bot.backup.whole import back_up
from bot.clock import ZONE

NAME = "xinshimin-%Y%m%d-%H%M%S.backup"
_SHAPE = re.compile(r"xinshimin-\d{8}-\d{6}\.backup")


def dated(folder: Path) -> dict[datetime, Path]:
    """The backups in the folder, by when they were made. Raises OSError."""
    files = (file for file in folder.iterdir() if _SHAPE.fullmatch(file.name) and file.is_file())
    return {datetime.strptime(file.name, NAME).replace(tzinfo=ZONE): file for file in files}


def newest(folder: Path) -> Path:
    """The latest backup in the folder.

    Raises:
        BackupError: there is none.
    """
    found = dated(folder)
    if not found:
        raise BackupError(f"{folder} has no backup in it (xinshimin-DAY-TIME.backup).")
    return found[max(found)]


def add(
    engine: Engine, folder: Path, key: BackupKey, now: datetime, keep: Keep
) -> tuple[Path, Contents, list[Path]]:
    """Write a new backup, sealed with the key, and only then let go those that the rule does not
    keep; the new one, what it holds, and which went.

    Raises:
        BackupError: it cannot be done; the folder is as it was.
    """
    if not folder.is_dir():
        raise BackupError(f"{folder} is no folder: make it, for this service's backups alone.")
    file = folder / now.strftime(NAME)
    contents = back_up(engine, file, overwrite=False, key=key)
    return file, contents, _let_go(folder, now, keep)


def _let_go(folder: Path, now: datetime, keep: Keep) -> list[Path]:
    found = dated(folder)
    gone = [found[moment] for moment in sorted(superfluous(found, now, keep))]
    for file in gone:
        file.unlink(missing_ok=True)
    return gone
