"""A database that does not answer holds nobody: each wait ends, and what comes after it works."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot import deadline
from bot.database import briefly, engine_for, is_away, looking, reading, writing
from tests.bot.frozen import frozen
from tests.bot.wire import wired

postgres_alone = [
    pytest.mark.postgres,
    pytest.mark.parametrize("url", ["postgresql"], indirect=True),
]
SECONDS = 0.5
NOTICED = 0.6  # later than that nobody may learn of the end, on a machine that has much to do
INSERT = "INSERT INTO deliveries (key, answered_at) VALUES ('a', '2026-11-23')"
Use = Callable[[Engine], AbstractContextManager[Any]]
USES: tuple[Use, ...] = (looking, briefly, reading, writing)


@contextmanager
def given_up(engine: Engine, seconds: float = SECONDS) -> Iterator[None]:
    """What is done inside fails as a database that is away does, within these seconds."""
    began = time.monotonic()
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whose class differs
        yield
    assert is_away(engine, caught.value), caught.value
    assert seconds - 0.1 <= time.monotonic() - began <= seconds + NOTICED


def ask(engine: Engine, use: Use) -> None:
    with use(engine) as one:
        one.execute("SELECT 1" if use in (looking, briefly) else text("SELECT 1"))


class TestPostgreSQL:
    pytestmark = postgres_alone

    @pytest.mark.parametrize("use", USES)
    def test_a_frozen_server_is_given_up_in_time(self, engine: Engine, url: str, use: Use) -> None:
        ask(engine, use)
        with frozen(url):
            with given_up(engine), deadline.within(SECONDS):
                ask(engine, use)
            with given_up(engine), deadline.within(SECONDS):  # with a connection that is new
                ask(engine, use)
        ask(engine, use)

    def test_what_was_open_when_it_froze_is_undone(self, engine: Engine, url: str) -> None:
        with given_up(engine), deadline.within(SECONDS), writing(engine) as connection:
            connection.execute(text(INSERT))
            frost = frozen(url)
            frost.__enter__()
            connection.execute(text("SELECT 1"))
        frost.__exit__(None, None, None)
        with writing(engine) as connection:  # its locks are gone as well
            connection.execute(text(INSERT))

    @pytest.mark.parametrize("use", USES)
    def test_a_network_that_swallows_everything(self, url: str, use: Use) -> None:
        with wired(url) as wire:
            engine = engine_for(wire.url)
            ask(engine, use)
            wire.swallows = True
            for _ in range(2):
                with given_up(engine), deadline.within(SECONDS):
                    ask(engine, use)
            wire.swallows = False
            ask(engine, use)
            engine.dispose()

    def test_a_row_that_another_one_holds(self, engine: Engine) -> None:
        with writing(engine) as connection:
            connection.execute(text(INSERT))
        update = text("UPDATE deliveries SET reply = 'b'")
        with writing(engine) as connection:
            connection.execute(update)
            with given_up(engine), deadline.within(SECONDS), writing(engine) as other:
                other.execute(update)

    def test_connections_that_the_server_ended_cost_nobody_an_error(self, engine: Engine) -> None:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {} AND {}"
        others = ended.format("current_database()", "pid <> pg_backend_pid()")
        with reading(engine), reading(engine):  # two that go back to the pool
            pass
        with writing(engine_for(str(engine.url.render_as_string(False)))) as connection:
            assert connection.execute(text(others)).rowcount == 2
        time.sleep(0.1)
        for use in USES:
            ask(engine, use)


@pytest.mark.parametrize("use", [briefly, writing])
def test_nothing_commits_after_the_deadline(engine: Engine, use: Use) -> None:
    with pytest.raises(deadline.LateError), deadline.within(0.2):
        write_slowly(engine, use)
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM deliveries")) == 0


def write_slowly(engine: Engine, use: Use) -> None:
    with use(engine) as one:
        one.execute(INSERT if use is briefly else text(INSERT))
        time.sleep(0.3)


def test_a_socket_that_accepts_and_says_nothing(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / ".s.PGSQL.5432"))
        listener.listen()
        engine = engine_for(f"postgresql://nobody@/nothing?host={tmp_path}")
        for use in USES:
            with given_up(engine), deadline.within(SECONDS):
                ask(engine, use)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_lock_of_sqlite_is_waited_for_until_the_deadline(engine: Engine) -> None:
    with writing(engine):
        for use in (briefly, writing):
            with given_up(engine), deadline.within(SECONDS):
                ask(engine, use)
    ask(engine, writing)


def test_the_nearer_deadline_counts() -> None:
    with deadline.within(1), deadline.within(5):
        assert 0.9 < deadline.left(20) <= 1
    assert deadline.left(20) == 20
    with deadline.within(0), pytest.raises(deadline.LateError):
        deadline.demand()


def test_one_thread_hurries_nobody_else() -> None:
    with deadline.within(0):
        seen: list[float] = []
        thread = threading.Thread(target=lambda: seen.append(deadline.left(7)))
        thread.start()
        thread.join()
    assert seen == [7]
