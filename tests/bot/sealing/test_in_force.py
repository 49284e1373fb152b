"""What a key seals that is not in force is written nowhere: the database refuses it."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, literal, update
from sqlalchemy.exc import DBAPIError

from bot import create_app
from bot.database import is_away, reading, writing
from bot.key_refusal import REFUSED
from bot.keys import known_keys
from bot.keys.reseal import SealedColumn, counted, reseal, sealed_columns
from bot.sealing.keyring import Key, Keyring, engine_of, equipped, keyring_of
from bot.service import Service
from bot.settings import Settings
from bot.store import facts_told
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, settings_for
from tests.bot.test_migrations import fill
from tests.bot.web import signed_in
from tests.bot.wechat.platform import Platform

OTHER = "another key of thirty-two letters"
COLUMNS = {one.kind.name: one for one in sealed_columns()}


@pytest.fixture
def settings(url: str) -> Settings:
    return settings_for(Path("unused"), database_url=url)


@pytest.fixture
def behind(settings: Settings) -> Iterator[Flask]:
    """A process that goes on with the key before."""
    app = create_app(settings, lambda: NOW)
    yield app
    app.extensions["xinshimin"].engine.dispose()


@pytest.fixture
def ahead(settings: Settings, behind: Flask) -> Iterator[Service]:
    """One that was started with a new key."""
    new = replace(settings, data_key=OTHER, data_key_previous=settings.data_key)
    made: Service = create_app(new, lambda: NOW).extensions["xinshimin"]
    known_keys.demand(made.engine, NOW)
    yield made
    made.engine.dispose()


def sealed_by(engine: Engine, secret: str, one: SealedColumn) -> str:
    key = Key(secret)
    return Keyring(key, {key.id: key}).seal(one.kind.name, "1", "1")


def write(engine: Engine, one: SealedColumn, sealed: str) -> None:
    with writing(engine) as connection:
        connection.execute(update(one.table).values({one.name: literal(sealed, one.stored.type)}))


@pytest.mark.parametrize("name", COLUMNS)
def test_each_sealed_column_is_guarded(engine: Engine, settings: Settings, name: str) -> None:
    """Against a key that nobody knows, and one that was replaced; the pair for each: it is not."""
    fill(engine)
    one = COLUMNS[name]
    write(engine, one, sealed_by(engine, settings.data_key, one))
    with pytest.raises(DBAPIError, match="not in force") as raised:
        write(engine, one, sealed_by(engine, OTHER, one))
    assert is_away(engine, raised.value)
    new = equipped(engine, Keyring.of(replace(settings, data_key=OTHER)))
    with writing(new) as connection:
        known_keys.note(connection, keyring_of(new.dialect), NOW)
    write(engine, one, sealed_by(engine, OTHER, one))
    assert known_keys.retire_others(new, NOW) == [Key(settings.data_key).id]
    with pytest.raises(DBAPIError, match="not in force"):
        write(engine, one, sealed_by(engine, settings.data_key, one))


def told(service: Service, person: str) -> dict[str, Any]:
    with reading(service.engine) as connection:
        return facts_told(connection, person)


def talk(service: Service, person: str, first: int, *said: Any) -> None:
    for number, one in enumerate(said, first):
        take_turn(service, person, str(number), one, NOW)


def test_a_process_left_behind_in_a_rotation_loses_nothing(
    behind: Flask, ahead: Service, settings: Settings
) -> None:
    """It talks with new people all the while: everyone it answered is known afterwards, under the
    new key alone."""
    old: Service = behind.extensions["xinshimin"]
    answered: list[str] = []
    refused: list[Exception] = []
    resealed = Event()

    def new_people(number: int) -> None:
        for turn in range(1000):
            over, person = resealed.is_set(), f"p{number}-{turn}"
            try:
                talk(old, person, 0, Followed(), Said("1"), Said("1990年5月"))
            except Exception as error:
                refused.append(error)
            else:
                answered.append(person)
            if over:
                return

    with ThreadPoolExecutor(2) as threads:
        talking = [threads.submit(new_people, number) for number in range(2)]
        while len(answered) < 4:
            assert not any(one.done() for one in talking)
        known_keys.retire_others(ahead.engine, NOW)
        at_retirement = len(answered)
        assert reseal(ahead.engine).is_complete
        resealed.set()
        for one in talking:
            one.result()
    assert refused
    assert all(is_away(old.engine, error) for error in refused)
    assert len(answered) <= at_retirement + 2  # those whose last turn had just ended
    assert {of.key for of in counted(ahead.engine)} == {Key(OTHER).id}
    assert known_keys.forget_unused(ahead.engine) == [Key(settings.data_key).id]
    alone = Service(replace(ahead.settings, data_key_previous=""), ahead.engine, ahead.clock)
    engine = engine_of(alone.settings)
    alone = replace(alone, engine=engine)
    assert {told(alone, person)["birth_date"] for person in answered} == {"1990-05-01"}
    engine.dispose()


def test_it_says_so_kindly_and_what_to_do(
    behind: Flask, ahead: Service, caplog: pytest.LogCaptureFixture
) -> None:
    client = behind.test_client()
    phone = Platform(client, ahead.settings, int(NOW.timestamp()))
    assert "同意" in str(phone.say("o1", "你好"))
    known_keys.retire_others(ahead.engine, NOW)
    with caplog.at_level(logging.ERROR):
        assert "再发一次" in str(phone.say("o1", "进度"))
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert "was replaced: restart it" in ready.text
    assert REFUSED in caplog.text
    assert "Traceback" not in caplog.text


def test_a_page_says_to_come_again_and_changes_nothing(
    behind: Flask, ahead: Service, caplog: pytest.LogCaptureFixture
) -> None:
    old: Service = behind.extensions["xinshimin"]
    talk(old, "o1", 0, Followed(), Said("1"), Said("我是党员"), Said("同意"))
    browser = signed_in(behind, "o1")
    browser.get("/my-data")
    known_keys.retire_others(ahead.engine, NOW)
    caplog.clear()
    assert browser.post("/my-data/withdraw", {}).status_code == 503
    [line] = [one for one in caplog.records if one.levelname == "ERROR"]
    assert REFUSED in line.getMessage()
    assert line.exc_info is None
    assert told(ahead, "o1")["special_statuses"] == ["party_member"]


def test_who_goes_back_to_the_key_before_seals_with_it_again(behind: Flask, ahead: Service) -> None:
    """A rotation that was begun and is not wanted: the keys change places, and it is done again."""
    old, both = behind.extensions["xinshimin"], ahead.settings
    talk(old, "o1", 0, Followed(), Said("1"))
    known_keys.retire_others(ahead.engine, NOW)
    assert reseal(ahead.engine).is_complete
    back = replace(both, data_key=both.data_key_previous, data_key_previous=both.data_key)
    engine = engine_of(back)
    known_keys.demand(engine, NOW)
    talk(Service(back, engine, ahead.clock), "o1", 2, Said("1990年5月"))
    assert known_keys.retire_others(engine, NOW) == [Key(OTHER).id]
    assert reseal(engine).is_complete
    assert known_keys.forget_unused(engine) == [Key(OTHER).id]
    assert told(old, "o1")["birth_date"] == "1990-05-01"
    engine.dispose()
