"""A key is lost: what it sealed is given up, and all else serves on, on both kinds of database."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select, text, update

from bot.booking.tables import appointments
from bot.cli.db import command
from bot.database import reading, writing
from bot.keys import known_keys
from bot.keys.reseal import counted
from bot.sealing.column import of_row
from bot.sealing.keyring import Key, engine_of, keyring_of
from bot.settings import Settings, SettingsError
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bot.booking.desk import book, make_slot
from tests.bot.filled import values_of
from tests.bot.sealing.test_reseal import OTHER, started
from tests.bot.setting_up import NOW, environment_of, settings_for
from tests.bot.talks import not_understood


@pytest.fixture
def lost(url: str) -> Settings:
    """Of a database with a talk, an appointment with a name and a text, all under a lost key."""
    settings = settings_for(Path("unused"), database_url=url)
    service = started(settings)
    for at, said in enumerate((Followed(), Said("1"), Said("1"))):
        take_turn(service, "p1", str(at), said, NOW)
    with writing(service.engine) as connection:
        make_slot(connection, bookable=3)
        not_understood(connection, "没人懂")
    book(service.engine, "p2")
    with writing(service.engine) as connection:
        row = {"name": of_row(1, "张三"), "name_index": "x"}
        connection.execute(update(appointments).values(row))
    service.engine.dispose()
    return settings


def abandon(settings: Settings, key: str, *options: str) -> Result:
    environment = environment_of(settings)
    url = environment["XINSHIMIN_DATABASE_URL"]
    return CliRunner().invoke(command, ["--url", url, "abandon", key, *options], env=environment)


def opened(lost: Settings) -> Engine:
    return engine_of(settings_for(Path("unused"), database_url=lost.database_url, data_key=OTHER))


def test_what_can_be_read_without_the_key_serves_on(lost: Settings) -> None:
    engine, key = opened(lost), Key(lost.data_key).id
    with pytest.raises(SettingsError, match=f"sealed with a key \\({key}\\)"):
        known_keys.demand(engine, NOW)
    other = settings_for(Path("unused"), database_url=lost.database_url, data_key=OTHER)

    run = abandon(other, key)

    assert run.exit_code == 0, run.output
    assert "conversations.talk: 1 given up" in run.output
    assert run.output.endswith(f"Nothing needs the key {key} any more.\n")
    known_keys.demand(engine, NOW)
    assert not [of for of in counted(engine) if of.key == key]
    with reading(engine) as connection:
        [row] = connection.execute(select(appointments)).all()
    assert (row.name, row.name_index, row.state, len(row.code)) == (None, None, "booked", 6)
    rows = values_of(engine)
    assert rows["conversations"] == rows["unmatched_texts"] == []
    engine.dispose()
    service = started(other)
    assert take_turn(service, "p1", "9", Said("你好"), NOW)
    service.engine.dispose()


def test_a_key_that_is_here_or_unknown_gives_up_nothing(lost: Settings) -> None:
    key = Key(lost.data_key).id
    assert "is here, and opens what it sealed" in abandon(lost, key).output
    assert (
        abandon(lost, "00000000").output == "Error: Nothing here is sealed with a key 00000000.\n"
    )
    engine = engine_of(lost)
    assert counted(engine).total() > 3
    assert keyring_of(engine.dialect).current
    engine.dispose()


def test_what_another_key_sealed_stays(lost: Settings) -> None:
    engine = opened(lost)
    with writing(engine) as connection:
        known_keys.note(connection, keyring_of(engine.dialect), NOW)
        not_understood(connection, "还没人懂")
    engine.dispose()
    other = settings_for(Path("unused"), database_url=lost.database_url, data_key=OTHER)
    assert abandon(other, Key(lost.data_key).id).exit_code == 0
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM unmatched_texts")) == 1
    known_keys.demand(engine, NOW)
    engine.dispose()
