"""The deadline of a request counts from its arrival, and what is too old is not begun."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import arrival, in_time, migrations
from bot.database import engine_for, reading
from bot.in_time import Queue
from bot.settings import Settings
from tests.bot.server import ONCE, Server, serving
from tests.bot.setting_up import environment_of, service_for, settings_for
from tests.bot.test_processes import children, deliver

WAITING = 4.2


@pytest.mark.parametrize(
    ("header", "proxies", "seconds"),
    [
        ("t=997.500", 1, 2.5),
        ("t=970.000", 1, 30),
        ("t=969.999", 1, 0),  # nobody waits for so long: a wrong clock
        ("t=1000.001", 1, 0),  # of the future
        ("t=997.500,t=999.000", 1, 2.5),  # of nginx and of our own front
        ("t=1, t=999.000", 2, 1),
        ("t=999.000, t=990.000", 1, 1),  # what stands behind, anybody can write
        ("t=997.500", 0, 0),  # anybody can write it
        ("997.5", 1, 0),
        ("t=997.5 t=1", 1, 0),
        ("t=nan", 1, 0),
        ("t=" + "9" * 400, 1, 0),
        ("", 1, 0),
    ],
)
def test_the_header_of_the_proxy(
    monkeypatch: pytest.MonkeyPatch, header: str, proxies: int, seconds: float
) -> None:
    monkeypatch.setattr(arrival, "time", lambda: 1000.0)
    assert arrival.waited({arrival.HEADER: header}, proxies) == pytest.approx(seconds)


def test_the_kernel_knows_when_a_request_arrived() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        client.sendall(b"POST")
        time.sleep(0.5)
        with listener.accept()[0] as accepted:
            assert 0.4 < arrival.waited({"gunicorn.socket": accepted}, 0) < 2
    with socket.socket(socket.AF_UNIX) as other:
        environ = {"gunicorn.socket": other}
        assert arrival.waited(environ, 0) == 0
        assert arrival.waited(environ | {arrival.HEADER: f"t={time.time() - 2:.3f}"}, 0) > 1.9
        written = (
            f"t={time.time():.3f}, t={time.time() - 20:.3f}"  # by our front, and by the sender
        )
        assert arrival.waited(environ | {arrival.HEADER: written}, 0) < 1


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(in_time, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_one_that_waited_for_long_is_worked_on_while_there_is_time(clock: Clock) -> None:
    queue = Queue()
    assert not queue.is_too_old(in_time.LONGEST_WAIT)
    assert queue.is_too_old(in_time.LONGEST_WAIT + 0.01)


def test_in_a_standing_queue_the_older_ones_make_room(clock: Clock) -> None:
    queue = Queue()
    assert not queue.is_too_old(0.5)
    clock.now += in_time.STANDING
    assert not queue.is_too_old(in_time.SHORT_WAIT + 0.01)
    clock.now += 0.01
    assert queue.is_too_old(in_time.SHORT_WAIT + 0.01)
    assert not queue.is_too_old(in_time.SHORT_WAIT)
    assert not queue.is_too_old(0.05)  # the queue was empty for a moment
    clock.now += 5
    assert not queue.is_too_old(in_time.SHORT_WAIT + 0.01)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = settings_for(tmp_path_factory.mktemp("in_time"))
    migrations.upgrade(engine_for(made.database_url))
    return made


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[Server]:
    log = Path(settings.database_url.removeprefix("sqlite:///")).with_name("server.log")
    with serving("bot:create_app()", environment_of(settings), log, ONCE) as running:
        yield running


def test_what_nobody_waits_for_any_more_is_not_begun(server: Server, settings: Settings) -> None:
    """Both workers stand still for longer than a message has; the answers then come at once, no
    message is half done, and the next one is answered as ever."""
    deliver(server, settings, FromUserName="anna", MsgType="event", Event="subscribe")
    message = {"MsgType": "text", "Content": "1"}
    workers = children(server)
    for one in workers:
        os.kill(one, signal.SIGSTOP)
    threading.Timer(WAITING, lambda: [os.kill(one, signal.SIGCONT) for one in workers]).start()
    with ThreadPoolExecutor(8) as threads:
        said = threads.map(
            lambda n: deliver(server, settings, FromUserName=f"p{n}", MsgId=n, **message), range(8)
        )
        assert all("请再发一次" in reply for reply in said)
    with reading(engine_for(settings.database_url)) as connection:
        people = connection.scalars(text("SELECT person FROM conversations")).all()
    assert people == ["anna"]
    assert "【" in deliver(server, settings, FromUserName="anna", MsgId=9, **message)


def test_a_page_that_cannot_be_had_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = service_for(settings_for(tmp_path)).test_client()
    client.set_cookie("session", "x", domain="localhost")
    monkeypatch.setattr(in_time, "SECONDS", 0)
    for answer in (client.get("/staff/"), client.post("/staff/sign-in")):
        assert answer.status_code == 503
        assert "现在有点忙" in answer.text
        assert int(answer.headers["Retry-After"]) > 0
    for needs_no_database in ("/healthz", "/rules"):
        assert client.get(needs_no_database).status_code == 200
