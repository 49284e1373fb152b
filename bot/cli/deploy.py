"""`xinshimin deploy`: units, proxy, rotation and account of the machine."""

from pathlib import Path

import click

from bot.deploy import place


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("/"))
def command(folder: Path) -> None:
    """Lay systemd's units, nginx's site, the rotation of logs and the service's account below
    FOLDER, the machine's root by default. Nothing is started; what an operator wrote stays."""
    try:
        for file in place(folder):
            click.echo(f"wrote {file}")
    except OSError as error:
        why = f"{error.filename}: {error.strerror}"
        raise click.ClickException(f"{why}. Run it as root, or give another folder.") from error
    click.echo("Next: systemd-sysusers && systemd-tmpfiles --create; xinshimin init")
