"""The database's versions (Alembic), run by `xinshimin db upgrade`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from bot.database import reading, writing
from bot.settings import SettingsError


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to `revision` in one transaction: all of it or nothing."""
    config = _config()
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Go back to an earlier version; what only later ones keep is lost."""
    config = _config()
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def current(engine: Engine) -> str | None:
    """The version the database has; None for an empty one."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The version this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def demand_newest(engine: Engine) -> None:
    """Stop at a database of another version.

    Raises:
        SettingsError: it is; says what to do.
    """
    version = current(engine)
    if version != newest():
        raise SettingsError(
            f"The database is at version {version or 'none'}, this program needs {newest()}. "
            "Run: xinshimin db upgrade"
        )
