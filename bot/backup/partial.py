"""Writing a file so that it is whole as soon as it has its name."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
    descriptor, path = tempfile.mkstemp(prefix=f".{name}.", suffix=".partial", dir=folder)
    os.fchmod(descriptor, 0o600)
    os.close(descriptor)
    try:
        yield Path(path)
    finally:
        for left in (path, f"{path}-journal"):
            Path(left).unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Onto the disk with it, or what a folder names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
