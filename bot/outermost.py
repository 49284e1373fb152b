"""Around the whole application, the callback included: what every answer carries, and which request
it answers."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bot import request_id

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",  # no-referrer would break the check of forms over https
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


class Outermost:
    """A WSGI application around `inside`."""

    def __init__(self, inside: "WSGIApplication", https: bool, proxies: int) -> None:
        self.inside = inside
        self.headers = HEADERS | (OVER_HTTPS if https else {})
        self.proxies = proxies
        self.root = os.environ.get("SCRIPT_NAME", "")  # where the operator put us

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        id = request_id.of_request(environ, self.proxies)

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            given = {name.lower() for name, _ in headers}
            more = [pair for pair in self.headers.items() if pair[0].lower() not in given]
            return start_response(status, [*headers, *more, ("X-Request-Id", id)], *error)

        if environ.get("SCRIPT_NAME", "") != self.root:
            return _refused(start)
        with request_id.within(id):
            return self.inside(environ, start)


def _refused(start_response: "StartResponse") -> Iterable[bytes]:
    """A header named SCRIPT_NAME, which a proxy may pass on and gunicorn believes, would hide a
    path from the proxy's rules: of /x/staff/ we would see /staff/."""
    start_response("400 BAD REQUEST", [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return []
