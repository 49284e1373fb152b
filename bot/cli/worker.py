"""`xinshimin worker`: what happens by itself."""

import signal
from dataclasses import replace

import click

from bot import logs
from bot.cli.options import open_sealed
from bot.clock import now
from bot.deadline import hurry
from bot.settings import Settings, SettingsError
from bot.worker import Worker

SECONDS_TO_END = 2.0  # that one thing may still take


@click.command()
@click.option("--once", is_flag=True, help="Do what is due and end.")
@click.option(
    "--beyond-limit",
    is_flag=True,
    help="With --once: also delete what is kept as too much at once.",
)
@click.option("--dry-run", is_flag=True, help="Only say what is due; do nothing.")
def command(once: bool, beyond_limit: bool, dry_run: bool) -> None:
    """Send notices, free lapsed places, publish slots, delete old data. Any number may run."""
    if beyond_limit and not once:
        raise click.UsageError("--beyond-limit goes with --once: it is decided each time anew.")
    try:
        settings = Settings.from_environment()
        if beyond_limit:
            settings = replace(settings, delete_percent=100)
        logs.start(settings.log_level, settings.log_format)
        engine = open_sealed(settings, must_answer=once or dry_run)
        worker = Worker(settings, engine, now)
        worker.beyond_limit = beyond_limit
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    if dry_run:
        for name, count in worker.report().items():
            click.echo(f"{name}: {count}")
        click.echo(f"people who do not follow any more: {worker.leavers()}")
    elif once:
        for name, done in worker.once().items():
            click.echo(f"{name}: {', '.join(f'{count} {what}' for what, count in done.items())}")
        if failed := [job.name for job in worker.jobs if job.fault]:
            raise click.ClickException(f"The log says why this failed: {', '.join(failed)}.")
    else:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: _end(worker))
        worker.run()


def _end(worker: Worker) -> None:
    """End soon, also where the database does not answer; what is being sent is finished."""
    worker.stop()
    hurry(SECONDS_TO_END)
