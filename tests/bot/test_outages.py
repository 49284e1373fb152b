"""The operator's table: what goes wrong with the database, or with the number of messages, while
people write to a real server. Each is answered or told to write again before the platform gives up,
nothing is lost that was answered, and afterwards all is well again by itself.

    pytest -m soak tests/bot/test_outages.py -s    # prints the table
"""

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from bot.database import engine_for, reading, writing
from tests.bot.crowd import Crowd
from tests.bot.frozen import frozen
from tests.bot.server import PATIENCE, free_port, serving, until_ready
from tests.bot.setting_up import environment_of, settings_for
from tests.bot.wire import Wire, wired

LATEST = 4.5  # seconds until an answer
RATE = 4.0  # messages a second
WELL_AGAIN = 30.0  # seconds after the end
AFTER = 8.0  # so long the crowd goes on writing
LEAVING = 5


@dataclass
class Place:
    """A database, the address the service knows it by, and what a fault may take hold of."""

    real: str
    known: str
    folder: Path
    wire: Wire | None = None


def locked(place: Place, seconds: float) -> None:
    """Another program holds SQLite's lock, or locks the table."""
    engine = engine_for(place.real)
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE"))
        time.sleep(seconds)
    engine.dispose()


def stopped(place: Place, seconds: float) -> None:
    """Nobody listens, and all connections are closed."""
    assert place.wire
    place.wire.close()
    time.sleep(seconds)
    place.wire.open()


def stood_still(place: Place, seconds: float) -> None:
    """SIGSTOP to all of PostgreSQL."""
    with frozen(place.real):
        time.sleep(seconds)


def swallowed(place: Place, seconds: float) -> None:
    """The network drops everything, and closes nothing."""
    assert place.wire
    place.wire.swallows = True
    time.sleep(seconds)
    place.wire.swallows = False


def mute(place: Place, seconds: float) -> None:
    """In the place of PostgreSQL's socket one that accepts and never answers; a failover later,
    the real one is back."""
    mine, real = place.folder / ".s.PGSQL.5432", place.folder / "real"
    end(place)
    mine.rename(real)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(mine))
        listener.listen(100)
        time.sleep(seconds)
        mine.unlink()
        real.rename(mine)


def exhausted(place: Place, seconds: float) -> None:
    """All connections that PostgreSQL allows are others'."""
    end(place)
    with ExitStack() as stack:
        with suppress(psycopg.OperationalError):
            while True:
                stack.enter_context(psycopg.connect(place.real.replace("+psycopg", "")))
        time.sleep(seconds)


def end(place: Place) -> None:
    """All connections to the database ended, by its server."""
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    with writing(engine_for(place.real)) as connection:
        connection.execute(
            text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
        )


def nothing(_place: Place, seconds: float) -> None:
    """Only many messages."""
    time.sleep(seconds)


@pytest.fixture
def place(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> Iterator[Place]:
    """As the parameter says: known as it is, over a wire, or by a socket in a folder of its own."""
    if request.param == "wire":
        with wired(url) as wire:
            yield Place(url, wire.url, tmp_path, wire)
    elif request.param == "socket":
        with tempfile.TemporaryDirectory() as folder:  # a socket's path must be short
            away = Path(folder)
            away.chmod(0o755)
            (away / ".s.PGSQL.5432").symlink_to(f"{socket_folder(url)}/.s.PGSQL.5432")
            yield Place(url, url.replace(socket_folder(url), folder), away)
    else:
        yield Place(url, url, tmp_path)


def socket_folder(url: str) -> str:
    return str(url.partition("host=")[2].partition("&")[0])


Fault = Callable[[Place, float], None]


def suffer(place: Place, tmp_path: Path, fault: Fault, seconds: float, rate: float = RATE) -> str:
    """Let it happen while a crowd writes; the row of the table."""
    settings = replace(settings_for(tmp_path), database_url=place.known, state=tmp_path)
    environment = environment_of(settings) | {"XINSHIMIN_STATE": str(tmp_path)}
    proxied = rate > RATE
    environment["XINSHIMIN_PROXIES"] = str(int(proxied))
    log = tmp_path / "server.log"
    with ExitStack() as stack, serving("bot:create_app()", environment, log) as server:
        port = stack.enter_context(behind_nginx(server.port, tmp_path)) if proxied else server.port
        crowd = Crowd(port, settings.wechat_token)
        began, ended = asyncio.run(with_crowd(crowd, partial(fault, place, seconds), rate))
        leaving = {f"leaving{number}" for number in range(LEAVING)}
        limit = time.monotonic() + WELL_AGAIN
        while (people := people_in(place)) & leaving and time.monotonic() < limit:
            time.sleep(0.2)
    assert not people & leaving, "not forgotten"
    during = [one for one in crowd.deliveries if began <= one.sent]
    mute_ones = [one for one in during if one.said is None]
    answered = {one.person for one in during if one.is_answered}
    told = {one.person for one in during if one.said and not one.is_answered}
    bad = [one.sent + one.took for one in during if one.person in told or one.said is None]
    recovered = max([0.0, *(at - ended for at in bad)])
    slowest = max(one.took for one in during)
    row = (
        f"{len(during)} sent, {len(answered)} answered, {len(told)} told to write again, "
        f"{len(mute_ones)} without an answer, slowest {slowest:.2f} s, "
        f"well again after {recovered:.1f} s, kept though told {len(told & people)}"
    )
    assert answered <= people, f"lost: {answered - people}"
    assert not mute_ones, row
    assert slowest < LATEST, row
    assert recovered < WELL_AGAIN, row
    return row


NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_rlimit_nofile 16000;
events {{ worker_connections 8000; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{
      proxy_pass http://127.0.0.1:{to};
      proxy_set_header X-Request-Start "t=${{msec}}";
      proxy_connect_timeout 4s;
      proxy_read_timeout 10s;
    }}
  }}
}}
"""


@contextmanager
def behind_nginx(to: int, folder: Path) -> Iterator[int]:
    """The port of an nginx in front, as in the guide: it takes each answer at once. A crowd of
    this size in one process would let the server wait for each."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        pytest.skip("no nginx here")
    port, config = free_port(), folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, port=port, to=to))
    process = subprocess.Popen([nginx, "-c", str(config), "-p", str(folder)])
    try:
        until_ready(f"http://127.0.0.1:{port}/healthz", process)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


