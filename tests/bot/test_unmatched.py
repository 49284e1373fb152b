"""Texts that nobody understood: counted in one row each, sealed, and not without limit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import col

from bot import create_app, migrations, retention, unmatched
from bot.database import reading, writing
from bot.keys import known_keys
from bot.keys.reseal import counted, reseal
from bot.models import UnmatchedText
from bot.sealing.keyring import is_sealed
from bot.service import Service
from bot.settings import Settings
from bot.turns import take_turn
from bot.unmatched import HOUR, HOURLY, KEPT, Counting
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, settings_for
from tests.bot.talks import not_understood

SETTINGS = settings_for(Path("unused"))
OTHER_KEY = "another key of thirty-two letters"
NEW = "火星上能不能打麻将"


def started(settings: Settings) -> Service:
    made: Service = create_app(settings, lambda: NOW).extensions["xinshimin"]
    known_keys.demand(made.engine, NOW)
    return made


@pytest.fixture
def service(url: str) -> Iterator[Service]:
    made = started(settings_for(Path("unused"), database_url=url))
    yield made
    made.engine.dispose()


def times(engine: Engine, *texts: str) -> list[int | None]:
    """How often each was sent; None where it is not kept."""
    with reading(engine) as connection:
        kept = connection.execute(select(col(UnmatchedText.text), col(UnmatchedText.times))).all()
    known = {row.text: row.times for row in kept}
    return [known.get(text) for text in texts]


def size(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(UnmatchedText)) or 0


def say(service: Service, text: str, person: str = "o1", now: datetime = NOW) -> None:
    for said in (Followed(), Said("1"), Said(text)):
        assert take_turn(service, person, f"{said} {now}", said, now)


def test_it_is_sealed_and_counted_in_one_row(service: Service) -> None:
    for person in ("o1", "o2", "o3"):
        say(service, NEW, person)
    with reading(service.engine) as connection:
        [stored] = connection.exec_driver_sql("SELECT text FROM unmatched_texts").scalars()
        [row] = connection.exec_driver_sql("SELECT * FROM unmatched_texts").all()
    assert is_sealed(stored)
    assert NEW not in str(row)
    assert times(service.engine, NEW) == [3]


def test_a_rotation_takes_it_along_and_counts_on(service: Service) -> None:
    say(service, NEW)
    settings = replace(
        service.settings, data_key=OTHER_KEY, data_key_previous=service.settings.data_key
    )
    rotated = started(settings)
    say(rotated, NEW, "o2")  # under the key before
    known_keys.retire_others(rotated.engine, NOW)
    assert reseal(rotated.engine).is_complete
    assert len(known_keys.forget_unused(rotated.engine)) == 1
    rotated.engine.dispose()
    alone = started(replace(settings, data_key_previous=""))
    say(alone, NEW, "o3")
    assert times(alone.engine, NEW) == [3]
    assert size(alone.engine) == 1
    alone.engine.dispose()


def test_what_lay_in_the_clear_is_sealed_by_the_upgrade_and_counted_on(service: Service) -> None:
    engine = service.engine
    with writing(engine) as connection:
        not_understood(connection, NEW, times=4)
        not_understood(connection, NEW, "别的", last_at=NOW - timedelta(days=1))  # twice the same
    migrations.downgrade(engine, "0017")
    with reading(engine) as connection:
        before = "SELECT text, times FROM unmatched_texts ORDER BY times"
        assert connection.exec_driver_sql(before).all() == [("别的", 1), (NEW, 5)]
    migrations.upgrade(engine)
    under = {of for of in counted(engine) if of.column == "unmatched_texts.text"}
    assert {bool(of.key) for of in under} == {True}
    say(service, NEW)
    assert times(engine, NEW, "别的") == [6, 1]


@pytest.mark.parametrize(("before", "kept"), [(HOURLY - 1, [1]), (HOURLY, [None])])
def test_in_an_hour_a_process_keeps_so_many(
    service: Service, before: int, kept: list[int | None]
) -> None:
    service.store._unmatched._since, service.store._unmatched._taken = NOW, before
    say(service, NEW)
    assert times(service.engine, NEW) == kept


def test_a_known_text_counts_on_where_there_is_no_room(service: Service) -> None:
    with writing(service.engine) as connection:
        not_understood(connection, NEW, times=4)
    service.store._unmatched._since, service.store._unmatched._taken = NOW, HOURLY
    say(service, NEW)
    assert times(service.engine, NEW) == [5]


@pytest.mark.parametrize(
    ("later", "room"),
    [
        (timedelta(), False),
        (HOUR - timedelta(seconds=1), False),
        (HOUR, True),
        (-timedelta(seconds=1), True),  # a clock that was set back
    ],
)
def test_after_an_hour_there_is_room_again(service: Service, later: timedelta, room: bool) -> None:
    counting: Counting = service.store._unmatched
    for number in range(HOURLY):
        assert len(counting.statements(str(number), NOW, NOW)) == 2, number
    assert (len(counting.statements(NEW, NOW + later, NOW)) == 2) is room


@pytest.mark.parametrize(("more", "gone"), [(0, 0), (1, 1)])
def test_the_sweep_deletes_what_is_over_the_limit_only(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, more: int, gone: int
) -> None:
    monkeypatch.setattr(retention, "KEPT", kept := 30)
    with writing(engine) as connection:
        not_understood(connection, *map(str, range(kept + more)))
    assert retention.sweep(engine, SETTINGS, NOW)["unmatched"] == gone
    assert size(engine) == kept
    assert kept < unmatched.KEPT == KEPT


def test_the_sweep_keeps_the_most_frequent(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """And of those sent equally often the latest."""
    monkeypatch.setattr(retention, "KEPT", 30)
    rows = {
        "often": (9, timedelta(days=100)),
        "once, late": (1, timedelta()),
        "once, earlier": (1, timedelta(seconds=1)),
        "once, early": (1, timedelta(days=1)),
    }
    with writing(engine) as connection:
        not_understood(connection, *map(str, range(28)), times=2, last_at=NOW - timedelta(days=2))
        for text, (count, ago) in rows.items():
            not_understood(connection, text, times=count, last_at=NOW - ago)
    assert retention.sweep(engine, SETTINGS, NOW)["unmatched"] == 2
    assert times(engine, *rows) == [9, 1, None, None]
