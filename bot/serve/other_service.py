"""The account's other service: one message out, as WeChat sent it, and the answer back, as it came.

HTTP/1.0, as WeChat itself speaks, over a connection of its own: nothing is sent twice because a
connection that was kept open turned out to be closed. Of an answer nothing is followed or unpacked.
"""

import asyncio
import re
import ssl
from contextlib import closing
from http.client import HTTPException, HTTPResponse
from io import BytesIO
from typing import NamedTuple, cast
from urllib.parse import urlsplit

from bot.wechat.xml import UnreadableError, read

LARGEST_ANSWER = 65_536  # bytes, with its head
PIECE = 16_384
SILENT = (b"", b"success")  # says nothing to the person
VISIBLE = re.compile("[ -~]+")
PORTS = {"http": 80, "https": 443}


class UnusableError(Exception):
    """It answered, and WeChat would show the person an error if it got that."""


class Answer(NamedTuple):
    """The content of an answer, and of which type it says it is."""

    kind: str
    body: bytes


class Message(NamedTuple):
    """A delivery as WeChat sent it: the query of its address, its body, and the headers that belong
    to the body."""

    query: bytes
    headers: tuple[bytes, ...]
    body: bytes


class OtherService:
    """The service at an address. `address`: checked, see `bot.settings`."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host = cast(str, parts.hostname)
        self.port = parts.port or PORTS[parts.scheme]
        self.tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._path, self._own_query = parts.path.encode() or b"/", parts.query.encode()
        self._named = parts.netloc.encode()

    async def ask(self, message: Message) -> Answer:
        """Its answer, checked. The caller bounds the time.

        Raises:
            OSError: it does not answer, or breaks off.
            UnusableError: what it answers is no answer to WeChat.
        """
        to = asyncio.open_connection(self.host, self.port, ssl=self.tls)
        reader, writer = await to
        with closing(writer.transport):
            writer.write(self._request(message))
            return checked(await _whole(reader))

    def _request(self, message: Message) -> bytes:
        query = b"&".join(filter(None, (self._own_query, message.query)))
        head = (
            b"POST %b?%b HTTP/1.0" % (self._path, query),
            b"Host: " + self._named,
            b"Connection: close",
            b"Content-Length: %d" % len(message.body),
            *message.headers,
        )
        return b"\r\n".join((*head, b"", message.body))


async def _whole(reader: asyncio.StreamReader) -> bytes:
    found = bytearray()
    while part := await reader.read(PIECE):
        found += part
        if len(found) > LARGEST_ANSWER:
            raise UnusableError(f"larger than {LARGEST_ANSWER} bytes")
    return bytes(found)


def checked(found: bytes) -> Answer:
    """The answer in what came over the connection.

    Raises:
        ConnectionError: nothing came, or half a head.
        UnusableError: it is no HTTP, cut off, an error, a redirection, packed, or no answer
            to a message.
    """
    if b"\r\n\r\n" not in found:
        raise ConnectionResetError("not even a head came")
    response = HTTPResponse(_Received(found))  # type: ignore[arg-type]  # it only reads from it
    try:
        response.begin()
        body = response.read()
    except (HTTPException, ValueError) as error:
        raise UnusableError(type(error).__name__) from error
    if response.status != 200:
        raise UnusableError(f"status {response.status}")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise UnusableError("it is packed")
    if not is_answer(body):
        raise UnusableError("no answer to a message")
    kind = response.headers.get("Content-Type", "")
    return Answer(kind if VISIBLE.fullmatch(kind) else "text/plain", body)


def is_answer(body: bytes) -> bool:
    """Whether WeChat can do something with it; in safe mode as far as can be seen from outside.

    >>> is_answer(b"success"), is_answer(b"<xml><MsgType>text</MsgType></xml>"), is_answer(b"<p>")
    (True, True, False)
    """
    if body.strip() in SILENT:
        return True
    try:
        tree = read(body.strip())
    except UnreadableError:
        return False
    return isinstance(tree.get("Encrypt") or tree.get("MsgType"), str)


class _Received:
    """What `HTTPResponse` takes for a connection."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def makefile(self, _mode: str) -> BytesIO:
        return BytesIO(self.content)
