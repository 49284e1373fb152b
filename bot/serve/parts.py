"""The processes of `xinshimin serve`: what each is started with."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PYTHON = sys.executable
# Each page may hold a thread while WeChat, or a lock, lets it wait. The callback's processes have
# one thread each, the only kind that can be interrupted (`bot.budget`).
PAGE_THREADS = 32
# The kernel prefers the chat: its answers have seconds, pages have patience.
PAGES_NICE = 5
GRACE_SECONDS = 10  # for what is being answered when the end comes


@dataclass(frozen=True)
class Part:
    """One process, with its children. `socket`: where it takes requests, if it takes any;
    `environment`: its variables, ours by default."""

    name: str
    command: tuple[str, ...]
    nice: int = 0
    socket: Path | None = None
    environment: Mapping[str, str] | None = None


def parts_of(
    folder: Path, callback_workers: int, pages_workers: int, forwards: bool = False
) -> tuple[Part, ...]:
    """Callback, pages and worker, and where the account has another service what `forwards` to it;
    their sockets are in `folder`."""
    callback, pages = folder / "callback.sock", folder / "pages.sock"
    threads = ("--worker-class", "gthread", "--threads", str(PAGE_THREADS), "--keep-alive", "0")
    # Loaded once: the workers share that memory, and after a kill the next one is there at once.
    behind = ("--preload", "--proxy-protocol", "v1", "--graceful-timeout", str(GRACE_SECONDS))
    forward = folder / "forward.sock"
    command = (PYTHON, "-m", "bot.serve.forwarder", str(forward))
    parts = (
        Part("callback", gunicorn(f"unix:{callback}", callback_workers, *behind), 0, callback),
        Part(
            "pages", gunicorn(f"unix:{pages}", pages_workers, *behind, *threads), PAGES_NICE, pages
        ),
        Part("worker", (PYTHON, "-m", "bot.cli", "worker")),
    )
    return (*parts, Part("forward", command, 0, forward)) if forwards else parts


def gunicorn(bind: str, workers: int, *options: str) -> tuple[str, ...]:
    """gunicorn with the whole application."""
    given = ("--bind", bind, "--workers", str(workers), "--config", "python:bot.gunicorn_conf")
    return (PYTHON, "-m", "gunicorn", *given, *options, "bot:create_app()")
