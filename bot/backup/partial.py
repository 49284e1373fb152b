"""Writing a file so that it is whole as soon as it has its name.

What a killed process left unfinished may lie in the clear: the next that writes into the folder
removes it. It knows it by the lock, which each holds on its own file as long as it lives.
"""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SUFFIX = ".xinshimin-partial"
FRESH_SECONDS = 60  # a file that was made just now may not be locked yet


@contextmanager
def partial_of(file: Path) -> Iterator[Path]:
    """An empty private file beside `file`, to write to; in its place at the end, unless something
    was raised. Raises OSError."""
    with scratch_in(file.parent, file.name) as partial:
        yield partial
        flush(partial)
        partial.replace(file)
        flush(file.parent)


@contextmanager
def scratch_in(folder: Path, name: str) -> Iterator[Path]:
    """An empty private file in the folder, which is gone afterwards. Raises OSError."""
    _remove_abandoned(folder)
    descriptor, path = tempfile.mkstemp(prefix=f".{name}.", suffix=SUFFIX, dir=folder)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.fchmod(descriptor, 0o600)
        yield Path(path)
    finally:
        _remove(Path(path))
        os.close(descriptor)


def _remove_abandoned(folder: Path) -> None:
    for path in folder.glob(f".*{SUFFIX}"):
        with suppress(OSError), path.open("rb") as file:  # another's, or gone meanwhile
            if time.time() - path.stat().st_mtime > FRESH_SECONDS:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(path)


def _remove(path: Path) -> None:
    for left in (path, path.with_name(f"{path.name}-journal")):
        left.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Onto the disk with it, or what a folder names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
