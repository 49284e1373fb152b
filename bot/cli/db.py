"""`xinshimin db`: the database's version, its health, its backups."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from click.decorators import pass_meta_key
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import backup as backups
from bot import migrations, transfer
from bot.cli.options import care_settings, database_url, sealing_engine
from bot.clock import now
from bot.database import engine_for, reader_of
from bot.sealing import known_keys
from bot.sealing.keyring import SealError, equipped, keyring_of
from bot.sealing.reseal import Of, counted, unreadable
from bot.sealing.reseal import reseal as seal_again
from bot.settings import DATA_KEY_MISSING, Settings, SettingsError
from bot.sqlite import library

FAULTS = (SettingsError, SealError, backups.BackupError, transfer.CopyError)
ROWS_BETWEEN_WORDS = 100_000


SETTINGS = "xinshimin settings"
pass_settings = pass_meta_key(SETTINGS)


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
    if not found:
        found.extend(_sealing_faults(engine))
    if engine.dialect.name == "sqlite" and not library.is_sound():
        found.append(f"{library.fault()}. {library.ADVICE}.")
    if found:
        raise click.ClickException("\n- ".join(["", *found]))
    click.echo("The database is sound.")


def _sealing_faults(engine: Engine) -> Iterator[str]:
    """What is not as it should lie: what cannot be opened, and what an earlier key still seals."""
    keyring = keyring_of(engine.dialect)
    if keyring.current is None:
        if counted(engine):
            yield f"What is sealed was not looked at. {DATA_KEY_MISSING}"
        return
    yield from known_keys.missing(engine, starting=True)
    lost = unreadable(engine)
    for of, rows in lost.items():
        yield f"{_said(of, rows)}: cannot be opened. Put the key back, or restore a backup"
    for of, rows in (counted(engine) - lost).items():
        if of.key != keyring.current.id:
            yield f"{_said(of, rows)}: run xinshimin db reseal"


def _said(of: Of, rows: int) -> str:
    under = f"under the key {of.key}" if of.key else "not sealed"
    return f"{of.column}: {rows} rows {under}"


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
        left = [_said(of, rows) for of, rows in done.left.items()]
        why = "What does not open needs its key in DATA_KEY_PREVIOUS, or a backup."
        raise click.ClickException("\n- ".join([f"Not everything is sealed anew. {why}", *left]))
    unused = known_keys.forget_unused(engine)
    click.echo(f"{done.done.total()} rows sealed anew: all is under the key {current.id}.")
    if unused:
        click.echo(f"Nothing needs {', '.join(unused)} any more: remove DATA_KEY_PREVIOUS.")


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
        return
    engine.dispose()  # which knew the file that was replaced
    restored = engine_for(engine.url.render_as_string(hide_password=False), bounded=False)
    equipped(restored, keyring_of(engine.dialect))
    for sentence in known_keys.missing(restored, starting=True):
        click.echo(sentence)
    restored.dispose()


@command.command()
@click.argument("url")
@click.pass_obj
@pass_settings
def copy(settings: Settings, engine: Engine, url: str) -> None:
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


def _ask(yes: bool, question: str) -> None:
    """Only where there is a terminal: a script cannot answer."""
    if not yes and sys.stdin.isatty():
        click.confirm(question, abort=True)
