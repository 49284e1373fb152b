"""The service and the command line on a SQLite that is said to be faulty, for tests with real
processes: `gunicorn 'tests.bot.sqlite.faulty:create_app()'` or `python -m …`."""

from flask import Flask

import bot
from bot.cli import main
from bot.sqlite import library, occupancy
from tests.bot.sqlite.conftest import FAULTY


def create_app() -> Flask:
    """For gunicorn."""
    _pretend()
    return bot.create_app()


def _pretend() -> None:
    library.VERSION = FAULTY
    occupancy.START_SECONDS = 1


if __name__ == "__main__":
    _pretend()
    main()
