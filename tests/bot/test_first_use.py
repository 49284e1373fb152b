"""A process that starts while the database is away looks at it before it uses it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from bot import create_app, first_use, migrations
from bot.cli.options import open_sealed
from bot.database import engine_for, is_away, writing
from bot.health import prober
from bot.keys.reseal import counted
from bot.sealing.keyring import Key
from bot.service import Service
from bot.settings import Settings
from bot.turns import take_turn
from dialogs.utterance import Followed
from tests.bot.sealing.test_reseal import OTHER, started
from tests.bot.setting_up import NOW, engine_at, environment_of, settings_for

Away = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _seen_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prober, "FRESH_SECONDS", 0)
    monkeypatch.setattr(prober, "ANSWER_SECONDS", 30)


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    """Of a database that holds one talk."""
    made = settings_for(tmp_path, database_url=url)
    service = started(made)
    assert take_turn(service, "old", "1", Followed(), NOW)
    service.engine.dispose()
    return made


@pytest.fixture
def away(url: str, request: pytest.FixtureRequest) -> Away:
    """While it lasts nobody can connect to the database."""
    if url.startswith("sqlite"):
        return lambda: _aside(Path(str(make_url(url).database)))
    server = request.getfixturevalue("postgres")
    return lambda: _closed(server, str(make_url(url).database))


@contextmanager
def _aside(file: Path) -> Iterator[None]:
    kept = file.rename(f"{file}.aside")
    file.mkdir()
    yield
    file.rmdir()
    kept.rename(file)


@contextmanager
def _closed(server: str, name: str) -> Iterator[None]:
    engine = engine_for(server).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        yield
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    engine.dispose()


def app_of(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application, started as in production, where it looks at the database."""
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    return create_app(clock=lambda: NOW)


def follows(service: Service, person: str) -> str | None:
    return take_turn(service, person, "1", Followed(), NOW)


def ready(app: Flask) -> tuple[int, str]:
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.get_data(as_text=True)


def keys_in(settings: Settings) -> set[str]:
    engine = engine_at(settings.database_url)
    found = {of.key for of in counted(engine)}
    engine.dispose()
    return found


def test_a_wrong_key_seals_nothing_once_the_database_is_back(
    settings: Settings, away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    with away():
        app = app_of(replace(settings, data_key=OTHER), monkeypatch)
        service: Service = app.extensions["xinshimin"]
        assert ready(app)[0] == 503
    for _ in range(2):
        with pytest.raises(Exception, match="not in XINSHIMIN_DATA_KEY: put that key") as caught:
            follows(service, "new")
        assert is_away(service.engine, caught.value)
        status, said = ready(app)
        assert status == 503
        assert "is not in XINSHIMIN_DATA_KEY" in said
    assert keys_in(settings) == {Key(settings.data_key).id}
    service.engine.dispose()


@pytest.mark.parametrize("asked_first", ["message", "readyz"])
def test_the_right_key_works_once_the_database_is_back(
    settings: Settings, away: Away, monkeypatch: pytest.MonkeyPatch, asked_first: str
) -> None:
    """Also a new key, which is noted before it seals anything."""
    new = replace(settings, data_key=OTHER, data_key_previous=settings.data_key)
    monkeypatch.setenv("XINSHIMIN_DATA_KEY_PREVIOUS", settings.data_key)
    looks: list[Engine] = []
    look = first_use.look
    monkeypatch.setattr(first_use, "look", lambda *given: (looks.append(given[0]), look(*given)))
    with away():
        app = app_of(new, monkeypatch)
        service: Service = app.extensions["xinshimin"]
        with pytest.raises(Exception) as caught:  # noqa: PT011 - of the driver or wrapped
            follows(service, "new")
        assert is_away(service.engine, caught.value)
    looks.clear()
    if asked_first == "readyz":
        assert ready(app)[0] == 200
    assert follows(service, "new")
    service.engine.dispose()
    assert follows(service, "another")  # by a new connection
    assert len(looks) == 1
    assert ready(app)[0] == 200
    assert keys_in(settings) == {Key(settings.data_key).id, Key(OTHER).id}
    service.engine.dispose()


def test_a_worker_waits_for_its_look(settings: Settings, away: Away) -> None:
    with away():
        engine = open_sealed(replace(settings, data_key=OTHER), must_answer=False)
    with pytest.raises(SQLAlchemyError, match="not in XINSHIMIN_DATA_KEY"), writing(engine):
        pass
    engine.dispose()


def test_a_database_of_another_version_is_not_used_either(settings: Settings, away: Away) -> None:
    with away():
        engine = open_sealed(settings, must_answer=False)
    owner = engine_at(settings.database_url)
    migrations.downgrade(owner, "0016")
    owner.dispose()
    with pytest.raises(SQLAlchemyError, match="Run: xinshimin db upgrade"), writing(engine):
        pass
    engine.dispose()
