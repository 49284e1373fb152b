"""`xinshimin db copy`, from SQLite to PostgreSQL and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import Connection, Engine, Table, delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from bot import create_app, migrations
from bot.booking.tables import appointments, slots
from bot.cli.db import command
from bot.database import engine_for, reading, writing
from bot.sealing.column import of_row
from bot.sqlite.occupancy import OccupiedError
from bot.transfer import CopyError, copier, copy
from bot.transfer.frozen import frozen
from bot.transfer.plain_tables import plain_tables
from dialogs.booking.protocol import Confirmed
from tests.bot.booking.desk import NOW, make_slot
from tests.bot.booking.desk import book as book_at
from tests.bot.filled import fill, values_of
from tests.bot.setting_up import engine_at, environment_of, settings_for
from tests.bot.wechat.platform import Platform

pytestmark = pytest.mark.postgres

PERSON = "o-who-moves-with-the-database"


@pytest.fixture
def target(other_url: str) -> Iterator[Engine]:
    made = engine_at(other_url)
    yield made
    made.dispose()


def db(url: str, *arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(command, ["--url", url, *arguments], env=environment)


def service(url: str) -> tuple[Flask, Platform]:
    """A service on the database at `url`, and WeChat for it."""
    settings = settings_for(Path("unused"), database_url=url)
    app = create_app(settings, lambda: NOW)
    return app, Platform(app.test_client(), settings, int(NOW.timestamp()))


def test_every_value_of_every_table_arrives(engine: Engine, url: str, target: Engine) -> None:
    fill(engine, rows=7)
    before = values_of(engine)
    assert all(before.values())
    engine.dispose()

    copied = copy(engine, target)

    after = values_of(target)
    assert after.keys() == before.keys()
    for name, rows in before.items():
        assert after[name] == rows, name
    assert {one.table: one.digest.rows for one in copied} == {
        name: len(rows) for name, rows in before.items()
    }


def test_there_and_back_gives_the_same_checksums(
    engine: Engine, target: Engine, tmp_path: Path
) -> None:
    fill(engine, rows=4)
    engine.dispose()
    there = copy(engine, target)
    target.dispose()
    third = engine_at(f"sqlite:///{tmp_path}/third.db")
    assert copy(target, third) == there
    third.dispose()


def test_a_service_goes_on_with_the_copy(url: str, other_url: str) -> None:
    """A talk, an appointment and the keys move; new rows get numbers that nobody had."""
    app, platform = service(url)
    engine = app.extensions["xinshimin"].engine
    with writing(engine) as connection:
        make_slot(connection, bookable=3)
    platform.event(PERSON, "subscribe")
    asked = platform.say(PERSON, "同意")
    first = book_at(engine, "first")
    assert isinstance(first, Confirmed)
    with writing(engine) as connection:
        this = update(appointments).where(appointments.c.person == "first")
        id = connection.scalar(select(appointments.c.id))
        connection.execute(this.values(name=of_row(id, "张三")))
    engine.dispose()

    run = db(url, "copy", other_url)

    assert run.exit_code == 0, run.output
    assert "rows copied; read again, and the same." in run.output
    assert "张三" not in run.output
    app, platform = service(other_url)
    engine = app.extensions["xinshimin"].engine
    assert asked.splitlines()[-1] in platform.say(PERSON, "啥意思")  # the same question again
    assert "记下" in platform.say(PERSON, "1")
    assert isinstance(book_at(engine, "second"), Confirmed)
    with reading(engine) as connection:
        rows = connection.execute(
            select(appointments.c.id, appointments.c.name).order_by(appointments.c.id)
        ).all()
        assert [row.name for row in rows] == ["张三", None]
        assert rows[1].id == rows[0].id + 1
        assert connection.scalar(select(slots.c.taken)) == 2
    engine.dispose()


def test_what_a_retired_key_sealed_moves_too_and_is_refused_afterwards(
    engine: Engine, target: Engine
) -> None:
    sealed = "s1.0badcafe." + "A" * 40
    keys = SQLModel.metadata.tables["data_keys"]
    row = {"id": "t", "text": sealed, "text_index": None, "times": 1}
    texts = next(one for one in plain_tables() if one.name == "unmatched_texts")
    row |= dict.fromkeys(("first_at", "last_at"), NOW.replace(tzinfo=None))
    with writing(engine) as connection:
        connection.execute(insert(keys).values(id="0badcafe", proof="", since=NOW))
        connection.execute(insert(texts).values(row))
        connection.execute(update(keys).values(retired_at=NOW))
    engine.dispose()
    copy(engine, target)
    with reading(target) as connection:
        assert connection.scalar(select(texts.c.text)) == sealed
    with pytest.raises(Exception, match="not in force"), writing(target) as connection:
        connection.execute(insert(texts).values(row | {"id": "u"}))


def test_a_target_with_anything_in_it_is_refused(url: str, other_url: str) -> None:
    target = engine_at(other_url)
    migrations.upgrade(target)
    with writing(target) as connection:
        connection.execute(text("INSERT INTO spent_states VALUES ('mine', '2026-11-23')"))
    target.dispose()
    run = db(url, "copy", other_url)
    assert run.output == (
        "Error: The target is not empty: spent_states has 1 rows. Name an empty database.\n"
    )
    assert run.exit_code == 1
    assert values_of(engine_at(other_url))["spent_states"][0]["state"] == "mine"


def test_a_target_of_another_version_or_program_is_refused(url: str, other_url: str) -> None:
    target = engine_for(other_url)
    migrations.upgrade(target, "0005")
    target.dispose()
    assert "The target is at version 0005, the source at" in db(url, "copy", other_url).output
    migrations.downgrade(target)
    with writing(target) as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text("CREATE TABLE of_others (id INTEGER)"))
    target.dispose()
    run = db(url, "copy", other_url)
    assert run.output == "Error: The target has tables of another program, as of_others.\n"


def test_a_source_of_another_version_is_refused(engine: Engine, url: str, other_url: str) -> None:
    migrations.downgrade(engine, "0005")
    engine.dispose()
    assert "xinshimin db upgrade" in db(url, "copy", other_url).output


def test_a_database_is_not_copied_to_itself(url: str) -> None:
    assert "copied to itself" in db(url, "copy", url).output


def test_a_source_in_use_is_refused(
    engine: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.backup.postgresql.ENDING_SECONDS", 0)
    with reading(engine):
        run = db(
            engine.url.render_as_string(hide_password=False),
            "copy",
            target.url.render_as_string(hide_password=False),
        )
    assert "in use" in run.output
    assert "stop gunicorn" in run.output


def test_nobody_writes_to_a_source_meanwhile(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sqlite.occupancy.START_SECONDS", 0)
    engine.dispose()
    late = engine_at(engine.url.render_as_string(hide_password=False))
    refusals = (DatabaseError, OccupiedError)
    with frozen(engine), pytest.raises(refusals, match=r"or copied|lock timeout"):
        write_to(late)
    write_to(late)
    late.dispose()


def write_to(engine: Engine) -> None:
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = 100"))
        connection.execute(text("INSERT INTO spent_states VALUES ('late', '2026-11-23')"))


def test_a_row_that_the_target_refuses_is_named(tmp_path: Path, postgres: str) -> None:
    """SQLite keeps what PostgreSQL does not: a text that is too long, among others that fit."""
    from tests.bot.databases import database_on

    source = engine_at(f"sqlite:///{tmp_path}/a.db")
    migrations.upgrade(source)
    with writing(source) as connection:
        for number in range(1200):
            state = "x" * 65 if number == 700 else f"{number:04}"
            row = {"state": state}
            connection.execute(text("INSERT INTO spent_states VALUES (:state, '2026-11-23')"), row)
    source.dispose()
    with database_on(postgres) as url:
        target = engine_at(url)
        with pytest.raises(CopyError, match=r"spent_states, row state='x{65}', cannot be copied"):
            copy(source, target)
        assert not values_of(target)["spent_states"]
        target.dispose()


def test_a_row_that_changed_on_the_way_is_named(
    engine: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trigger of the target, say, that alters what is written."""
    fill(engine, rows=5)
    engine.dispose()
    honest = copier._insert

    def altered(connection: Connection, table: Table, rows: Any) -> None:
        honest(connection, table, rows)
        if table.name == "closures":
            connection.execute(update(table).where(table.c.id == 4).values(reason="其它"))
        if table.name == "heartbeats":
            connection.execute(delete(table).where(table.c.job.like("2%")))

    monkeypatch.setattr(copier, "_insert", altered)
    with pytest.raises(CopyError, match=r"(closures, row id=4|heartbeats, row job=.2.*), is not"):
        copy(engine, target)
    assert not values_of(target)["closures"]


