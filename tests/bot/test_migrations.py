from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import Engine
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables
from bot import migrations
from bot.cli.db import command
from bot.database import reading


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


def test_the_command_upgrades_and_tells(tmp_path: str) -> None:
    run = CliRunner().invoke(command, ["--url", f"sqlite:///{tmp_path}/new/a.db", "upgrade"])
    assert run.output == f"The database is at version {migrations.newest()}.\n"
    run = CliRunner().invoke(command, ["--url", f"sqlite:///{tmp_path}/new/a.db", "status"])
    assert run.output.split() == ["database:", migrations.newest(), "program:", migrations.newest()]
