"""Connections that another thread can end, whatever they are at: TLS's greeting too.

`requests` counts each wait for itself, so that a server which sends a byte every second keeps its
caller for ever. Only the look-up of a name is not ended by hanging up.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError


class Line(HTTPAdapter):
    """One connection at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: socket.socket | None = None
        self._over = False
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def session(self) -> requests.Session:
        """A new one, whose calls all go over this line."""
        made = requests.Session()
        for scheme in ("https://", "http://"):
            made.mount(scheme, self)
        return made

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """What is asked inside fails with `requests`' errors, or with what half an answer leads to,
        after so many seconds."""
        timer = Timer(seconds, self.hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        except BaseException:
            self.hang_up()  # our double would keep the connection open
            raise
        finally:
            timer.cancel()
            with self._lock:
                self._over = False

    def hang_up(self) -> None:
        """End what is open, and what is about to be."""
        with self._lock:
            self._over = True
            _end(self._open)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """urllib3's pool, which tells us of every socket it opens."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        keep = self._keep
        if hasattr(pool.ConnectionCls, "told"):
            return pool

        class Kept(pool.ConnectionCls):  # type: ignore[misc]
            told = True

            def _new_conn(self) -> socket.socket:
                made: socket.socket = super()._new_conn()
                keep(made)
                return made

        pool.ConnectionCls = Kept
        return pool

    def _keep(self, made: socket.socket) -> None:
        """A double of the socket: TLS takes the one it is given apart."""
        with self._lock:
            self._forget()
            self._open = made.dup()
            if self._over:
                _end(self._open)

    def _forget(self) -> None:
        if self._open is not None:
            self._open.close()
        self._open = None

    def close(self) -> None:
        """Called by the session, when it is over."""
        with self._lock:
            self._forget()
        super().close()


def has_left(error: Exception) -> bool:
    """Whether something may have gone out before the error: not where no connection came about.

    >>> has_left(requests.ConnectTimeout()), has_left(requests.ReadTimeout())
    (False, True)
    """
    if isinstance(error, requests.ConnectTimeout):
        return False
    inner = error.args[0] if error.args else None
    return not isinstance(getattr(inner, "reason", inner), NewConnectionError)


def _end(one: socket.socket | None) -> None:
    with suppress(OSError):  # it ended by itself
        if one is not None:
            one.shutdown(socket.SHUT_RDWR)
