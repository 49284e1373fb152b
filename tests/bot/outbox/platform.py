"""A stand-in for api.weixin.qq.com that speaks HTTP, checks tokens and limits, swallows repeated
messages, and can be told to fail."""

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

LIMITS = {
    "thing": re.compile(r".{1,20}", re.DOTALL),
    "phrase": re.compile(r"[㐀-鿿]{1,5}|-"),
    "character_string": re.compile(r"[\x21-\x7e]{1,32}"),
    "name": re.compile(r".{1,10}"),
    "time": re.compile(r"20\d\d年\d{1,2}月\d{1,2}日 \d\d:\d\d|-"),
}
SENDING = ("message/subscribe/bizsend", "message/template/send")


@dataclass
class Platform:
    """What the platform knows, and how it is told to behave."""

    address: str = ""
    secret: str = "the-secret"
    token: str = "token-1"
    tokens_given: int = 0
    forced: int = 0
    calls: int = 0
    shown: list[dict[str, Any]] = field(default_factory=list)  # what people saw
    endpoints: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    refusing: set[str] = field(default_factory=set)
    status: int = 200  # of HTTP
    error: int = 0  # errcode of every send
    always_bad_token: bool = False
    kill_sender: int = 0  # process killed after its message was taken, before it hears of it
    meanwhile: Callable[[], object] | None = None  # done while a message is on its way
    lock: Lock = field(default_factory=Lock)

    def people(self) -> list[str]:
        return [message["touser"] for message in self.shown]

    def change_token(self) -> None:
        """The old token is invalid from now on."""
        self.token = f"token-{int(self.token.removeprefix('token-')) + 1}"

    def answer(self, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> Any:
        with self.lock:
            if path == "/cgi-bin/stable_token":
                return self._give_token(body)
            self.calls += 1
            if self.always_bad_token or query.get("access_token") != [self.token]:
                return {"errcode": 40001, "errmsg": "invalid credential"}
            return self._take(path.removeprefix("/cgi-bin/"), body)

    def _give_token(self, body: dict[str, Any]) -> Any:
        self.tokens_given += 1
        if body["secret"] != self.secret:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        if body["force_refresh"]:
            self.forced += 1
            self.change_token()
        return {"access_token": self.token, "expires_in": 7200}

    def _take(self, endpoint: str, message: dict[str, Any]) -> Any:
        if endpoint not in SENDING:
            return {"errcode": 40066, "errmsg": "invalid url"}
        if self.error:
            return {"errcode": self.error, "errmsg": "told to"}
        if message["touser"] in self.refusing:
            return {"errcode": 43101, "errmsg": "user refuse to accept the msg"}
        if not message["template_id"]:
            return {"errcode": 40037, "errmsg": "invalid template_id"}
        for name, value in message["data"].items():
            if not LIMITS[name.rstrip("0123456789")].fullmatch(value["value"]):
                return {"errcode": 47003, "errmsg": f"argument invalid! data.{name}.value"}
        once = (message["touser"], message["client_msg_id"])
        if once not in self.seen:
            self.seen.add(once)
            self.shown.append(message)
            self.endpoints.append(endpoint)
        if self.meanwhile:
            self.meanwhile()
        if self.kill_sender:
            os.kill(self.kill_sender, signal.SIGKILL)
            self.kill_sender = 0
        return {"errcode": 0, "errmsg": "ok", "msgid": len(self.shown)}


@contextmanager
def platform() -> Iterator[Platform]:
    """A running platform at `address`."""
    state = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            address = urlsplit(self.path)
            if state.status != 200:
                self.send_error(state.status)
                return
            answer = json.dumps(state.answer(address.path, parse_qs(address.query), body))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer.encode())

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
