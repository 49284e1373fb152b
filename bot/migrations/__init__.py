"""The database's versions (Alembic), run by `xinshimin db upgrade`.

Alembic is loaded where a version changes: the processes that serve only ask which one there is, and
start a tenth faster without it.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, String, column, inspect, select, table

from bot.booking.sites import follow_county
from bot.clock import now
from bot.database import reading, writing
from bot.keys import plain
from bot.settings import SettingsError

if TYPE_CHECKING:
    from alembic.config import Config

VERSION_TABLE = "alembic_version"


def _config() -> "Config":
    from alembic.config import Config

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
    from alembic import command

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
    from alembic import command
    from alembic.util import CommandError

    _demand_known(current(engine))
    try:
        _run(command.downgrade, engine, revision)
    except CommandError as error:
        raise SettingsError(f"There is no way back to version {revision}.") from error


def _run(change: "Callable[[Config, str], None]", engine: Engine, revision: str) -> None:
    config = _config()
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        change(config, revision)


def current(engine: Engine) -> str | None:
    """The version the database has; None for an empty one."""
    with reading(engine) as connection:
        return version_of(connection)


def version_of(connection: Connection) -> str | None:
    """The same, on a connection."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version = select(column("version_num", String)).select_from(table(VERSION_TABLE))
    return connection.scalar(version)


def newest() -> str:
    """The version this program needs."""
    return known()[-1]


@cache
def known() -> tuple[str, ...]:
    """All versions, the earliest first: the file of each begins with its name."""
    return tuple(sorted(file.name[:4] for file in Path(__file__).parent.glob("versions/0*.py")))


def is_known(version: str) -> bool:
    """Whether this program can bring a database of that version up to date."""
    return version in known()


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
