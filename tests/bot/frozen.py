"""A PostgreSQL that stands still, as on a disk that hangs or a machine that is out of memory."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url


@contextmanager
def frozen(server: str) -> Iterator[None]:
    """Every process of the server at this address (of a Unix socket) stopped, and let go on."""
    folder = make_url(server).query["host"]
    first = int(Path(f"{folder}/.s.PGSQL.5432.lock").read_text().split()[0])
    os.kill(first, signal.SIGSTOP)  # which starts no other one from now on
    others = map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())
    stopped = [first]
    try:
        for one in others:
            os.kill(one, signal.SIGSTOP)
            stopped.append(one)
        yield
    finally:
        for one in stopped:
            os.kill(one, signal.SIGCONT)
