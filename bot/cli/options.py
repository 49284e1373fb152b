"""What several commands share: the option that says where the database is, and opening it."""

import sys
from os import environ
from pathlib import Path
from typing import Any

import click
from click.decorators import pass_meta_key
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import first_use, migrations
from bot.backup import BackupKey
from bot.clock import now
from bot.database import engine_for
from bot.sealing.keyring import Keyring, engine_of, equipped
from bot.settings import PREFIX, Settings, SettingsError

database_url = click.option(
    "--url",
    envvar="XINSHIMIN_DATABASE_URL",
    default="sqlite:///var/xinshimin.db",
    show_default=True,
    help="Where the database is.",
)


SETTINGS = "xinshimin settings"
pass_settings = pass_meta_key(SETTINGS)
"""To a command, what `care_settings` found."""

CARE = (
    "data_key",
    "data_key_previous",
    "backup_key",
    "backup_key_previous",
    "secret_key",
    "wechat_mode",
    "state",
)
"""What the care of the database asks of the settings, beside its address."""


def care_settings(url: str) -> Settings:
    """Those that the environment has, perhaps none.

    Raises:
        SettingsError: a key is weak.
    """
    given: dict[str, Any] = {
        name: text for name in CARE if (text := environ.get(PREFIX + name.upper(), "").strip())
    }
    if "state" in given:
        given["state"] = Path(given["state"])
    settings = Settings(**given, database_url=url)
    problems = [*settings.backup_key_problems()]
    problems += settings.data_key_problems() if settings.data_key else ()
    if problems:
        raise SettingsError("\n- ".join(problems))
    return settings


def backup_keys(settings: Settings) -> list[BackupKey]:
    """The keys of backups: the first seals, all open."""
    return [BackupKey(key) for key in settings.backup_keys]


def sealing_engine(settings: Settings) -> Engine:
    """An engine with the keys of these settings, perhaps none; without limits, for the care of the
    database.

    Raises:
        SettingsError: the address is wrong.
    """
    return equipped(engine_for(settings.database_url, bounded=False), Keyring.of(settings))


def open_database(url: str) -> Engine:
    """An engine on a database of this program's version, for what opens nothing sealed.

    Raises:
        ClickException: it is another one, or away; says what to do.
    """
    try:
        engine = engine_for(url)
        migrations.demand_newest(engine)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        raise _away(error) from error
    return engine


def open_sealed(settings: Settings, *, must_answer: bool = True) -> Engine:
    """The engine of these settings, on a database of this program's version that its keys open.
    Without `must_answer` it may also be away for the moment: it is looked at before its first use.

    Raises:
        ClickException: it is another one, or away; says what to do.
    """
    try:
        engine = engine_of(settings)
        first_use.look(engine, now)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        if must_answer:
            raise _away(error) from error
        first_use.postpone(engine, settings, now)
    return engine


def _away(error: SQLAlchemyError) -> click.ClickException:
    return click.ClickException(f"The database does not answer: {str(error).splitlines()[0]}")


def ask(yes: bool, question: str) -> None:
    """Only where there is a terminal: a script cannot answer."""
    if not yes and sys.stdin.isatty():
        click.confirm(question, abort=True)
