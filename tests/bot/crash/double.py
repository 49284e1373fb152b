"""WeChat's API for one process at a time: it answers between two looks whether that one still
lives, and notes what it took even from one that died since."""

import json
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.bot.outbox.platform import Platform


class Double(HTTPServer):
    """The platform of `tests.bot.outbox`, without a thread."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.platform = Platform()
        self.address = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The process that asked is dead."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 1.0  # seconds for a request of which only half was sent
    server: Double

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        body = self.rfile.read(size)
        if len(body) == size:  # of half a request the platform takes nothing
            self._answer(json.loads(body))

    def _answer(self, body: dict[str, Any]) -> None:
        address = urlsplit(self.path)
        answer = self.server.platform.answer(address.path, parse_qs(address.query), body)
        with suppress(OSError):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None: ...
