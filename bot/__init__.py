"""The service: WeChat, database, pages, console, jobs, command line."""

import sys
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from bot.clock import Clock
    from bot.settings import Settings

CANNOT_LOAD = 4  # what gunicorn takes as "do not try again": it ends the whole service
TRY_AGAIN = 1
PAUSE_SECONDS = 5


def create_app(settings: "Settings | None" = None, clock: "Clock | None" = None) -> "Flask":
    """The web application, for `gunicorn 'bot:create_app()'`.

    Without `settings` this is a production start: they come from the environment, and a missing or
    weak secret, a database of another version, or rules that are not sound, end it with a sentence
    that says what to do. A process that takes the place of one that died ends nothing but itself.
    """
    from bot.loading import uncollected  # `import bot` stays cheap for the command line

    with uncollected():
        from bot.application import StartError, assemble
    try:
        return assemble(settings, clock)
    except StartError as error:
        print(error, file=sys.stderr)
        if error.again:
            sleep(PAUSE_SECONDS)
        raise SystemExit(TRY_AGAIN if error.again else CANNOT_LOAD) from None