async def with_crowd(crowd: Crowd, harm: Callable[[], None], rate: float) -> tuple[float, float]:
    """When it began and ended."""
    for number in range(LEAVING):
        await crowd.deliver(f"leaving{number}", MsgType="event", Event="subscribe")
    began = time.monotonic()
    harming = asyncio.create_task(asyncio.to_thread(harm))
    talking = asyncio.create_task(crowd.talk(rate, lambda: not harming.done()))
    await asyncio.sleep(1)
    for number in range(LEAVING):
        crowd.send(f"leaving{number}", MsgType="event", Event="unsubscribe")
    await harming
    ended = time.monotonic()
    await talking
    await crowd.talk(RATE, lambda: time.monotonic() < ended + AFTER)
    await crowd.hear()
    return began, ended


def people_in(place: Place) -> set[str]:
    """Whose talks are kept."""
    engine = engine_for(place.real)
    with reading(engine) as connection:
        found = set(connection.scalars(text("SELECT person FROM conversations")))
    engine.dispose()
    return found


SQLITE, POSTGRESQL = "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)
CASES = [
    ("sqlite", "itself", locked, 3),
    ("sqlite", "itself", locked, 10),
    ("sqlite", "itself", locked, 12),
    ("postgresql", "itself", locked, 3),
    ("postgresql", "itself", locked, 10),
    ("postgresql", "itself", locked, 12),
    ("postgresql", "wire", stopped, 10),
    ("postgresql", "itself", stood_still, 10),
    ("postgresql", "itself", stood_still, 45),
    ("postgresql", "wire", swallowed, 15),
    ("postgresql", "socket", mute, 15),
    ("postgresql", "itself", exhausted, 10),
]


@pytest.mark.soak
@pytest.mark.parametrize(("url", "place", "fault", "seconds"), CASES, indirect=["url", "place"])
def test_table(place: Place, tmp_path: Path, fault: Fault, seconds: float) -> None:
    print(f"\n{fault.__name__} {seconds} s: {suffer(place, tmp_path, fault, seconds)}")


@pytest.mark.soak
@pytest.mark.parametrize(
    ("url", "place"), [("sqlite", "itself"), ("postgresql", "itself")], indirect=True
)
def test_surge(place: Place, tmp_path: Path) -> None:
    print(f"\nsurge: {suffer(place, tmp_path, nothing, 20, rate=700)}")


@pytest.mark.parametrize(
    ("url", "place", "fault"),
    [
        pytest.param("postgresql", "itself", stood_still, marks=pytest.mark.postgres),
        pytest.param("postgresql", "wire", swallowed, marks=pytest.mark.postgres),
    ],
    indirect=["url", "place"],
)
def test_six_seconds_of_it(place: Place, tmp_path: Path, fault: Fault) -> None:
    suffer(place, tmp_path, fault, 6)
