"""`xinshimin db`: the database's version."""

import click
from sqlalchemy import Engine

from bot import migrations
from bot.cli.options import database_url
from bot.database import engine_for
from bot.settings import SettingsError


@click.group()
@database_url
@click.pass_context
def command(context: click.Context, url: str) -> None:
    """The database: bring it up to date, or say what it is."""
    try:
        context.obj = engine_for(url)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


@command.command()
@click.pass_obj
def upgrade(engine: Engine) -> None:
    """Create the tables, or bring them to this program's version."""
    migrations.upgrade(engine)
    click.echo(f"The database is at version {migrations.current(engine)}.")


@command.command()
@click.pass_obj
def status(engine: Engine) -> None:
    """Say which version the database has and which one this program needs."""
    click.echo(f"database: {migrations.current(engine) or 'empty'}")
    click.echo(f"program:  {migrations.newest()}")
