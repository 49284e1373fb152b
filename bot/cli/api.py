"""`xinshimin api`: the keys of programs that use the API."""

import click

from bot.api import keys
from bot.cli.options import database_url, open_database
from bot.clock import now
from bot.database import reading, writing
from bot.staff import audit

BY = "command line"


@click.group("api")
def command() -> None:
    """The engine over HTTP, for other programs."""


@command.group("key")
@database_url
@click.pass_context
def key(context: click.Context, url: str) -> None:
    """The keys of clients. While there is none, the API is off."""
    context.obj = url


@key.command("add")
@click.argument("name")
@click.option(
    "--per-minute",
    type=click.IntRange(1, keys.MOST_PER_MINUTE),
    default=600,
    show_default=True,
    help="Calls that are answered in a minute, over all workers.",
)
@click.pass_obj
def add(url: str, name: str, per_minute: int) -> None:
    """Make a key for the client NAME, and show it this once."""
    if not keys.NAME.fullmatch(name):
        raise click.ClickException("NAME is up to 32 of a-z, 0-9 and -, and begins with a letter.")
    with writing(open_database(url)) as connection:
        made = keys.add(connection, name, per_minute, now())
        if made is None:
            raise click.ClickException(f"There is a key {name!r} already: revoke it first.")
        audit.record(connection, now(), BY, "add_api_key", name, per_minute=per_minute)
    click.echo(f"Key of {name}, shown only now: {made}")


@key.command("list")
@click.pass_obj
def list_keys(url: str) -> None:
    """The clients with a key, what each may, and since when."""
    with reading(open_database(url)) as connection:
        for one in keys.all_keys(connection):
            click.echo(f"{one.client}  {one.per_minute} a minute  since {one.created_at:%Y-%m-%d}")


@key.command("revoke")
@click.argument("name")
@click.pass_obj
def revoke(url: str, name: str) -> None:
    """End the key of NAME at once."""
    with writing(open_database(url)) as connection:
        if not keys.revoke(connection, name):
            raise click.ClickException(f"There is no key {name!r}.")
        audit.record(connection, now(), BY, "revoke_api_key", name)
    click.echo(f"The key of {name} is good no more.")
