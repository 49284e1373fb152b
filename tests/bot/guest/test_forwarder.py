"""The pool that passes messages on: what goes out, what comes back, and what does not."""

import asyncio
import gzip
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from bot.serve import breaker, forwarder, forwarding
from bot.serve.breaker import Breaker
from bot.serve.forwarder import Forwarder
from bot.serve.forwarding import Forwarding
from bot.serve.other_service import LARGEST_ANSWER, OtherService
from bot.serve.requests import Request
from bot.settings import Settings
from tests.bot.coroutines import run
from tests.bot.guest.other import PATH, Other, closed_port, other_service
from tests.bot.setting_up import settings_for
from tests.bot.wechat.platform import Platform

Visit = Callable[[Forwarding], Awaitable[None]]
NOW = 1_795_399_200
HEAD = b"User-Agent: Mozilla/4.0\r\nAccept: */*\r\nContent-Type: text/xml\r\nHost: jf.cn\r\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path)


@pytest.fixture
def other(settings: Settings) -> Iterator[Other]:
    with other_service(settings) as running:
        yield running


def message(settings: Settings, said: str = "上班时间", more: str = "") -> Request:
    """As the front has it."""
    platform = Platform(None, settings, NOW)  # type: ignore[arg-type]
    body = platform.text("o1", said).encode()
    query = "&".join(f"{name}={value}" for name, value in platform.query(body).items())
    first = f"POST /wechat?{query}{more} HTTP/1.1\r\n".encode()
    length = f"Content-Length: {len(body)}\r\n\r\n".encode()
    return Request("/wechat", first + HEAD + length + body, NOW)


def through(tmp_path: Path, address: str, visit: Visit) -> None:
    """Open a pool for an address, and visit it as the front does."""

    async def served() -> None:
        at = tmp_path / "forward.sock"
        async with await asyncio.start_unix_server(Forwarder(OtherService(address)).serve, at):
            async with asyncio.timeout(20):
                await visit(Forwarding(at))

    run(served())


def content(found: bytes | None) -> bytes | None:
    return None if found is None else found.partition(b"\r\n\r\n")[2]


def test_a_message_goes_out_and_its_answer_comes_back_byte_for_byte(
    tmp_path: Path, settings: Settings, other: Other
) -> None:
    """Also an escape in small letters, an empty value and blanks around an answer."""
    odd = b"\xef\xbb\xbf \r\n<xml>\r\n<MsgType>text</MsgType><!-- \xe5\xb9\xbf --></xml>\n"
    kind = b"Content-Type: application/xml; charset=utf-8\r\n"
    other.trouble = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\n" + kind + b"\r\n" + odd
    sent = message(settings, more="&openid=o%2f1&x=&y")

    async def visit(pool: Forwarding) -> None:
        found = await pool.ask(sent, "1", 5)
        assert found is not None
        assert content(found) == odd
        assert kind in found
        assert b"Set-Cookie" not in found

    through(tmp_path, other.address, visit)
    (received,) = other.received
    asked = sent.content.split(b" ")[1].partition(b"?")[2].decode()
    assert received.line == f"POST {PATH}?id=7&{asked} HTTP/1.0"
    assert received.body == sent.content.partition(b"\r\n\r\n")[2]
    assert received.headers == {
        "host": f"127.0.0.1:{other.port}",
        "connection": "close",
        "content-length": str(len(received.body)),
        "user-agent": "Mozilla/4.0",
        "accept": "*/*",
        "content-type": "text/xml",
    }


def test_a_repeated_delivery_gets_the_answer_of_the_first_also_while_that_is_awaited(
    tmp_path: Path, settings: Settings, other: Other
) -> None:
    other.pause = 0.2

    async def visit(pool: Forwarding) -> None:
        first = asyncio.create_task(pool.ask(message(settings), "1", 0.05))
        assert await first is None  # the front had no time left
        both = [pool.ask(message(settings), "1", 5) for _ in range(2)]
        at_once = await asyncio.gather(*both)
        later = await pool.ask(message(settings), "1", 5)
        assert [content(one) for one in (*at_once, later)] == [other.received[0].answer] * 3
        await pool.ask(message(settings), "2", 5)

    through(tmp_path, other.address, visit)
    assert len(other.received) == 2


