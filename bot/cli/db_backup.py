"""`xinshimin db backup` and `restore`."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import backup as backups
from bot import heartbeats, migrations
from bot.backup import BackupError, BackupKey, Contents
from bot.backup import folder as dated
from bot.backup.keeping import Keep
from bot.cli.options import ask, backup_keys, pass_settings
from bot.clock import now
from bot.database import engine_for
from bot.keys import known_keys
from bot.sealing.keyring import equipped, keyring_of
from bot.settings import Settings, SettingsError

F = TypeVar("F", bound=Callable[..., object])
NO_BACKUP_KEY = (
    "XINSHIMIN_BACKUP_KEY is missing: it seals backups. Make one with: "
    "python3 -c 'import secrets; print(secrets.token_hex(32))' and keep it apart from them; "
    "they are lost with it."
)


def keep_option(period: str) -> Callable[[F], F]:
    """How many of the backups in a folder are kept by day, week or month."""
    text = f"Keep the newest of so many {period.removesuffix('ly').replace('dai', 'day')}s."
    return click.option(
        f"--{period}",
        type=click.IntRange(min=1),
        default=getattr(Keep(), period),
        show_default=True,
        help=text,
    )


FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--overwrite", is_flag=True, help="Replace FILE if it is there.")
@click.option("--to", type=click.Path(path_type=Path), help="A folder, instead of FILE.")
@keep_option("daily")
@keep_option("weekly")
@keep_option("monthly")
@click.pass_obj
@pass_settings
def backup(
    settings: Settings,
    engine: Engine,
    /,
    file: Path | None,
    overwrite: bool,
    to: Path | None,
    **keep: int,
) -> None:
    """Write the whole database to FILE, and read it through. The service may run meanwhile. With
    BACKUP_KEY it is sealed. --to FOLDER gives it the name of the moment, and lets go of what is
    older there than the rule keeps: for a timer."""
    key = next(iter(backup_keys(settings)), None)
    if file and not to:
        contents = backups.back_up(engine, file, overwrite=overwrite, key=key)
    elif to and not file:
        file, contents = _dated_backup(engine, to, key, Keep(**keep))
    else:
        raise click.UsageError("Name either FILE or --to FOLDER.")
    click.echo(f"{file}: {contents}, {file.stat().st_size:,} bytes; read through, and sound.")


def _dated_backup(
    engine: Engine, folder: Path, key: BackupKey | None, keep: Keep
) -> tuple[Path, Contents]:
    try:
        if key is None:
            raise BackupError(NO_BACKUP_KEY)
        file, contents, gone = dated.add(engine, folder, key, now(), keep)
    except BackupError as error:
        _note(heartbeats.complain, engine, heartbeats.BACKUP, f"the last backup failed: {error}")
        raise
    _note(heartbeats.write, engine, {heartbeats.BACKUP: heartbeats.Beat(now(), "")})
    for old in gone:
        click.echo(f"{old}: no longer kept.")
    return file, contents


def _note(write: Callable[..., None], *what: object) -> None:
    """For /readyz and /metrics. The backup counts, whether that can be noted or not."""
    try:
        write(*what)
    except (SettingsError, SQLAlchemyError) as error:
        click.echo(f"This could not be noted for /readyz: {str(error).splitlines()[0]}", err=True)


@click.command()
@FILE
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
@pass_settings
def restore(settings: Settings, engine: Engine, /, file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of the database, which is kept aside. Stop gunicorn and
    xinshimin worker before."""
    ask(yes, f"Put {file} in the place of {engine.url.render_as_string(hide_password=True)}?")
    contents, aside = backups.restore(engine, file, now(), backup_keys(settings))
    click.echo(f"Restored: {contents}.")
    if aside:
        click.echo(f"The database that was here is kept as {aside}.")
    if contents.version != migrations.newest():
        click.echo("Run before the service starts: xinshimin db upgrade")
        return
    engine.dispose()  # which knew the file that was replaced
    restored = engine_for(engine.url.render_as_string(hide_password=False), bounded=False)
    equipped(restored, keyring_of(engine.dialect))
    for sentence in known_keys.missing(restored, starting=True):
        click.echo(sentence)
    restored.dispose()
