"""WeChat's API for tests, over HTTP: gives what it is told by path, keeps what it got."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

TOKEN = {"access_token": "token", "expires_in": 7200}


@dataclass
class Api:
    """`answers` by the end of a path; `got`: path and body of each call but those for a token."""

    answers: dict[str, Any]
    address: str = ""
    got: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def wechat_api(answers: dict[str, Any]) -> Iterator[Api]:
    """It, at a port of its own."""
    api = Api({"stable_token": TOKEN} | answers)

    class Call(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].removeprefix("/cgi-bin/")
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if name != "stable_token":
                api.got.append((name, json.loads(body) if body else None))
            found = json.dumps(api.answers[name], ensure_ascii=False).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Call) as server:
        api.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield api
        server.shutdown()
