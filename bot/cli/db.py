"""`xinshimin db`: the database's version, its health, its backups."""

import sys
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import backup as backups
from bot import migrations
from bot.cli.options import database_url
from bot.clock import now
from bot.database import engine_for, reader_of
from bot.settings import SettingsError
from bot.sqlite import library


class Group(click.Group):
    """Its commands say in a sentence what went wrong."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (SettingsError, backups.BackupError) as error:
            raise click.ClickException(str(error)) from error
        except SQLAlchemyError as error:
            what = str(error).splitlines()[0]
            raise click.ClickException(f"The database does not answer: {what}") from error


@click.group(cls=Group)
@database_url
@click.pass_context
def command(context: click.Context, url: str) -> None:
    """The database: its version, its health, its backups."""
    context.obj = engine = engine_for(url, bounded=False)
    context.call_on_close(engine.dispose)


@command.command()
@click.pass_obj
def upgrade(engine: Engine) -> None:
    """Create the tables, or bring them to this program's version."""
    migrations.upgrade(engine)
    click.echo(f"The database is at version {migrations.current(engine)}.")


@command.command()
@click.argument("revision", default="-1")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def downgrade(engine: Engine, revision: str, yes: bool) -> None:
    """Go back to an earlier version (0007, or base), or by one. What only later versions keep is
    lost: make a backup before. Before an older program is installed, run this with the newer."""
    _ask(yes, f"Go back from {migrations.current(engine)} to {revision}, losing what is newer?")
    migrations.downgrade(engine, revision)
    click.echo(f"The database is at version {migrations.current(engine) or 'none'}.")


@command.command()
@click.pass_obj
def status(engine: Engine) -> None:
    """Say which version the database has and which one this program needs."""
    click.echo(f"database: {migrations.current(engine) or 'empty'}")
    click.echo(f"program:  {migrations.newest()}")


@command.command()
@click.pass_obj
def check(engine: Engine) -> None:
    """Read the whole database, and say whether it is sound and of this program's version. The
    service may run meanwhile."""
    found = backups.faults(engine)
    if not found:
        try:
            migrations.demand_newest(reader_of(engine))
        except SettingsError as error:
            found.append(str(error))
    if engine.dialect.name == "sqlite" and not library.is_sound():
        found.append(f"{library.fault()}. {library.ADVICE}.")
    if found:
        raise click.ClickException("\n- ".join(["", *found]))
    click.echo("The database is sound.")


FILE = click.argument("file", type=click.Path(path_type=Path))


@command.command()
@FILE
@click.option("--overwrite", is_flag=True, help="Replace FILE if it is there.")
@click.pass_obj
def backup(engine: Engine, file: Path, overwrite: bool) -> None:
    """Write the whole database to FILE, and read it through. The service may run meanwhile."""
    contents = backups.back_up(engine, file, overwrite=overwrite)
    click.echo(f"{file}: {contents}, {file.stat().st_size:,} bytes; read through, and sound.")


@command.command()
@FILE
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(engine: Engine, file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of the database, which is kept aside. Stop gunicorn and
    xinshimin worker before."""
    _ask(yes, f"Put {file} in the place of {engine.url.render_as_string(hide_password=True)}?")
    contents, aside = backups.restore(engine, file, now())
    click.echo(f"Restored: {contents}.")
    if aside:
        click.echo(f"The database that was here is kept as {aside}.")
    if contents.version != migrations.newest():
        click.echo("Run before the service starts: xinshimin db upgrade")


def _ask(yes: bool, question: str) -> None:
    """Only where there is a terminal: a script cannot answer."""
    if not yes and sys.stdin.isatty():
        click.confirm(question, abort=True)
