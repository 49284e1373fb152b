"""WeChat's API for one account, over HTTP: token, menu, templates, and the time by its clock."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep, time
from typing import Any


@dataclass
class Account:
    """What it answers, by the end of the path; `ahead`: of its clock, in seconds."""

    address: str = ""
    ahead: float = 0
    answers: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.answers["stable_token"] = {"access_token": "T" * 40, "expires_in": 7200}
        self.answers["menu/get"] = {"errcode": 46003, "errmsg": "menu no exist"}
        self.answers["gettemplate"] = {"errcode": 0, "data": []}


@contextmanager
def account(port: int = 0) -> Iterator[Account]:
    """It, running; at a free port."""
    state = Account()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response_only(404)
            self.send_header("Date", formatdate(time() + state.ahead, usegmt=True))
            self.end_headers()

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            ends = (answer for end, answer in state.answers.items() if path.endswith(end))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(next(ends, {"errcode": 48001})).encode())

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":  # in a machine of its own
    with account(int(sys.argv[1])):
        sleep(3600)
