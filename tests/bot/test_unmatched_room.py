from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlmodel import col

from bot import create_app, retention
from bot.database import reading, writing
from bot.models import UnmatchedText
from bot.service import Service
from bot.store import Store
from bot.turns import take_turn
from bot.unmatched_room import KEPT, MOST, RECOUNT
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, settings_for

SETTINGS = settings_for(Path("unused"))
NEW = "火星上能不能打麻将"


@pytest.fixture
def service(url: str) -> Iterator[Service]:
    app = create_app(settings_for(Path("unused"), database_url=url), lambda: NOW)
    made: Service = app.extensions["xinshimin"]
    yield made
    made.engine.dispose()


def fill(engine: Engine, count: int, **others: object) -> None:
    row = {"times": 1, "first_at": NOW, "last_at": NOW} | others
    with writing(engine) as connection:
        connection.execute(
            insert(UnmatchedText), [row | {"text": str(number)} for number in range(count)]
        )


def times(engine: Engine, text: str) -> int | None:
    with reading(engine) as connection:
        wanted = select(col(UnmatchedText.times)).where(col(UnmatchedText.text) == text)
        return connection.scalar(wanted)


def size(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(UnmatchedText)) or 0


def say(service: Service, text: str) -> str | None:
    take_turn(service, "o1", "follow", Followed(), NOW)
    take_turn(service, "o1", "agreed", Said("1"), NOW)
    return take_turn(service, "o1", "said", Said(text), NOW)


@pytest.mark.parametrize(("before", "kept"), [(MOST - 1, 1), (MOST, None)])
def test_at_the_limit_no_new_text_is_kept(service: Service, before: int, kept: int | None) -> None:
    fill(service.engine, before)
    assert say(service, NEW)
    assert times(service.engine, NEW) == kept
    assert size(service.engine) == MOST


def test_a_known_text_counts_on_where_there_is_no_room(service: Service) -> None:
    fill(service.engine, MOST - 1)
    with writing(service.engine) as connection:
        connection.execute(
            insert(UnmatchedText).values(text=NEW, times=4, first_at=NOW, last_at=NOW)
        )
    assert say(service, NEW)
    assert times(service.engine, NEW) == 5
    assert size(service.engine) == MOST


def send(engine: Engine, store: Store, texts: list[str]) -> None:
    """The texts by one process, whatever the talk makes of them."""
    with writing(engine) as connection:
        cursor = connection.connection.cursor()
        for text in texts:
            if store._room.take(cursor):
                connection.execute(
                    insert(UnmatchedText).values(text=text, times=1, first_at=NOW, last_at=NOW)
                )


def test_processes_pass_the_limit_by_what_each_may_write_between_two_counts(
    engine: Engine,
) -> None:
    fill(engine, MOST - 1)
    stores = [Store(engine.dialect) for _ in range(3)]
    for number, store in enumerate(stores):  # each counts while there still is room for one
        with writing(engine) as connection:
            assert store._room.take(connection.connection.cursor()), number
    for number, store in enumerate(stores):
        send(engine, store, [f"{number}-{text}" for text in range(3 * RECOUNT)])
    assert size(engine) == MOST - 1 + 3 * (RECOUNT - 1)


def test_room_that_a_sweep_made_is_found(engine: Engine) -> None:
    store = Store(engine.dialect)
    fill(engine, MOST)
    send(engine, store, ["refused"])
    assert retention.sweep(engine, SETTINGS, NOW)["unmatched"] == MOST - KEPT
    send(engine, store, [f"new-{number}" for number in range(RECOUNT)])
    assert size(engine) == KEPT + 1, "the last of them is the first after a count"


@pytest.mark.parametrize(("more", "gone"), [(0, 0), (1, 1)])
def test_the_sweep_deletes_what_is_over_the_limit_only(
    engine: Engine, more: int, gone: int
) -> None:
    fill(engine, KEPT + more)
    assert retention.sweep(engine, SETTINGS, NOW)["unmatched"] == gone
    assert size(engine) == KEPT


def test_the_sweep_keeps_the_most_frequent(engine: Engine) -> None:
    """And of those sent equally often the latest."""
    fill(engine, KEPT - 2, times=2, last_at=NOW - timedelta(days=2))
    rows = [
        {"text": "often", "times": 9, "last_at": NOW - timedelta(days=100)},
        {"text": "once, late", "times": 1, "last_at": NOW},
        {"text": "once, earlier", "times": 1, "last_at": NOW - timedelta(seconds=1)},
        {"text": "once, early", "times": 1, "last_at": NOW - timedelta(days=1)},
    ]
    with writing(engine) as connection:
        connection.execute(insert(UnmatchedText), [{"first_at": NOW} | row for row in rows])
    assert retention.sweep(engine, SETTINGS, NOW)["unmatched"] == 2
    kept = [times(engine, str(row["text"])) for row in rows]
    assert kept == [9, 1, None, None]
