"""The account's other service for tests: over HTTP, in threads. It opens what arrives as WeChat's
documents say, with wechatpy, and answers in the same mode; or misbehaves as it is told."""

import socket
import socketserver
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl
from xml.etree import ElementTree

from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from bot.settings import Settings
from tests.bot.wechat.platform import ACCOUNT, xml

PATH = "/wechat.php"


@dataclass(frozen=True)
class Received:
    """What arrived: the first line of the request, its headers in small letters, its body; what it
    said, and what was answered."""

    line: str
    headers: dict[str, str]
    body: bytes
    said: dict[str, str]
    answer: bytes


@dataclass
class Other:
    """`tls`: the folder of its certificate for localhost; `trouble`: what it answers instead, as it
    is; `pause`: seconds before each answer; `frozen`: it answers nothing."""

    settings: Settings
    tls: Path | None = None
    port: int = 0
    trouble: bytes | None = None
    pause: float = 0
    frozen: bool = False
    received: list[Received] = field(default_factory=list)
    connections: "Counter[str]" = field(default_factory=Counter)

    @property
    def address(self) -> str:
        place = "https://localhost" if self.tls else "http://127.0.0.1"
        return f"{place}:{self.port}{PATH}?id=7"

    def answer(self, line: str, body: bytes) -> tuple[dict[str, str], bytes]:
        """What a message says, and the answer. Raises where WeChat did not sign it."""
        query = dict(parse_qsl(line.split()[1].partition("?")[2]))
        check_signature(
            self.settings.wechat_token, query["signature"], query["timestamp"], query["nonce"]
        )
        crypto = None
        if query.get("encrypt_type") == "aes":
            settings = self.settings
            crypto = WeChatCrypto(
                settings.wechat_token, settings.wechat_aes_key, settings.wechat_appid
            )
            signed = query["msg_signature"], query["timestamp"], query["nonce"]
            body = crypto.decrypt_message(body, *signed).encode()
        said = {one.tag: one.text or "" for one in ElementTree.fromstring(body)}
        answer = self.reply(said)
        if crypto and answer != "success":
            answer = crypto.encrypt_message(answer, query["nonce"], query["timestamp"])
        return said, answer.encode()

    @staticmethod
    def reply(said: dict[str, str]) -> str:
        """An echo, also of what has no words; nothing to most events."""
        if said["MsgType"] == "event" and said["Event"] != "CLICK":
            return "success"
        content = f"彼处 {said.get('Content') or said.get('EventKey') or said['MsgType']}"
        about = {"ToUserName": said["FromUserName"], "FromUserName": ACCOUNT, "CreateTime": 1}
        return xml(**about, MsgType="text", Content=content)


@contextmanager
def other_service(settings: Settings, tls: Path | None = None) -> Iterator[Other]:
    """It, at a port of its own."""
    other = Other(settings, tls)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if tls:
        context.load_cert_chain(tls / "pem", tls / "key")

    class Visit(socketserver.StreamRequestHandler):
        def setup(self) -> None:
            if tls:
                self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def handle(self) -> None:
            line = self.rfile.readline().decode().strip()
            heads = iter(lambda: self.rfile.readline().decode().strip(), "")
            headers = {
                name.lower(): value.strip() for name, _, value in (h.partition(":") for h in heads)
            }
            body = self.rfile.read(int(headers.get("content-length", 0)))
            said, answer = other.answer(line, body)
            other.received.append(Received(line, headers, body, said, answer))
            while other.frozen:
                time.sleep(0.02)
            time.sleep(other.pause)
            if other.trouble is not None:
                self.wfile.write(other.trouble)
            else:
                head = f"HTTP/1.0 200 OK\r\nContent-Length: {len(answer)}\r\n\r\n"
                self.wfile.write(head.encode() + answer)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 512

        def handle_error(self, *_: object) -> None:
            other.connections["broken"] += 1  # by the side that asked

    with Server(("127.0.0.1", 0), Visit) as server:
        other.port = server.socket.getsockname()[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield other
        finally:
            other.frozen = False
            server.shutdown()


def closed_port() -> int:
    """One where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
