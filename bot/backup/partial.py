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
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".partial", dir=file.parent)
    os.fchmod(descriptor, 0o600)
    os.close(descriptor)
    partial = Path(name)
    try:
        yield partial
        flush(partial)
        partial.replace(file)
        flush(file.parent)
    finally:
        for left in (partial, Path(f"{name}-journal")):
            left.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Onto the disk with it, or what a folder names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
