"""HTTP answers of our own, for what no process behind the front has answered."""

from collections.abc import Mapping

from bot.outermost import HEADERS


def answer(status: str, more: Mapping[str, str], body: bytes = b"") -> bytes:
    """All of it; the connection ends with it."""
    headers = HEADERS | {"Connection": "close"} | dict(more)
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
