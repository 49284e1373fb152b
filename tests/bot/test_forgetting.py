"""Forgetting a person beside a turn of theirs and a worker that sends them something."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from bot.booking import waiting
from bot.booking.holds import keep_if_none
from bot.booking.sweep import sweep
from bot.database import reading, writing
from bot.people import everything_about, forget
from tests.bot.booking.desk import SITE, make_slot
from tests.bot.booking.storm import check_books
from tests.bot.setting_up import NOW, service_for, settings_for
from tests.bot.test_people import LOADING, started
from tests.bot.wechat.platform import Platform

# How a turn goes through the tables (`bot.turns`, `bot.booking.slots`), and then a worker that
# records what it sent. On PostgreSQL who goes another way may wait for a person who waits for them;
# one of the two is then broken off, and a person who left would not be forgotten.
AS_ELSEWHERE = ("conversation", "booking", "notices", "notice_consents")

POSTGRES = pytest.mark.parametrize(
    "url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@pytest.mark.parametrize("process", LOADING)
def test_all_processes_go_through_the_tables_in_one_order(process: str) -> None:
    asked = started(process)[0][::-1].index
    assert all(asked(first) < asked(then) for first, then in pairwise(AS_ELSEWHERE))


def in_line(engine: Engine) -> None:
    """Anna waits for the one place there is."""
    with writing(engine) as connection:
        make_slot(connection)
        waiting.join(connection, "anna", SITE, NOW)


def sees_nothing(engine: Engine) -> None:
    with reading(engine) as connection:
        assert everything_about(connection, "anna") == {}
    check_books(engine)


def wait_for_a_lock(engine: Engine) -> None:
    """Until a person waits for another person's lock."""
    stuck = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(500):
        with reading(engine) as connection:
            if connection.execute(stuck).scalar_one():
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


@POSTGRES
def test_who_leaves_while_a_place_is_kept_for_them(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_line(engine)

    def keep_then_leave(*asked: Any) -> bool:
        kept = keep_if_none(*asked)
        with writing(engine) as connection:
            forget(connection, "anna")
        return kept

    monkeypatch.setattr(waiting, "keep_if_none", keep_then_leave)
    assert sweep(engine, NOW).offered == 0
    sees_nothing(engine)


@POSTGRES
def test_who_leaves_while_a_place_is_offered_to_them(engine: Engine) -> None:
    in_line(engine)

    def leave() -> None:
        with writing(engine) as connection:
            forget(connection, "anna")

    leaving = threading.Thread(target=leave)
    with writing(engine) as connection:
        assert waiting.offer(connection, waiting.wanted(connection, NOW)[0], NOW) == 1
        leaving.start()
        wait_for_a_lock(engine)
    leaving.join()
    sees_nothing(engine)


def kept_about(engine: Engine, person: str) -> dict[str, object]:
    """Everything, or that it cannot be known now."""
    try:
        with reading(engine) as connection:
            return everything_about(connection, person)
    except OperationalError:
        return {"unknown": True}


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def away(engine: Engine) -> Iterator[threading.Event]:
    """PostgreSQL lets nobody into this database until the event is set."""
    name, back = engine.url.database, threading.Event()
    elsewhere = create_engine(engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    kick = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")

    def let_in() -> None:
        back.wait(60)
        with elsewhere.connect() as connection:
            connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))

    with elsewhere.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        connection.execute(kick, {"name": name})
    waiting = threading.Thread(target=let_in)
    waiting.start()
    try:
        yield back
    finally:
        back.set()
        waiting.join()
        elsewhere.dispose()


@POSTGRES
def test_who_leaves_while_the_database_is_away_is_forgotten_all_the_same(
    url: str, engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_for(tmp_path, database_url=url)
    weixin = Platform(service_for(settings).test_client(), settings, int(NOW.timestamp()))
    weixin.event("anna", "subscribe")
    with away(engine) as back:
        assert "请再发一次" in weixin.say("anna", "1")
        for _ in range(3):
            assert weixin.event("anna", "unsubscribe") == ""
        back.set()
        until(lambda: not kept_about(engine, "anna"))
    assert "turn failed" in caplog.text
    assert "Traceback" not in caplog.text
