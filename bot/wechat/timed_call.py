"""A question to the platform that ends in time, whatever the platform does.

`requests` counts each wait for itself: a server that sends a byte every second keeps its caller for
ever, and a look-up of the name has no limit at all. Here the whole has one.
"""

import json
import socket
from collections.abc import Mapping
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from bot.wechat.client import UnreachableError

LARGEST = 65_536  # bytes of an answer


def ask_within(seconds: float, address: str, query: Mapping[str, str]) -> dict[str, Any]:
    """GET a JSON object; at most so many seconds from the look-up of the name to the last byte.

    Raises:
        UnreachableError: there was no such answer in time.
    """
    question = _Question(seconds, address, query)
    # A thread, since nothing interrupts a look-up. One that hangs goes on after us, until the
    # system's own limit; it does no harm.
    Thread(target=question.ask, name="question", daemon=True).start()
    if not question.answered.wait(seconds):
        question.line.hang_up()
        raise UnreachableError("no answer in time")
    if question.answer is None:
        raise UnreachableError(question.why)
    return question.answer


class _Question:
    def __init__(self, seconds: float, address: str, query: Mapping[str, str]) -> None:
        self.seconds, self.address, self.query = seconds, address, query
        self.line = _Line()
        self.answered = Event()
        self.answer: dict[str, Any] | None = None
        self.why = "no JSON"

    def ask(self) -> None:
        try:
            with requests.Session() as session:
                for scheme in ("https://", "http://"):
                    session.mount(scheme, self.line)
                found = session.get(
                    self.address,
                    params=self.query,
                    timeout=self.seconds,
                    stream=True,
                    allow_redirects=False,
                )
                told = json.loads(found.raw.read(LARGEST, decode_content=True))
            self.answer = told if isinstance(told, dict) else None
        except Exception as error:  # the thread's last words; its text would hold the address
            self.why = type(error).__name__
        finally:
            self.answered.set()


class _Line(HTTPAdapter):
    """Connections that another thread can end, whatever they are at: TLS's greeting too."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: list[socket.socket] = []
        self._over = False
        super().__init__(max_retries=0)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """urllib3's pool, which tells us of every socket it opens."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        keep = self._keep

        class Kept(pool.ConnectionCls):  # type: ignore[misc]
            def _new_conn(self) -> socket.socket:
                made: socket.socket = super()._new_conn()
                keep(made)
                return made

        pool.ConnectionCls = Kept
        return pool

    def hang_up(self) -> None:
        """End what is open, and what is about to be."""
        with self._lock:
            self._over = True
            for one in self._open:
                _end(one)

    def _keep(self, made: socket.socket) -> None:
        """A double of the socket: TLS takes the one it is given apart."""
        with self._lock:
            double = made.dup()
            self._open.append(double)
            if self._over:
                _end(double)

    def close(self) -> None:
        """Called by the session, when the question is over."""
        with self._lock:
            while self._open:
                self._open.pop().close()
        super().close()


def _end(one: socket.socket) -> None:
    with suppress(OSError):  # it ended by itself
        one.shutdown(socket.SHUT_RDWR)
