"""The address of `serve` alone, with nothing behind it: what it takes, and for how long."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.serve import front, requests
from bot.serve.front import Front
from tests.bot.coroutines import run

Visit = Callable[[int], Awaitable[None]]


def visited(tmp_path: Path, visit: Visit) -> None:
    """Open one, visit its port, close it."""

    async def through() -> None:
        made = Front(tmp_path / "callback.sock", tmp_path / "pages.sock")
        listener = socket.create_server(("127.0.0.1", 0))
        await made.open(listener)
        try:
            async with asyncio.timeout(20):
                await visit(listener.getsockname()[1])
        finally:
            await made.close(1)

    run(through())


async def said(port: int, sent: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    answer = await reader.read(-1)
    writer.close()
    return answer


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "SECONDS", 0.5)
    monkeypatch.setattr(front, "PATIENCE", 0.2)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", b"408"),
        (b"GET / HT", b"408"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", b"408"),
        (b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\na=b", b"408"),
        (b"GET /\r\n\r\n", b"400"),
        (b"\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 2\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 999999999999999\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nContent-Length: 262145\r\n\r\n", b"413"),
        (b"GET /" + b"x" * requests.LARGEST_HEAD + b" HTTP/1.1\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n\r\n", b"503"),
        (b"POST / HTTP/1.1\r\nContent-Length: 262144\r\n\r\n" + b"x" * 262144, b"503"),
    ],
)
def test_what_is_asked_gets_an_answer(tmp_path: Path, sent: bytes, status: bytes) -> None:
    async def visit(port: int) -> None:
        answer = await said(port, sent)
        assert answer.startswith(b"HTTP/1.1 " + status)
        assert b"X-Content-Type-Options: nosniff\r\n" in answer

    visited(tmp_path, visit)


def test_without_a_process_a_page_says_so_kindly_and_the_platform_hears_nothing(
    tmp_path: Path,
) -> None:
    """After errors of ours it would hold everybody's messages back; so it delivers again."""

    async def visit(port: int) -> None:
        answer = (await said(port, b"GET /rules HTTP/1.1\r\n\r\n")).decode()
        assert "Retry-After: 5\r\n" in answer
        assert "请过几秒钟再打开一次" in answer
        assert await said(port, b"POST /wechat?a=b HTTP/1.1\r\nContent-Length: 0\r\n\r\n") == b""

    visited(tmp_path, visit)


def test_who_waits_to_be_told_to_send_is_told(tmp_path: Path) -> None:
    async def visit(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = b"POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n"
        writer.write(head)
        assert await reader.readuntil(b"\r\n\r\n") == requests.CONTINUE
        writer.write(b"ab")
        assert (await reader.read(-1)).startswith(b"HTTP/1.1 503")
        writer.close()

    visited(tmp_path, visit)


def test_of_many_who_dawdle_the_oldest_goes_and_a_new_one_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "SECONDS", 60)
    monkeypatch.setattr(front, "MOST_SLOW", 20)

    async def visit(port: int) -> None:
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(60)]
        for _, writer in slow:
            writer.write(b"GET / HT")
        assert (await said(port, b"GET / HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 503")
        ended = [asyncio.create_task(reader.read(1)) for reader, _ in slow]
        done, _ = await asyncio.wait(ended, timeout=1)
        assert 40 <= len(done) <= 41
        assert all(one in done for one in ended[:40])
        for _, writer in slow:
            writer.close()

    visited(tmp_path, visit)


MESSAGE = b"POST /wechat?a=b HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def behind(tmp_path: Path, answer: Answer) -> asyncio.Server:
    """Instead of the callback."""
    return await asyncio.start_unix_server(answer, tmp_path / "callback.sock")


def test_a_message_without_an_answer_in_time_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that hangs at its disk: the platform shall deliver again while it still waits."""
    monkeypatch.setattr(front, "MESSAGE_SECONDS", 0.3)

    async def hang(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async def visit(port: int) -> None:
        async with await behind(tmp_path, hang):
            assert await asyncio.wait_for(said(port, MESSAGE), 2) == b""

    visited(tmp_path, visit)


def test_one_too_many_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MOST_MESSAGES", 2)
    go_on = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await go_on.wait()
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        writer.close()

    async def visit(port: int) -> None:
        async with await behind(tmp_path, answer):
            waiting = [asyncio.create_task(said(port, MESSAGE)) for _ in range(2)]
            await asyncio.sleep(0.2)
            assert await said(port, MESSAGE) == b""
            go_on.set()
            assert all([(await one).startswith(b"HTTP/1.1 200") for one in waiting])
            assert (await said(port, MESSAGE)).startswith(b"HTTP/1.1 200")

    visited(tmp_path, visit)


def test_the_time_of_arrival_is_that_of_the_last_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long nobody looked, here because a visitor before it held the whole front; for too
    long, and it is refused."""
    told: list[float] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        told.append(float(head.partition(b"X-Request-Start: t=")[2].split(b"\r\n")[0]))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        writer.close()

    async def unread(port: int, seconds: float) -> bytes:
        client = socket.create_connection(("127.0.0.1", port))
        client.sendall(MESSAGE)
        time.sleep(seconds)  # which holds the front too
        reader, writer = await asyncio.open_connection(sock=client)
        answer = await reader.read(-1)
        writer.close()
        return answer

    async def visit(port: int) -> None:
        async with await behind(tmp_path, answer):
            sent = time.time()
            assert (await unread(port, 0.3)).startswith(b"HTTP/1.1 200")
            assert told == [pytest.approx(sent, abs=0.2)]
            monkeypatch.setattr(front, "LONGEST_UNREAD", 0.2)
            assert await unread(port, 0.3) == b""
            assert len(told) == 1

    visited(tmp_path, visit)