PACKED = gzip.compress(b"success")
OK = b"HTTP/1.0 200 OK\r\n"
TROUBLES = {
    "an error": b"HTTP/1.0 500 Error\r\n\r\nsuccess",
    "a redirection": b"HTTP/1.0 302 Found\r\nLocation: http://127.0.0.1:%d/\r\n\r\n",
    "a page": OK + b"\r\n<html>Welcome</html>",
    "a warning before it": OK + b"\r\nNotice: x<xml><MsgType>text</MsgType></xml>",
    "half of it": OK + b"Content-Length: 99\r\n\r\n<xml><MsgType>text</MsgType></xml>",
    "no HTTP": b"\x00\x01\x02 garbage",
    "nothing": b"",
    "only a head": OK,
    "a huge body": OK + b"\r\n" + b" " * LARGEST_ANSWER + b"success",
    "a huge head": OK + b"A: " + b"a" * LARGEST_ANSWER,
    "packed": OK + b"Content-Encoding: gzip\r\n\r\n" + PACKED,
    "a bomb of entities": OK + b"\r\n<!DOCTYPE a [<!ENTITY b 'c'>]><xml><MsgType>b</MsgType></xml>",
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_what_wechat_would_take_for_a_fault_of_the_account_is_no_answer(
    tmp_path: Path, settings: Settings, other: Other, trouble: bytes
) -> None:
    """And nothing of it is followed."""
    with other_service(settings) as elsewhere:
        other.trouble = trouble.replace(b"%d", str(elsewhere.port).encode())

        async def visit(pool: Forwarding) -> None:
            assert await pool.ask(message(settings), "1", 5) is None
            assert await pool.ask(message(settings), "1", 5) is None

        through(tmp_path, other.address, visit)
        assert len(other.received) == 1
        assert not elsewhere.received
        assert not elsewhere.connections


@pytest.mark.parametrize("body", [b"", b"success", b"<xml><Encrypt>a</Encrypt></xml>"])
def test_silence_and_what_is_sealed_are_answers(
    tmp_path: Path, settings: Settings, other: Other, body: bytes
) -> None:
    other.trouble = OK + b"\r\n" + body

    async def visit(pool: Forwarding) -> None:
        assert content(await pool.ask(message(settings), "1", 5)) == body

    through(tmp_path, other.address, visit)


def test_the_limit_is_three_seconds_in_all(
    tmp_path: Path, settings: Settings, other: Other
) -> None:
    """Of an answer in 2.9 s the person reads it, of one in 3.1 s not; nor where each byte of it
    comes in time."""

    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(50):
            writer.write(b"H")
            await asyncio.sleep(0.1)
        writer.close()

    async def visit(pool: Forwarding) -> None:
        async def asked(pause: float, key: str) -> bytes | None:
            other.pause = pause
            asking = asyncio.create_task(pool.ask(message(settings), key, 5))
            await asyncio.sleep(0.05)  # it is read by now
            return await asking

        async with await asyncio.start_server(drip, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            dripping = Forwarder(OtherService(f"http://127.0.0.1:{port}/"))
            await asyncio.start_unix_server(dripping.serve, tmp_path / "drip.sock")
            start = time.monotonic()
            slow = asyncio.create_task(asked(2.9, "1"))
            await asyncio.sleep(0.1)
            late = asyncio.create_task(asked(3.1, "2"))
            dripped = Forwarding(tmp_path / "drip.sock").ask(message(settings), "3", 5)
            assert await dripped is None
            assert content(await slow) == other.received[0].answer
            assert await late is None
            assert 3.0 <= time.monotonic() - start < 4.0

    through(tmp_path, other.address, visit)


def test_where_nobody_listens_there_is_no_answer_and_soon_no_question(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async def visit(pool: Forwarding) -> None:
        for number in range(20):
            assert await pool.ask(message(settings, "秘密"), str(number), 5) is None

    through(tmp_path, f"http://127.0.0.1:{closed_port()}/?secret=7", visit)
    told = [record.getMessage() for record in caplog.records]
    assert [line.rpartition(": ")[2] for line in told] == [
        "ConnectionRefusedError",
        "it did not answer the last ones",
    ]
    assert not any(private in caplog.text for private in ("秘密", "o1", "secret"))


def test_one_that_is_frozen_costs_a_few_their_time_and_is_asked_again_when_it_answers(
    tmp_path: Path, settings: Settings, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarder, "SECONDS", 0.1)
    monkeypatch.setattr(breaker, "REST_SECONDS", 0.3)
    other.frozen = True

    async def visit(pool: Forwarding) -> None:
        for number in range(50):
            assert await pool.ask(message(settings), str(number), 5) is None
        asked = len(other.received)
        assert breaker.TRIPS <= asked <= breaker.TRIPS + 2
        other.frozen = False
        await asyncio.sleep(0.4)
        for number in range(50, 60):
            assert await pool.ask(message(settings), str(number), 5) is not None

    through(tmp_path, other.address, visit)


def test_errors_that_come_at_once_let_nobody_else_go_without_an_answer(
    tmp_path: Path, settings: Settings, other: Other
) -> None:
    """It fails at some messages; others it answers."""

    async def visit(pool: Forwarding) -> None:
        other.trouble = TROUBLES["an error"]
        for number in range(2 * breaker.TRIPS):
            assert await pool.ask(message(settings), str(number), 5) is None
        other.trouble = None
        assert await pool.ask(message(settings), "last", 5) is not None

    through(tmp_path, other.address, visit)


def test_a_breaker_lets_one_try_at_a_time() -> None:
    now = [0.0]
    one = Breaker(lambda: now[0])
    for _ in range(breaker.TRIPS):
        assert one.lets_through()
        one.failed()
    assert not one.lets_through()
    now[0] += breaker.REST_SECONDS
    assert [one.lets_through() for _ in range(3)] == [True, False, False]
    one.failed()
    now[0] += breaker.REST_SECONDS - 0.1
    assert not one.lets_through()
    now[0] += 0.1
    assert one.lets_through()
    one.worked()
    assert all(one.lets_through() for _ in range(3))


def test_more_than_so_many_are_not_passed_on_and_wait_for_nothing(
    tmp_path: Path, settings: Settings, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarding, "MOST", 4)
    other.pause = 0.3

    async def visit(pool: Forwarding) -> None:
        asked = [pool.ask(message(settings), str(number), 5) for number in range(50)]
        found = await asyncio.gather(*asked)
        assert sum(one is not None for one in found) == 4
        assert await pool.ask(message(settings), "last", 5) is not None

    through(tmp_path, other.address, visit)
    assert len(other.received) == 5


def test_where_the_pool_is_gone_there_is_no_answer(tmp_path: Path, settings: Settings) -> None:
    async def visit() -> None:
        assert await Forwarding(tmp_path / "gone.sock").ask(message(settings), "1", 5) is None

    run(visit())
