"""`xinshimin serve` as a process, for tests."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bot.server import PATIENCE, Server, free_port, until_ready

COMMAND = (sys.executable, "-m", "bot.cli", "serve")


@contextmanager
def serve(
    environment: Mapping[str, str], log: Path, *options: str, port: int = 0
) -> Iterator[Server]:
    """It, once it answers; ended in the end, if it still runs."""
    port = port or free_port()
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*COMMAND, "--port", str(port), *options],
            env=dict(os.environ) | dict(environment),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        until_ready(f"http://127.0.0.1:{port}/healthz", process)
        yield Server(port, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def children(pid: int) -> list[int]:
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return []


def parts(server: Server) -> dict[str, int]:
    """The process of each part, by name."""
    found = {}
    for pid in children(server.process.pid):
        command = Path(f"/proc/{pid}/cmdline").read_text()
        for name in ("callback", "pages", "worker"):
            if f"{name}.sock" in command or command.endswith(f"{name}\0"):
                found[name] = pid
    return found


def everything_below(pid: int) -> list[int]:
    """All processes it has started, and theirs."""
    mine = children(pid)
    return mine + [below for child in mine for below in everything_below(child)]


def is_there(pid: int) -> bool:
    """Whether it runs; one that ended and was not asked after does not."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
