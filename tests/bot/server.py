"""A real server for tests: gunicorn with workers on a free port, in a process group of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import requests
from flask import Flask
from werkzeug.serving import make_server

from tests.stand_in import SHORT

PATIENCE = 60.0  # seconds
ONCE = "--preload"
"""Loads the application once for all workers, as `xinshimin serve` does: most of a start."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def root(self) -> str:
        """Its address, without the slash."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """SIGKILL to all its processes at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    """A port nobody listens at."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def serving(
    app: str,
    environment: Mapping[str, str],
    log: Path,
    *options: str,
    host: str = "127.0.0.1",
    port: int = 0,
    workers: int = 2,
    python: str = sys.executable,
    folder: Path | None = None,
) -> Iterator[Server]:
    """gunicorn with some workers for `app` ("module:function()"), stopped at the end; of another
    installation where its `python` is given, and a folder without a program."""
    port = port or free_port()
    arguments = [python, "-m", "gunicorn", "--bind", f"{host}:{port}"]
    arguments += ["--workers", str(workers)]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*arguments, *options, app],
            cwd=folder,
            env=dict(os.environ) | dict(environment),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait_for((host, port), process, log, workers)
        yield Server(port, process)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)


@contextmanager
def in_a_thread(app: Flask, port: int) -> Iterator[str]:
    """The address of an application that a thread of this process serves."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=(SHORT,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()


def until_ready(address: str, process: "subprocess.Popen[Any]") -> None:
    """Until a GET of `address` is answered with success."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if requests.get(address, timeout=PATIENCE).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers at {address}")


def _wait_for(
    address: tuple[str, int], process: "subprocess.Popen[bytes]", log: Path, workers: int
) -> None:
    """Until the workers have loaded the application and one of them answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if log.read_text().count("Booting worker") >= workers:
            with (
                suppress(OSError),  # it ended meanwhile; its log says why
                closing(socket.create_connection(address, PATIENCE)) as connection,
            ):
                connection.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
                if connection.recv(12):
                    return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")