def test_numbers_that_were_given_are_not_given_again(postgres: str, tmp_path: Path) -> None:
    """Also that of the last appointment, which is gone, from PostgreSQL to PostgreSQL."""
    from tests.bot.databases import database_on

    with database_on(postgres) as first, database_on(postgres) as second:
        source, target = engine_at(first), engine_at(second)
        migrations.upgrade(source)
        with writing(source) as connection:
            ids = [make_slot(connection, NOW.replace(hour=hour)) for hour in (9, 10, 11)]
            connection.execute(delete(slots).where(slots.c.id == ids[-1]))
        source.dispose()
        copy(source, target)
        with writing(target) as connection:
            assert make_slot(connection, NOW.replace(hour=12)) == ids[-1] + 1
        target.dispose()


def test_events_that_wait_are_not_left_behind(url: str, other_url: str, tmp_path: Path) -> None:
    from bot.wechat.later import folder_for

    settings = settings_for(tmp_path, database_url=url, state=tmp_path)
    folder = folder_for(settings)
    folder.mkdir(parents=True)
    (folder / "event").touch()
    environment = environment_of(settings) | {"XINSHIMIN_STATE": str(tmp_path)}
    run = db(url, "copy", other_url, **environment)
    assert f"1 events of WeChat wait in {folder}" in run.output
    (folder / "event").unlink()
    assert db(url, "copy", other_url, **environment).exit_code == 0
