from datetime import timedelta

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import Engine, column, insert, table, update
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables
from bot import migrations
from bot.booking.appointments import confirm, mine
from bot.booking.sweep import sweep
from bot.booking.tables import appointments, slots
from bot.cli.db import command
from bot.database import reading, writing
from bot.models.appointment import BOOKED
from bot.models.base import Moment
from dialogs.booking.protocol import Confirmed
from tests.bot.booking.desk import NOW, make_slot, taken, wish

_MOMENTS = (column(name, Moment) for name in ("since", "until"))
HOLDS_OF_0004 = table("holds", column("person"), column("slot"), *_MOMENTS)


def test_the_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    migrations.upgrade(engine)
    assert migrations.current(engine) == migrations.newest()


def test_every_migration_can_be_taken_back(engine: Engine) -> None:
    migrations.downgrade(engine)
    assert migrations.current(engine) is None
    migrations.upgrade(engine)


def test_what_people_have_at_the_desk_outlives_an_update(engine: Engine) -> None:
    migrations.downgrade(engine, "0004")
    minute = timedelta(minutes=1)
    with writing(engine) as connection:
        slot = make_slot(connection, bookable=3)
        connection.execute(update(slots).values(taken=3))
        for person, until in (("HOLDS", NOW + minute), ("LAPSED", NOW - minute)):
            row = {"person": person, "slot": slot, "since": NOW - 9 * minute, "until": until}
            connection.execute(insert(HOLDS_OF_0004).values(row))
        booked = {"person": "BOOKED", "slot": slot, "state": BOOKED, "code": "123456"}
        booked |= {"purpose": "review", "reminders": False, "source": "chat", "created_at": NOW}
        connection.execute(insert(appointments).values(booked))

    migrations.upgrade(engine)

    sweep(engine, NOW, keep_days=90)
    assert taken(engine, slot) == 2  # the lapsed hold's place is free, nobody else's
    with writing(engine) as connection:
        assert isinstance(confirm(connection, "HOLDS", wish(), NOW, "chat"), Confirmed)
        place = mine(connection, "BOOKED", NOW)
    assert place
    assert place.code == "123456"


def test_the_command_upgrades_and_tells(tmp_path: str) -> None:
    run = CliRunner().invoke(command, ["--url", f"sqlite:///{tmp_path}/new/a.db", "upgrade"])
    assert run.output == f"The database is at version {migrations.newest()}.\n"
    run = CliRunner().invoke(command, ["--url", f"sqlite:///{tmp_path}/new/a.db", "status"])
    assert run.output.split() == ["database:", migrations.newest(), "program:", migrations.newest()]
