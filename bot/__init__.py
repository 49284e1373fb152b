"""The service: WeChat, database, pages, console, jobs, command line."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from bot.clock import Clock
    from bot.settings import Settings

CANNOT_LOAD = 4  # what gunicorn takes as "do not try again"


def create_app(settings: "Settings | None" = None, clock: "Clock | None" = None) -> "Flask":
    """The web application, for `gunicorn 'bot:create_app()'`.

    Without `settings` this is a production start: they come from the environment, and a missing or
    weak secret, a database of another version, or rules that are not sound, end it with a sentence
    that says what to do.
    """
    from bot.application import assemble  # `import bot` stays cheap for the command line
    from bot.settings import SettingsError

    try:
        return assemble(settings, clock)
    except SettingsError as error:
        print(error, file=sys.stderr)
        raise SystemExit(CANNOT_LOAD) from None
