"""The files of a database: nobody but their owner reads them, whatever the umask says."""

import os
from contextlib import suppress
from pathlib import Path

COMPANIONS = ("-wal", "-shm", "-journal")  # the log and its index; the log of other modes
OTHERS = 0o077


def companions(database: Path) -> list[Path]:
    """What SQLite keeps beside a database that is open, or was when its processes were killed."""
    return [Path(f"{database}{suffix}") for suffix in COMPANIONS]


def make_folder(folder: Path) -> None:
    """Make the folder with those above it; an existing one stays as it is. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(0o700)


def make_private(database: Path) -> None:
    """Create the file for its owner alone, or take it from all others. SQLite gives the same mode
    to the companions it makes. Raises OSError.

    An existing file is never opened: closing it again would drop the locks that SQLite holds on it
    for other connections of this process.
    """
    create_private(database)
    for file in (database, *companions(database)):
        with suppress(FileNotFoundError, PermissionError):  # not there, or another person's
            mode = file.stat().st_mode
            if mode & OTHERS:
                file.chmod(mode & 0o700)


def create_private(file: Path, like: Path | None = None) -> None:
    """Create an empty file for its owner alone, who is that of `like`; an existing one stays as it
    is. Raises OSError."""
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    os.fchmod(descriptor, 0o600)
    os.close(descriptor)
    if like is not None and like.exists():
        own_like(like, file)


def own_like(like: Path, file: Path) -> None:
    """Give a file that root made to the owner of `like`: the service, which does not run as root,
    could not open it otherwise."""
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(file, owner.st_uid, owner.st_gid)
