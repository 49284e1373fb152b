"""HTTP servers that stand in for others, in a thread of the test's process."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

SHORT = 0.02  # seconds until the server sees that it is to end


class Call(BaseHTTPRequestHandler):
    """A request, by whichever method; says nothing of it."""

    server: "_Server"

    def do_GET(self) -> None:
        self.server.answer(self)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def body(self) -> bytes:
        """What was sent with it."""
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def begin(self, status: int, size: int, **headers: str) -> None:
        """All of the answer before its body of so many bytes; headers are named with _ for -."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(size))
        self.end_headers()

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        """The whole answer."""
        self.begin(status, len(body), **headers)
        self.wfile.write(body)

    def send_json(self, said: Any) -> None:
        """The whole answer."""
        self.send(json.dumps(said, ensure_ascii=False).encode())


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 500
    answer: Callable[[Call], object]


@contextmanager
def stand_in(answer: Callable[[Call], object]) -> Iterator[str]:
    """The address, without the slash, of a running server that answers so."""
    with _Server(("127.0.0.1", 0), Call) as server:
        server.answer = answer
        Thread(target=server.serve_forever, args=(SHORT,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
