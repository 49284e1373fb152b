"""`xinshimin serve`: all that production needs, in processes that cannot starve each other."""

import asyncio
import os
import resource
import socket
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bot import logs
from bot.cli.options import open_sealed
from bot.county import ruleset_id
from bot.guest.autoreply import demand_sound
from bot.outbox.wording import load_notices
from bot.serve.counties import CountiesError, parts_for
from bot.serve.exit_codes import ADDRESS_TAKEN
from bot.serve.parts import Part, gunicorn, parts_of
from bot.settings import BEHIND_FRONT, PREFIX, Settings, SettingsError
from bot.sqlite import library
from scoring import RulesetError, load_ruleset

SERVICE_END_SECONDS = 25.0  # `serve` itself ends within 20
FILES = 8192  # open at once: a connection and its process' are two


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    envvar="PORT",
    type=click.IntRange(1, 65535),
    help="Port to serve at.",
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer WeChat.",
)
@click.option(
    "--pages-workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that serve the pages.",
)
@click.option(
    "--counties",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with one file of settings for each county (NAME.env): a service for each.",
)
def command(host: str, port: int, workers: int, pages_workers: int, counties: Path | None) -> None:
    """Answer WeChat, serve the pages, do the worker's jobs; SIGTERM or Ctrl-C ends all of it."""
    if counties:
        options = ("--host", host, "--workers", str(workers), "--pages-workers", str(pages_workers))
        raise SystemExit(_serve_each(counties, *options))
    settings = _checked()
    if settings.database_url.startswith("sqlite") and not library.is_sound():
        alone = gunicorn(f"{host}:{port}", 1)  # which says why, and does the worker's jobs too
        os.execv(alone[0], alone)  # noqa: S606 - our own arguments
    listener = _bound(host, port)
    _allow_many_files()
    with tempfile.TemporaryDirectory(prefix="xinshimin-") as folder:  # for us alone: 0700
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", folder)
        os.environ[BEHIND_FRONT] = "yes"
        parts = parts_of(Path(folder), workers, pages_workers, bool(settings.forward))
        code = _supervised(parts, listener=listener)
    raise SystemExit(code)


def _supervised(parts: Sequence[Part], **how: Any) -> int:
    """Run the parts, until SIGTERM or Ctrl-C; the exit code. The supervisor counts, and what counts
    asks when it is imported where to: after the folder for that was named."""
    from bot.serve.supervisor import Supervisor

    return asyncio.run(Supervisor(parts, **how).run())


def _serve_each(counties: Path, *options: str) -> int:
    """A service for each county of the folder, until SIGTERM or Ctrl-C; the exit code."""
    logs.start("INFO", os.environ.get(f"{PREFIX}LOG_FORMAT", logs.TEXT))
    try:
        parts = parts_for(counties, os.environ, *options)
    except CountiesError as error:
        raise click.ClickException(str(error)) from error
    return _supervised(parts, end_seconds=SERVICE_END_SECONDS)


def _checked() -> Settings:
    """The settings, where a start with them can succeed; one sentence otherwise, not one from each
    process."""
    try:
        settings = Settings.from_environment()
        logs.start(settings.log_level, settings.log_format)
        open_sealed(settings, must_answer=False).dispose()
        load_notices(settings.notices)
        demand_sound(settings)
        load_ruleset(ruleset_id(settings), settings.rule_folders)
    except (SettingsError, RulesetError) as error:
        raise click.ClickException(str(error)) from error
    return settings


def _bound(host: str, port: int) -> socket.socket:
    """The address, taken before anything is started; nobody is accepted yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        click.echo(f"Error: cannot listen at {host} port {port}: {error}", err=True)
        raise SystemExit(ADDRESS_TAKEN) from None
    return listener


def _allow_many_files() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    soft = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, most))
