"""`xinshimin db`: the database's version, its health, its backups."""

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import backup as backups
from bot import migrations, transfer
from bot.backup import BackupError
from bot.cli.db_backup import backup, restore
from bot.cli.db_copy import copy
from bot.cli.db_drill import drill
from bot.cli.options import SETTINGS, ask, care_settings, database_url, sealing_engine
from bot.clock import now
from bot.database import reader_of
from bot.drill.contents import DrillError
from bot.keys import known_keys
from bot.keys.abandon import abandon as give_up
from bot.keys.faults import said, sealing_faults
from bot.keys.reseal import reseal as seal_again
from bot.sealing.keyring import SealError, keyring_of
from bot.settings import SettingsError
from bot.sqlite import library

FAULTS = (SettingsError, SealError, BackupError, transfer.CopyError, DrillError)


class Group(click.Group):
    """Its commands say in a sentence what went wrong."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except FAULTS as error:
            raise click.ClickException(str(error)) from error
        except SQLAlchemyError as error:
            what = str(error).splitlines()[0]
            raise click.ClickException(f"The database does not answer: {what}") from error


@click.group(cls=Group)
@database_url
@click.pass_context
def command(context: click.Context, url: str) -> None:
    """The database: its version, its health, its backups."""
    context.meta[SETTINGS] = settings = care_settings(url)
    context.obj = engine = sealing_engine(settings)
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
    ask(yes, f"Go back from {migrations.current(engine)} to {revision}, losing what is newer?")
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
    if not found:
        found.extend(sealing_faults(engine))
    if engine.dialect.name == "sqlite" and not library.is_sound():
        found.append(f"{library.fault()}. {library.ADVICE}.")
    if found:
        raise click.ClickException("\n- ".join(["", *found]))
    click.echo("The database is sound.")


@command.command()
@click.pass_obj
def reseal(engine: Engine) -> None:
    """Seal everything with the current DATA_KEY. The service may run meanwhile, once all of its
    processes were started with that key and the one before in DATA_KEY_PREVIOUS. From the first
    moment on the database refuses what a process seals with an earlier one."""
    migrations.demand_newest(engine)
    known_keys.demand(engine, now())
    current = keyring_of(engine.dialect).demanded()
    for id in known_keys.retire_others(engine, now()):
        click.echo(f"From now on nothing is sealed with the key {id}.")
    done = seal_again(engine, lambda column, rows: click.echo(f"{column}: {rows}"))
    if done.left:
        left = [said(of, rows) for of, rows in done.left.items()]
        why = "What does not open needs its key in DATA_KEY_PREVIOUS, or a backup."
        raise click.ClickException("\n- ".join([f"Not everything is sealed anew. {why}", *left]))
    unused = known_keys.forget_unused(engine)
    click.echo(f"{done.done.total()} rows sealed anew: all is under the key {current.id}.")
    if unused:
        click.echo(f"Nothing needs {', '.join(unused)} any more: remove DATA_KEY_PREVIOUS.")


@command.command()
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def abandon(engine: Engine, key: str, yes: bool) -> None:
    """Give up what a lost DATA_KEY sealed, so that the rest serves on. KEY is its number, as the
    refused start names it. Stop the service and make a backup before: should the key be found, that
    one still opens."""
    migrations.demand_newest(engine)
    ask(yes, f"Give up for good all that the key {key} sealed: talks, names, telephones, results?")
    for column, rows in give_up(engine, key).items():
        click.echo(f"{column}: {rows} given up")
    click.echo(f"Nothing needs the key {key} any more.")


for one in (backup, restore, drill, copy):
    command.add_command(one)
