"""Processes of the service, each forked in some milliseconds from one that has imported all."""

import os
import pickle
import select
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from types import SimpleNamespace
from typing import Any, TypeVar

from flask import Flask
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.sync import SyncWorker

from bot import gunicorn_conf
from tests.bot.crash.points import Points

T = TypeVar("T")
PATIENCE = 20.0  # seconds
ROOM = 65_536  # bytes read at once
VISITOR = ("192.0.2.1", 1024)


class HangsError(Exception):
    """A process neither answered nor ended."""


def forked(work: Callable[[], object]) -> int:
    """A process that does the work and ends without another word."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)


def ended(pid: int) -> int:
    """The status of a process that was told, or is about, to end."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def apart(work: Callable[[], T]) -> T:
    """What the work returns, done by a process of its own, which is killed at its end: nothing is
    put in order."""
    near, far = os.pipe()

    def tell() -> None:
        with open(far, "wb") as pipe:
            pickle.dump(work(), pipe)
        os.kill(os.getpid(), signal.SIGKILL)

    pid = forked(tell)
    os.close(far)
    with open(near, "rb") as pipe:
        told = pipe.read()
    ended(pid)
    if not told:
        raise RuntimeError("the process ended without a result")
    result: T = pickle.loads(told)
    return result


class Server:
    """A worker of gunicorn in a process of its own, for a few requests one after the other. It does
    `first`, then answers the first request with a point armed."""

    def __init__(
        self,
        app: Flask,
        points: Points,
        requests: int,
        armed: tuple[int, int] | None = None,
        first: Callable[[], object] = lambda: None,
    ) -> None:
        pairs = [socket.socketpair() for _ in range(requests)]
        self.lines = [near for near, _ in pairs]

        worker = _worker()

        def serve() -> None:
            worker.wsgi = app
            first()
            for place, (near, far) in enumerate(pairs):
                near.close()
                if place == 0 and armed:
                    points.arm(*armed, far.fileno())
                worker.handle(_LISTENER, far, VISITOR)
                points.disarm()
            signal.pause()  # what it does beside goes on until it is killed

        self.pid = forked(serve)
        for _, far in pairs:
            far.close()

    def ask(self, request: bytes) -> bytes:
        """The bytes of the answer, as far as they came."""
        line, answer = self.lines.pop(0), b""
        line.settimeout(PATIENCE)
        with line, suppress(ConnectionError):
            line.sendall(request)
            while part := _received(line):
                answer += part
        return answer

    def end(self) -> None:
        """It is killed, if it is not dead."""
        for line in self.lines:
            line.close()
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        ended(self.pid)


def answered_here(app: Flask, request: bytes) -> None:
    """Answer in this very process, so that those it forks have done all that is done once."""
    near, far = socket.socketpair()
    with near:
        near.sendall(request)
        worker = _worker()
        worker.wsgi = app
        worker.handle(_LISTENER, far, VISITOR)


def _received(line: socket.socket) -> bytes:
    try:
        return line.recv(ROOM)
    except TimeoutError as error:
        raise HangsError("no answer, and no end") from error


_LISTENER: Any = SimpleNamespace(getsockname=lambda: ("127.0.0.1", 8000))


@cache
def _worker() -> SyncWorker:
    """gunicorn's own, as `bot.gunicorn_conf` sets it up; each process forks with it."""
    config = Config()
    config.set("forwarder_headers", gunicorn_conf.forwarder_headers)
    config.set("post_request", gunicorn_conf.post_request)
    return SyncWorker(0, os.getppid(), [], None, PATIENCE, config, Logger(config))


def until_ended(pid: int, double: Any = None) -> int:
    """Wait for a process, answering meanwhile what it asks of `double` (a server of http.server,
    which needs no thread so)."""
    watch = os.pidfd_open(pid)
    try:
        waits = [watch, *([double] if double else [])]
        while True:
            ready = select.select(waits, [], [], PATIENCE)[0]
            if not ready:
                os.kill(pid, signal.SIGKILL)
                ended(pid)
                raise HangsError("the job does not end")
            if double in ready:
                double.handle_request()
            elif watch in ready:
                return ended(pid)
    finally:
        os.close(watch)
