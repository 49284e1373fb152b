"""Logging: one line per event on standard error. No names, no openids, no texts of people, and of
addresses neither the query nor a token: nor in what gunicorn writes from the same processes."""

import logging
import re
import sys
from typing import Any

FORMAT = "%(asctime)s %(levelname)s %(name)s pid=%(process)d %(message)s"
DETAIL = re.compile(r"^DETAIL: .*\n?", re.MULTILINE)  # where PostgreSQL repeats a whole row
# Queries (signatures, codes), the tokens of `bot.web.tokens` and answers sealed in an address, by
# their place and their shape.
SECRETS = re.compile(r"(\?|/(?:sheet|result|steps)/+|gAAAA)\S+?(?=[\"']?(?:\s|$))")
# Flask, and gunicorn with every format: each names the address of a request.
NAMING_ADDRESSES = ("bot", "gunicorn.error", "gunicorn.access")


class Formatter(logging.Formatter):
    """Leaves out of an exception what PostgreSQL quotes of people's data."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """The traceback."""
        return DETAIL.sub("", super().formatException(ei))


def start(level: str) -> None:
    """Log from `level` up. Does nothing where a host program has set up logging already."""
    root = logging.getLogger("bot")
    if not root.handlers and not logging.getLogger().handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Formatter(FORMAT))
        root.addHandler(handler)
        root.propagate = False
    root.setLevel(level)
    for name in NAMING_ADDRESSES:
        logging.getLogger(name).addFilter(_discreet)


def _discreet(record: logging.LogRecord) -> bool:
    if isinstance(record.args, dict):  # gunicorn's parts of a request, by name
        record.args.update({"q": "-", "{query_string}e": "-"})
    record.msg, record.args = SECRETS.sub(r"\1-", record.getMessage()), None
    return True
