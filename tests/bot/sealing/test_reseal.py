"""Everything under another key, beside people who talk; ended half-way, twice at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text

from bot import create_app
from bot.database import reading, writing
from bot.keys import known_keys
from bot.keys import reseal as module
from bot.keys.reseal import Of, counted, reseal, unreadable
from bot.service import Service
from bot.settings import Settings, SettingsError
from bot.store import facts_told
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, settings_for

OTHER = "another key of thirty-two letters"
PEOPLE = 30


def started(settings: Settings) -> Service:
    service: Service = create_app(settings, lambda: NOW).extensions["xinshimin"]
    known_keys.demand(service.engine, NOW)
    return service


@pytest.fixture
def settings(url: str) -> Settings:
    return settings_for(Path("unused"), database_url=url)


@pytest.fixture
def rotated(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service with a new key, of people whose talks lie under the old one."""
    monkeypatch.setattr(module, "STEP", 7)
    before = started(settings)
    for number in range(PEOPLE):
        for at, said in enumerate((Followed(), Said("1"), Said("1990年5月"))):
            take_turn(before, f"p{number}", str(at), said, NOW)
    before.engine.dispose()
    made = started(replace(settings, data_key=OTHER, data_key_previous=settings.data_key))
    yield made
    made.engine.dispose()


def keys_of(service: Service) -> set[str]:
    return {of.key for of in counted(service.engine)}


def test_a_rotation_under_traffic_loses_nothing(rotated: Service, settings: Settings) -> None:
    over = Event()

    def talk(number: int) -> int:
        sent = 0
        while not over.is_set() or sent < 3:
            person = f"p{number}"
            assert take_turn(rotated, person, f"more {sent}", Said("看看我填的"), NOW)
            sent += 1
        return sent

    with ThreadPoolExecutor(3) as threads:
        talking = [threads.submit(talk, number) for number in range(2)]
        assert len(known_keys.retire_others(rotated.engine, NOW)) == 1
        done = reseal(rotated.engine)
        over.set()
        assert min(one.result() for one in talking) >= 3
    assert done.is_complete
    assert not done.unreadable
    assert len(keys_of(rotated)) == 1
    assert len(known_keys.forget_unused(rotated.engine)) == 1
    alone = started(replace(settings, data_key=OTHER))  # the key before can be removed
    with reading(alone.engine) as connection:
        told = [facts_told(connection, f"p{number}") for number in range(PEOPLE)]
    assert [facts["birth_date"] for facts in told] == ["1990-05-01"] * PEOPLE
    alone.engine.dispose()
    with pytest.raises(SettingsError, match="that is not in"):
        started(settings)


def test_one_that_is_ended_goes_on_with_what_is_left(rotated: Service) -> None:
    calls: list[str] = []

    def end(column: str, _rows: int) -> None:
        calls.append(column)
        if len(calls) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reseal(rotated.engine, end)
    assert len(keys_of(rotated)) == 2
    assert not unreadable(rotated.engine)
    known_keys.retire_others(rotated.engine, NOW)
    assert known_keys.forget_unused(rotated.engine) == []
    assert reseal(rotated.engine).done.total() < 4 * PEOPLE
    assert len(keys_of(rotated)) == 1


def test_two_side_by_side_do_it_once(rotated: Service) -> None:
    everything = counted(rotated.engine).total()
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda _: reseal(rotated.engine), range(2)))
    assert sum(one.done.total() for one in both) == everything
    assert len(keys_of(rotated)) == 1


def test_what_does_not_open_stays_and_is_named(rotated: Service) -> None:
    with writing(rotated.engine) as connection:
        cut = "UPDATE conversations SET talk = substr(talk, 1, 60) WHERE person = 'p3'"
        connection.execute(text(cut))
    known_keys.retire_others(rotated.engine, NOW)
    done = reseal(rotated.engine)
    assert not done.is_complete
    [(of, rows)] = done.unreadable.items()
    assert (of.column, rows) == ("conversations.talk", 1)
    assert done.left == done.unreadable == unreadable(rotated.engine)
    assert isinstance(of, Of)
    assert known_keys.forget_unused(rotated.engine) == []  # it may come back from a backup
