"""`xinshimin db drill`."""

from pathlib import Path
from time import monotonic

import click
from sqlalchemy import Engine

from bot.backup import back_up
from bot.backup.folder import newest
from bot.cli.options import backup_keys, pass_settings
from bot.clock import now
from bot.drill.temporary import temporary_folder
from bot.settings import Settings


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path), required=False)
@click.pass_obj
@pass_settings
def drill(care: Settings, engine: Engine, /, file: Path | None) -> None:
    """Prove that a backup serves: restore FILE (or the newest in the folder FILE, or one made now)
    into a database of its own, check it, open what is sealed, start the service on it, talk and
    look at pages. The service may run meanwhile; nothing is left behind."""
    from bot.drill.rehearsal import rehearse  # loads the whole service: for no other command

    settings = Settings.from_environment()
    keys, began = backup_keys(care), monotonic()
    with temporary_folder(engine) as folder:
        if file is None:
            file = folder / "now.backup"
            back_up(engine, file, overwrite=True, key=next(iter(keys), None))
        elif file.is_dir():
            file = newest(file)
        click.echo(f"backup: {file.name}, {file.stat().st_size:,} bytes")
        for step in rehearse(settings, engine, file, keys, now(), folder):
            click.echo(step)
    click.echo(f"The backup serves: proved in {monotonic() - began:.1f} seconds.")
