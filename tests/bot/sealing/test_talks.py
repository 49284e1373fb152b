"""Talks and replies lie sealed, and none is lost by a missing key."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot import create_app, migrations
from bot.database import reading, writing
from bot.keys import known_keys, plain
from bot.retention import sweep
from bot.sealing.keyring import SealError, engine_of, keyring_of
from bot.service import Service
from bot.settings import Settings, SettingsError
from bot.store import facts_told
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, settings_for

OTHER = "another key of thirty-two letters"


@pytest.fixture
def settings(url: str) -> Settings:
    return settings_for(Path("unused"), database_url=url)


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    made = started(settings)
    for number, said in enumerate((Followed(), Said("1"), Said("1990年5月"))):
        take_turn(made, "o1", str(number), said, NOW)
    yield made
    made.engine.dispose()


def started(settings: Settings) -> Service:
    """A service that looked at its keys, as one in production does."""
    service: Service = create_app(settings, lambda: NOW).extensions["xinshimin"]
    known_keys.demand(service.engine, NOW)
    return service


def stored(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        talks = connection.exec_driver_sql("SELECT talk FROM conversations").scalars().all()
        replies = connection.exec_driver_sql("SELECT reply FROM deliveries").scalars().all()
    return [*talks, *filter(None, replies)]


def test_nothing_that_was_said_or_answered_can_be_read(service: Service) -> None:
    kept = stored(service.engine)
    assert len(kept) == 4
    for one in kept:
        assert one.startswith("s1.")
        assert "1990" not in one
    assert "居住证" in (take_turn(service, "o1", "2", Said("1990年5月"), NOW) or "")


def test_a_talk_of_a_missing_key_is_left_as_it_is(service: Service, settings: Settings) -> None:
    before = stored(service.engine)
    wrong = replace(settings, data_key=OTHER)
    lost = Service(wrong, engine_of(wrong), lambda: NOW)
    for identity in ("3", "2"):  # a new message, and one that was answered
        with pytest.raises(SealError, match="which is not here"):
            take_turn(lost, "o1", identity, Said("大专"), NOW)
    lost.engine.dispose()
    assert stored(service.engine) == before
    assert "大专" in (take_turn(service, "o1", "3", Said("大专"), NOW) or "")


def test_a_wrong_key_ends_the_start_with_a_sentence(service: Service, settings: Settings) -> None:
    key = keyring_of(service.engine.dialect).demanded().id
    with pytest.raises(SettingsError, match=rf"sealed with a key \({key}\) that is not in"):
        started(replace(settings, data_key=OTHER))
    new = started(replace(settings, data_key=OTHER, data_key_previous=settings.data_key))
    with pytest.raises(SettingsError, match="that is not in"):  # removed too early
        started(replace(settings, data_key=OTHER))
    assert "居住证" in (take_turn(new, "o1", "2", Said("1990年5月"), NOW) or "")
    with pytest.raises(SettingsError, match="that is not in"):  # the old key alone
        started(settings)


def test_swapped_rows_do_not_open(service: Service) -> None:
    take_turn(service, "o2", "follow", Followed(), NOW)
    with writing(service.engine) as connection:
        first = text("UPDATE conversations SET talk = :talk WHERE person = 'o1'")
        theirs = "SELECT talk FROM conversations WHERE person = 'o2'"
        connection.execute(first, {"talk": connection.exec_driver_sql(theirs).scalar()})
    told = take_turn(service, "o1", "3", Said("大专"), NOW)
    assert "从头来" in str(told)


def test_who_leaves_is_forgotten_without_the_key(service: Service, settings: Settings) -> None:
    other = engine_of(replace(settings, data_key=OTHER))
    assert sweep(other, settings, NOW + timedelta(days=400))["people"] == 1
    other.dispose()


def test_what_lay_in_the_clear_is_sealed_by_the_upgrade(url: str, settings: Settings) -> None:
    engine = engine_of(settings)
    migrations.downgrade(engine, "0014")
    row = "INSERT INTO conversations (person, version, state, created_at, seen_at) VALUES "
    at = "'2026-11-23 01:00:00'"
    state = '{"facts": {"birth_date": "1990-05-01"}, "consented": true}'
    with writing(engine) as connection:
        for number in range(120):  # more than a step
            values = f"('o{number}', 1, '{state}', {at}, {at})"
            connection.execute(text(row + values.replace(":", "\\:")))
    without = engine_of(replace(settings, data_key="", wechat_mode="safe"))
    with pytest.raises(SettingsError, match="XINSHIMIN_DATA_KEY is missing"):
        migrations.upgrade(without)
    without.dispose()
    assert migrations.current(engine) == "0014"
    migrations.upgrade(engine)
    assert len(stored(engine)) == 120
    assert all(one.startswith("s1.") for one in stored(engine))
    with reading(engine) as connection:
        assert facts_told(connection, "o7") == {"birth_date": "1990-05-01"}
    migrations.downgrade(engine, "0014")
    with reading(engine) as connection:
        states = connection.exec_driver_sql("SELECT state FROM conversations").scalars().all()
    assert states == [state] * 120
    engine.dispose()


def test_an_upgrade_that_was_ended_goes_on_and_overwrites_what_lay_there(
    service: Service, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended after the migration, then after the last text was sealed; no service starts between."""
    engine, overwrite = service.engine, plain._overwrite
    migrations.downgrade(engine, "0014")
    done: list[str] = []

    def end(*_: object, **__: object) -> None:
        done.append("ended")
        raise KeyboardInterrupt

    for step in ("reseal", "_overwrite"):
        with monkeypatch.context() as patch:
            patch.setattr(plain, step, end)
            with pytest.raises(KeyboardInterrupt):
                migrations.upgrade(engine)
        with pytest.raises(SettingsError, match="Not everything is sealed yet"):
            started(settings)
    monkeypatch.setattr(plain, "_overwrite", lambda of: (done.append("overwritten"), overwrite(of)))
    migrations.upgrade(engine)
    migrations.upgrade(engine)
    assert done == ["ended", "ended", "overwritten"]
    assert all(one.startswith("s1.") for one in stored(engine))
    assert "居住证" in (take_turn(started(settings), "o1", "2", Said("1990年5月"), NOW) or "")
