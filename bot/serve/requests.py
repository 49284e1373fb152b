"""A whole HTTP request, read in bounded time and size: as much of HTTP as it takes to know where it
ends and whose it is. gunicorn reads it again, and judges it."""

import asyncio
from time import time
from typing import NamedTuple

from bot.arrival import told_by_the_kernel

LARGEST_HEAD = 32_768  # bytes
LARGEST_BODY = 262_144  # the largest form, see `bot.application`
SECONDS = 10.0  # for all of it
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class RefusedError(Exception):
    """No request for us; the text is its status line."""


class Request(NamedTuple):
    """Its path as it was written, all its bytes, and when they were there (seconds since 1970),
    for however long nobody looked."""

    path: str
    content: bytes
    arrived: float


async def read_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Request:
    """The next request; `writer` is told to send its body where it waits for that.

    Raises:
        RefusedError: it is too large, too slow or none.
        EOFError: nothing came.
    """
    try:
        async with asyncio.timeout(SECONDS):
            head = await _head(reader)
            path, length, waits = _told(head)
            if length > LARGEST_BODY:
                raise RefusedError("413 Content Too Large")
            if waits:
                writer.write(CONTINUE)
            content = head + await reader.readexactly(length)
    except TimeoutError:
        raise RefusedError("408 Request Timeout") from None
    return Request(path, content, time() - told_by_the_kernel(writer.get_extra_info("socket")))


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        raise RefusedError("431 Request Header Fields Too Large") from None


def _told(head: bytes) -> tuple[str, int, bool]:
    """The path, the length of the body, and whether the sender waits before it sends that."""
    first, *lines = head.split(b"\r\n")
    words = first.split(b" ")
    if len(words) != 3:
        raise RefusedError("400 Bad Request")
    headers = [(name.strip().lower(), value.strip()) for name, _, value in _pairs(lines)]
    if any(name == b"transfer-encoding" for name, _ in headers):
        raise RefusedError("411 Length Required")  # nobody who speaks to us sends in pieces
    lengths = [value for name, value in headers if name == b"content-length"]
    if len(lengths) > 1 or not all(value.isdigit() and len(value) < 12 for value in lengths):
        raise RefusedError("400 Bad Request")
    waits = (b"expect", b"100-continue") in [(name, value.lower()) for name, value in headers]
    return words[1].partition(b"?")[0].decode("latin-1"), int(lengths[0]) if lengths else 0, waits


def _pairs(lines: list[bytes]) -> list[tuple[bytes, bytes, bytes]]:
    return [line.partition(b":") for line in lines]
