"""A file is replaced as a whole: other processes find what was there before, or the new text."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

MODE = 0o644  # of a new file: the other files of the folder may be read by all, too


def read(path: Path) -> str | None:
    """What stands in a file; None where there is none. Raises UnicodeDecodeError, OSError."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None


def replace(path: Path, text: str | None) -> None:
    """Write a file, or take it away (None). It survives a power cut, and keeps its mode and owner.

    Raises OSError, and then the file is as it was.
    """
    path = path.resolve()  # what a link leads to, not the link
    if text is None:
        path.unlink(missing_ok=True)
    else:
        _write(path, text.encode())
    _keep(path.parent)


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            _as_before(file.fileno(), path)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _as_before(handle: int, path: Path) -> None:
    try:
        was = path.stat()
    except FileNotFoundError:
        os.fchmod(handle, MODE)
        return
    os.fchmod(handle, stat.S_IMODE(was.st_mode))
    with suppress(PermissionError):
        os.fchown(handle, was.st_uid, was.st_gid)


def _keep(folder: Path) -> None:
    """The folder's own entry is on the disk, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
