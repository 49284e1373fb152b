"""So many pages are served at once in one process, and no more: a page that is made slowly, for
hundreds, comes too late for all of them."""

from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from bot import busy, metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AT_ONCE = 12
IN_LINE = 12  # wait for a place; together fewer than the threads of `bot.serve.parts`
PATIENCE = 2.0  # seconds in the line
ALWAYS = ("/healthz", "/readyz", "/metrics", "/static/")  # cheap, or asked by who looks after us


class Crowd:
    """A WSGI application around `inside`. Where a process serves one at a time anyway, it does
    nothing."""

    def __init__(self, inside: "WSGIApplication") -> None:
        self.inside = inside
        self._places = BoundedSemaphore(AT_ONCE)
        self._line = BoundedSemaphore(IN_LINE)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(ALWAYS):
            return self.inside(environ, start_response)
        if not self._enter():
            metrics.SHED.labels("pages").inc()
            start_response(busy.STATUS, list(busy.HEADERS.items()))
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [busy.PAGE]
        try:
            return self.inside(environ, start_response)
        finally:
            self._places.release()

    def _enter(self) -> bool:
        if self._places.acquire(blocking=False):
            return True
        if not self._line.acquire(blocking=False):
            return False
        try:
            return self._places.acquire(timeout=PATIENCE)
        finally:
            self._line.release()
