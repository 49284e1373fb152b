"""A question to the platform ends in time, whatever its server does: a real one, that is slow in
each way there is."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from bot.wechat.client import UnreachableError
from bot.wechat.timed_call import LARGEST, ask_within

SECONDS = 0.5
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"


@contextmanager
def server(*parts: bytes, drip: bool = False) -> Iterator[str]:
    """Sends these parts; with `drip` the last one again and again, a byte at a time."""
    ended = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve() -> None:
            with suppress(OSError), closing(listener.accept()[0]) as connection:
                connection.recv(65536)
                for part in parts:
                    connection.sendall(part)
                while drip and not ended.wait(0.05):
                    connection.sendall(parts[-1][-1:])

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        ended.set()
        thread.join(5)


def asked(address: str) -> float:
    """How long an answer was waited for in vain."""
    start = time.monotonic()
    with pytest.raises(UnreachableError) as refused:
        ask_within(SECONDS, address, {"secret": "GEHEIM"})
    assert "GEHEIM" not in str(refused.value)
    return time.monotonic() - start


def test_an_answer() -> None:
    with server(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", b'{"a": "b"}') as address:
        assert ask_within(5, address, {}) == {"a": "b"}


@pytest.mark.parametrize(
    "parts", [(b"HTTP/1.1 200 O",), (b"HTTP/1.1 200 OK\r\nA: b",), (HEAD, b" ")]
)
def test_a_server_that_sends_a_byte_now_and_then(parts: tuple[bytes, ...]) -> None:
    with server(*parts, drip=True) as address:
        assert SECONDS <= asked(address) < SECONDS + 1
        until_no_thread_asks()


def test_a_server_that_says_nothing_in_the_greeting_of_tls() -> None:
    with server(b"\x16\x03\x03", b"\x00", drip=True) as address:
        assert asked(address.replace("http:", "https:")) < SECONDS + 1
        until_no_thread_asks()


def test_a_server_that_accepts_nobody() -> None:
    with closing(socket.create_server(("127.0.0.1", 0), backlog=0)) as listener:
        port = listener.getsockname()[1]
        with closing(socket.create_connection(("127.0.0.1", port))):
            assert asked(f"http://127.0.0.1:{port}/x") < SECONDS + 1


@pytest.mark.parametrize(
    "body", [b"", b"[1]", b"<html>", b'{"a": "' + b"x" * LARGEST + b'"}'], ids=len
)
def test_what_is_no_answer_is_none(body: bytes) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with server(head, body) as address:
        asked(address)


def until_no_thread_asks() -> None:
    """What was left behind ends, and holds no connection."""
    end = time.monotonic() + 5
    while any(one.name == "question" for one in threading.enumerate()):
        assert time.monotonic() < end
        time.sleep(0.01)
