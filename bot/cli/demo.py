"""`xinshimin demo`: the whole service with a phone on screen."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from bot import migrations
from bot.clock import now
from bot.county import ruleset_id
from bot.database import engine_for
from bot.keys import known_keys
from bot.sealing.keyring import engine_of
from bot.simulator import hours
from bot.simulator.phones import Phones
from bot.simulator.service import FOLDER, PORT, demo_settings
from bot.sqlite import library
from scoring import load_ruleset


@click.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to serve at.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at.")
@click.option(
    "--folder",
    default=Path("var/demo"),
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where its data is kept.",
)
def command(port: int, host: str, folder: Path) -> None:
    """Serve everything on this machine, with a phone to try it on. Stop with Ctrl-C."""
    folder = folder.resolve()
    settings = demo_settings(folder, port)
    load_ruleset(ruleset_id(settings), settings.rule_folders)
    engine = engine_of(settings)
    migrations.upgrade(engine)
    known_keys.demand(engine, now())
    hours.prepare(engine, now())
    phones = engine_for(f"sqlite:///{folder / 'phones.db'}")
    Phones(phones).prepare()
    for used in (engine, phones):
        used.dispose()  # the server may have to be alone with them
    with tempfile.TemporaryDirectory(prefix="xinshimin-metrics-") as metrics, ExitStack() as stack:
        environment = os.environ | {
            FOLDER: str(folder),
            PORT: str(port),
            "PROMETHEUS_MULTIPROC_DIR": metrics,
        }
        server = stack.enter_context(_running(_gunicorn(host, port), environment))
        if library.is_sound():
            worker = [sys.executable, "-m", "bot.simulator.worker"]
            stack.enter_context(_running(worker, environment))
        click.echo(f"The phone: http://{host}:{port}/simulator/ - stop with Ctrl-C.")
        click.echo(f"A clerk:   xinshimin staff --url {settings.database_url} create NAME --codes")
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # or the server would outlive us
        try:
            sys.exit(server.wait())
        except KeyboardInterrupt:
            click.echo()


def _gunicorn(host: str, port: int) -> list[str]:
    # Threads, because a phone's request waits for the callback's inside the same service.
    workers = "2" if library.is_sound() else "1"
    options = ["--workers", workers, "--threads", "8", "--bind", f"{host}:{port}"]
    options += ["--log-level", "warning", "--graceful-timeout", "2"]
    options += ["--config", "python:bot.gunicorn_conf"]
    app = "bot.simulator.service:create_app()"
    return [sys.executable, "-m", "gunicorn", *options, app]


@contextmanager
def _running(
    arguments: list[str], environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(arguments, env=environment)  # noqa: S603 - our own arguments
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
