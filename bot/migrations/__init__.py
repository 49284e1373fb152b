"""The database's versions (Alembic), run by `xinshimin db upgrade`."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from bot.booking.sites import follow_county
from bot.clock import now
from bot.database import reading, writing
from bot.keys import plain
from bot.settings import SettingsError


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to `revision` in one transaction: all of it or nothing. At the newest,
    each township of the county's file has its window then, and what lies in the clear is sealed,
    in steps.

    Raises:
        SettingsError: the database is newer than this program, or something must be sealed and
            there is no key.
    """
    _demand_known(current(engine))
    plain.demand_key(engine)
    _run(command.upgrade, engine, revision)
    if current(engine) == newest():
        with writing(engine) as connection:
            follow_county(connection)
        plain.seal(engine, now())


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Go back to an earlier version; what only later ones keep is lost.

    Raises:
        SettingsError: the database is newer than this program, or there is no such version.
    """
    _demand_known(current(engine))
    try:
        _run(command.downgrade, engine, revision)
    except CommandError as error:
        raise SettingsError(f"There is no way back to version {revision}.") from error


def _run(change: Callable[[Config, str], None], engine: Engine, revision: str) -> None:
    config = _config()
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        change(config, revision)


def current(engine: Engine) -> str | None:
    """The version the database has; None for an empty one."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def newest() -> str | None:
    """The version this program needs."""
    return _scripts().get_current_head()


def is_known(version: str) -> bool:
    """Whether this program can bring a database of that version up to date."""
    return version in {script.revision for script in _scripts().walk_revisions()}


def demand_newest(engine: Engine) -> None:
    """Stop at a database of another version.

    Raises:
        SettingsError: it is; says what to do.
    """
    version = current(engine)
    _demand_known(version)
    if version != newest():
        raise SettingsError(
            f"The database is at version {version or 'none'}, this program needs {newest()}. "
            "Run: xinshimin db upgrade"
        )


def _demand_known(version: str | None) -> None:
    if version and not is_known(version):
        raise SettingsError(
            f"The database is at version {version}, this program needs {newest()} and is older. "
            f"Run, with the newer program: xinshimin db downgrade {newest()}"
        )


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
