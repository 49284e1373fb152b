"""Machines that run the service, as processes with an address of their own each."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot.serve.running import everything_below
from tests.bot.server import Server, free_port, serving
from tests.bot.ticking import APP

CONFIG = ("--preload", "--config", "python:bot.gunicorn_conf")
KILL_EVERY = 20.0  # seconds
JOBS_EVERY = 4  # of so many kills one is of the process that does the jobs
LOOK = 2.0  # seconds between two looks at the memory


@dataclass
class Machine:
    """gunicorn with two workers, and the process that does the jobs."""

    environment: Mapping[str, str]
    folder: Path
    host: str = "127.0.0.1"
    port: int = field(default_factory=free_port)
    kills: list[float] = field(default_factory=list)  # when they were
    _server: Server | None = None
    _jobs: "subprocess.Popen[bytes] | None" = None
    _stack: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Both, once it answers."""
        log = self.folder / f"{self.host}-{time.monotonic_ns()}.log"
        given = dict(self.environment)
        made = serving(APP, given, log, *CONFIG, host=self.host, port=self.port)
        self._server = self._stack.enter_context(made)
        self._do_jobs()

    def kill(self) -> None:
        """SIGKILL to all of it at once, as a power cut would."""
        assert self._server
        assert self._jobs
        self._server.kill()
        self._jobs.kill()
        self._jobs.wait()

    def end(self) -> None:
        """In an orderly way."""
        if self._jobs:
            self._jobs.terminate()
            self._jobs.wait()
        self._stack.close()

    def kill_now_and_then(self, over: threading.Event) -> None:
        """One process every so often, until it is over. gunicorn starts another worker by itself;
        what does the jobs is started anew as systemd does it."""
        dice = random.Random(0)
        while not over.wait(KILL_EVERY):
            self.kills.append(time.monotonic())
            if len(self.kills) % JOBS_EVERY == 0:
                assert self._jobs
                self._jobs.kill()
                self._jobs.wait()
                self._do_jobs()
            else:
                with suppress(ProcessLookupError, IndexError):  # the last one starts only now
                    os.kill(dice.choice(self.workers), signal.SIGKILL)

    @property
    def workers(self) -> list[int]:
        """gunicorn's, by number."""
        assert self._server
        return everything_below(self._server.process.pid)

    def memory(self) -> float:
        """MB of all its processes, what they share counted once (PSS)."""
        return sum(map(proportional, self.pids)) / 1024

    @property
    def pids(self) -> list[int]:
        """gunicorn, the process that does the jobs, gunicorn's workers."""
        assert self._server
        assert self._jobs
        return [self._server.process.pid, self._jobs.pid, *self.workers]

    def _do_jobs(self) -> None:
        with (self.folder / f"{self.host}-jobs.log").open("ab") as log:
            self._jobs = subprocess.Popen(
                [sys.executable, "-m", "tests.bot.ticking"],
                env=os.environ | dict(self.environment),
                stdout=log,
                stderr=log,
            )


def proportional(pid: int) -> int:
    """KiB that a process takes (PSS); 0 where it has just ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


@contextmanager
def started(*machines: Machine) -> Iterator[None]:
    """All of them, ended in the end."""
    with ExitStack() as stack:
        for machine in machines:
            stack.callback(machine.end)
            machine.start()
        yield
