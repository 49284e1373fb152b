"""`xinshimin db copy`."""

import click
from sqlalchemy import Engine

from bot import transfer
from bot.cli.options import pass_settings
from bot.database import engine_for
from bot.settings import Settings

ROWS_BETWEEN_WORDS = 100_000


@click.command()
@click.argument("url")
@click.pass_obj
@pass_settings
def copy(settings: Settings, engine: Engine, /, url: str) -> None:
    """Copy the whole database to the empty one at URL, of this kind or the other, and compare each
    row. Stop gunicorn and xinshimin worker before; then start them with URL as DATABASE_URL."""
    _demand_no_events(settings)
    target = engine_for(url, bounded=False)
    try:
        copied = transfer.copy(engine, target, _progress)
    finally:
        target.dispose()
    for table, digest in copied:
        click.echo(f"{table}: {digest.rows:,} rows, {str(digest)[:12]}")
    rows = sum(one.digest.rows for one in copied)
    click.echo(f"{rows:,} rows copied; read again, and the same.")


def _demand_no_events(settings: Settings) -> None:
    """They are kept by the database's address, and would be left behind."""
    from bot.wechat.later import folder_for, kept_in  # loads the conversation

    folder = folder_for(settings)
    if events := kept_in(folder):
        raise transfer.CopyError(
            f"{len(events)} events of WeChat wait in {folder} to be done: start the service on "
            "this database until there are none, then stop it again."
        )


def _progress(table: str, rows: int) -> None:
    if rows % ROWS_BETWEEN_WORDS == 0:
        click.echo(f"{table}: {rows:,} rows so far")
