"""Full durable turns per second through /wechat, against a stateless echo on the same machine, on
SQLite and on PostgreSQL (`BENCH_ON`).

Both under gunicorn with two workers, asked by the same client, in turns. A turn is: signature, XML,
what is known of the person, the conversation with its estimate, reply, one transaction on the disk.
"""

import itertools
import os
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from tests.bench.databases import on_each
from tests.bot.server import Server, serving
from tests.bot.setting_up import environment_of, migrated, settings_for
from tests.bot.wechat.platform import ACCOUNT, address, xml

ROUNDS = 5
SECONDS = 4.0
PEOPLE_AT_ONCE = 4
# One person's talk, from following to the result and a question.
ANSWERS = "1,1,1990年5月,大专,三级,42个月,50个月,2,3年,都没有,志愿服务,4次,结果,大专有几分,材料"
TALK = ANSWERS.split(",")

_people = itertools.count(1)
_messages = itertools.count(10**15)


def requests_of(token: str) -> Iterator[bytes]:
    """One person's messages as HTTP requests, signed in plain mode."""
    person = f"o{next(_people):027d}"
    follow = {"MsgType": "event", "Event": "subscribe", "EventKey": ""}
    for fields in (follow, *({"MsgType": "text", "Content": said} for said in TALK)):
        created = str(int(time.time()))
        number = {"MsgId": next(_messages)} if fields["MsgType"] == "text" else {}
        common = {"ToUserName": ACCOUNT, "FromUserName": person, "CreateTime": created}
        body = xml(**common, **fields, **number).encode()
        query = urlencode(address(token, created, body))
        head = (
            f"POST /wechat?{query} HTTP/1.1\r\n"
            f"Host: a\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode() + body


def ask(port: int, request: bytes) -> None:
    """Send a request and wait for the whole answer."""
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    if not answer.startswith(b"HTTP/1.1 200") or b"<Content>" not in answer:
        raise RuntimeError(answer.decode(errors="replace"))


class Measured(NamedTuple):
    """Messages per second, and milliseconds of processor time per message, the client's included,
    and without it: these say the same on a busy machine."""

    rate: float
    cost: float
    own: float


def measure(server: Server, token: str, seconds: float = SECONDS) -> Measured:
    """Several people at once, each waiting for every reply."""
    end = time.perf_counter() + seconds
    counts = [0] * PEOPLE_AT_ONCE

    def one_after_another(place: int) -> None:
        while True:
            for request in requests_of(token):
                if time.perf_counter() > end:
                    return
                ask(server.port, request)
                counts[place] += 1

    threads = [
        threading.Thread(target=one_after_another, args=(place,)) for place in range(PEOPLE_AT_ONCE)
    ]
    start = time.perf_counter()
    client, before = time.process_time(), processor_seconds(server)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    own, count = processor_seconds(server) - before, sum(counts)
    spent = own + time.process_time() - client
    rate = count / (time.perf_counter() - start)
    return Measured(rate, spent / count * 1000, own / count * 1000)


def processor_seconds(server: Server) -> float:
    """What the server's processes have used so far (Linux)."""
    first = server.process.pid
    pids = [str(first), *Path(f"/proc/{first}/task/{first}/children").read_text().split()]
    ticks = 0
    for pid in pids:
        user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        ticks += int(user) + int(system)
    return ticks / os.sysconf("SC_CLK_TCK")


def main(rounds: int = ROUNDS, seconds: float = SECONDS) -> None:
    """Print both and their ratio, for each database."""
    for kind, url in on_each():
        print(kind)
        report(list(pairs_on(url, rounds, seconds)))


def pairs_on(url: str, rounds: int, seconds: float) -> Iterator[list[Measured]]:
    """Echo and turns, one after the other, so many times."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        settings = settings_for(Path(folder), database_url=url)
        migrated(settings).dispose()
        environment = environment_of(settings)
        echo, full = (
            stack.enter_context(serving(app, environment, Path(folder) / f"{number}.log"))
            for number, app in enumerate(("tests.bench.echo:create_app()", "bot:create_app()"))
        )
        for number in range(rounds + 1):
            pair = [measure(server, settings.wechat_token, seconds) for server in (echo, full)]
            if number:  # the first round warms both up
                yield pair


def report(pairs: list[list[Measured]]) -> None:
    """Medians over all rounds."""
    names = ("stateless wechatpy + Flask echo", "full durable turns")
    for name, column in zip(names, zip(*pairs, strict=True), strict=True):
        rate, cost, own = (statistics.median(numbers) for numbers in zip(*column, strict=True))
        print(f"{name:32}{rate:6.0f} messages/s {cost:6.2f} ms of processor time each", end="")
        print(f", {own:.2f} of them the server's")
    rates = statistics.median(turns.rate / echo.rate for echo, turns in pairs)
    costs = statistics.median(echo.cost / turns.cost for echo, turns in pairs)
    owns = statistics.median(echo.own / turns.own for echo, turns in pairs)
    print(
        f"ratio (median of {len(pairs)} pairs): {rates:.2f}; by processor time {costs:.2f}", end=""
    )
    print(f", by the server's {owns:.2f}")


if __name__ == "__main__":
    main()
