"""Starts the parts, starts anew what ends, and ends all of them."""

import asyncio
import ctypes
import logging
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Coroutine, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from bot.serve.exit_codes import ADDRESS_TAKEN, ENDED, KILLED, NOT_STARTED
from bot.serve.front import Front
from bot.serve.parts import GRACE_SECONDS, Part

START_SECONDS = 60.0  # for all parts to take requests
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # before a part is started anew
STEADY_SECONDS = 60.0  # after so long the next pause is the shortest again
END_SECONDS = GRACE_SECONDS + 5.0  # then what still runs is killed
FRONT_SECONDS = 5.0  # of an end, for what is being answered

log = logging.getLogger(__name__)


class NotStartedError(Exception):
    """A part did not come up; the text says which."""


class Supervisor:
    """Runs the parts of one service behind one listening address; without one, parts that listen
    themselves, each given `end_seconds` to end."""

    def __init__(
        self,
        parts: Sequence[Part],
        listener: socket.socket | None = None,
        end_seconds: float = END_SECONDS,
    ) -> None:
        self.parts = parts
        self.listener = listener
        self.end_seconds = end_seconds
        self._running: dict[str, Process] = {}
        self._stop = asyncio.Event()
        self._killed = False
        taking = {part.name: part.socket for part in parts if part.socket}
        self._front = None
        if listener:
            self._front = Front(taking["callback"], taking["pages"], taking.get("forward"))

    async def run(self) -> int:
        """Until SIGTERM or SIGINT; the exit code."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        watches: list[asyncio.Task[None]] = []
        try:
            for part in self.parts:
                await self._start(part)
            await self._until_stopped(self._up())
            watches = [asyncio.create_task(self._watch(part)) for part in self.parts]
            if self._front and self.listener and not self._stop.is_set():
                await self._front.open(self.listener)
                log.info("serving at %s port %s", *self.listener.getsockname()[:2])
            await self._stop.wait()
        except NotStartedError as error:
            log.error("the service does not start: %s", error)
            return NOT_STARTED
        except OSError as error:
            log.error("the service cannot listen: %s", error)
            return ADDRESS_TAKEN
        finally:
            self._stop.set()
            if self._front:
                await self._front.close(FRONT_SECONDS)
            await self._end()
            for watch in watches:
                watch.cancel()
        return KILLED if self._killed else ENDED

    async def _start(self, part: Part) -> None:
        def prepare() -> None:
            os.nice(part.nice)
            _end_with(parent)

        parent = os.getpid()
        self._running[part.name] = await asyncio.create_subprocess_exec(
            *part.command, start_new_session=True, preexec_fn=prepare, env=part.environment
        )

    async def _until_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        """Wait for the work, but no longer than until the end is asked for."""
        task = asyncio.create_task(work)
        stop = asyncio.create_task(self._stop.wait())
        await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if task.done():
            await task
        task.cancel()

    async def _up(self) -> None:
        """Until each part that takes requests answers one.

        Raises:
            NotStartedError: one of the parts ended, or does not answer.
        """
        clock = asyncio.get_running_loop()
        end = clock.time() + START_SECONDS
        waiting = [part for part in self.parts if part.socket]
        while waiting:
            for part in self.parts:
                code = self._running[part.name].returncode
                if code is not None:
                    raise NotStartedError(f"{part.name} ended (exit code {code}), see above")
            if clock.time() > end:
                names = ", ".join(part.name for part in waiting)
                raise NotStartedError(f"no answer from {names} in {START_SECONDS:.0f} seconds")
            await asyncio.sleep(0.1)
            waiting = [part for part in waiting if not await _answers(part.socket)]

    async def _watch(self, part: Part) -> None:
        """Start it anew whenever it ends: others need what it cannot do now, and may do so for
        days."""
        clock, pause = asyncio.get_running_loop(), SHORTEST_PAUSE
        while True:
            since = clock.time()
            code = await self._running[part.name].wait()
            if self._stop.is_set():
                return
            pause = SHORTEST_PAUSE if clock.time() - since > STEADY_SECONDS else pause
            log.error("%s ended (exit code %s); it starts again in %.0f s", part.name, code, pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)
                return
            pause = min(pause * 2, LONGEST_PAUSE)
            _kill(self._running[part.name])  # children it may have left
            await self._start(part)

    async def _end(self) -> None:
        """End all parts, at last by force."""
        running = [one for one in self._running.values() if one.returncode is None]
        for one in running:
            with suppress(ProcessLookupError):
                one.terminate()
        if running:
            ending = [asyncio.create_task(one.wait()) for one in running]
            await asyncio.wait(ending, timeout=self.end_seconds)
        for name, one in self._running.items():
            if one.returncode is None:
                log.error("%s did not end in %.0f s and is killed", name, self.end_seconds)
                self._killed = True
            _kill(one)


async def _answers(at: Path | None) -> bool:
    with suppress(OSError):
        reader, writer = await asyncio.open_unix_connection(at)
        with closing(writer):
            writer.write(b"GET /healthz HTTP/1.0\r\n\r\n")
            async with asyncio.timeout(5):
                return b" 200 " in await reader.readline()
    return False


def _kill(one: Process) -> None:
    """Its whole group: a part that was killed may have left children."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(one.pid, signal.SIGKILL)


def _end_with(parent: int) -> None:
    """In a new process: be told to end where the supervisor is killed. Only Linux can do that."""
    if sys.platform == "linux":
        set_death_signal = 1  # PR_SET_PDEATHSIG of prctl
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)
