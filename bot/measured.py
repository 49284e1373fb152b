"""How long pages take, for `bot.metrics`."""

from collections.abc import Iterable
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bot import metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ROOMS = ("staff", "display", "static", "healthz", "readyz", "metrics")
OTHER = "pages"


class Measured:
    """A WSGI application around `inside`."""

    def __init__(self, inside: "WSGIApplication") -> None:
        self.inside = inside

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        def start(status: str, *more: Any) -> Any:
            metrics.PAGE_SECONDS.labels(room, f"{status[0]}xx").observe(perf_counter() - began)
            return start_response(status, *more)

        room, began = room_of(environ.get("PATH_INFO", "")), perf_counter()
        return self.inside(environ, start)


def room_of(path: str) -> str:
    """One of `ROOMS`, or `OTHER`.

    >>> room_of("/staff/sites"), room_of("/staffroom"), room_of("/sheet/token")
    ('staff', 'pages', 'pages')
    """
    first = path.split("/", 2)[1:2]
    return first[0] if first and first[0] in ROOMS else OTHER
