"""A stand-in for an SMS gateway that speaks HTTP, and can be told to be slow, broken or mad."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl


@dataclass
class SmsGateway:
    """What it took, and how it is told to behave."""

    address: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    status: int = 200
    answer: bytes = b'{"result": {"code": 0}, "msgid": "7"}'
    sleep: float = 0  # seconds before it answers
    drip: float = 0  # seconds between two bytes of its answer
    hang_up: bool = False  # takes the message and closes the line


@contextmanager
def gateway() -> Iterator[SmsGateway]:
    """A running gateway at `address`."""
    state = SmsGateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            is_json = self.headers["Content-Type"] == "application/json"
            state.taken.append(json.loads(body) if is_json else dict(parse_qsl(body)))
            state.headers.append(dict(self.headers))
            state.paths.append(self.path)
            if state.hang_up:
                self.close_connection = True
                return
            time.sleep(state.sleep)
            self.send_response(state.status)
            if state.status in (301, 302, 307):
                self.send_header("Location", f"{state.address}/elsewhere")
            self.send_header("Content-Length", str(len(state.answer)))
            self.end_headers()
            step = 1 if state.drip else len(state.answer) or 1
            for start in range(0, len(state.answer), step):
                try:
                    self.wfile.write(state.answer[start : start + step])
                except OSError:
                    return
                time.sleep(state.drip)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
