"""Logging: one line per event on standard error, as text or as JSON. No names, no openids, no texts
of people, and of addresses neither the query nor a token: nor in what gunicorn writes from the same
processes."""

import json
import logging
import re
import sys
from datetime import datetime
from typing import Any

from bot import request_id
from bot.clock import ZONE

TEXT, JSON = "text", "json"
LINE = "%(asctime)s %(levelname)s %(name)s pid=%(process)d request=%(request)s %(message)s"
DETAIL = re.compile(r"^DETAIL: .*\n?", re.MULTILINE)  # where PostgreSQL repeats a whole row
# Queries (signatures, codes), the tokens of `bot.web.tokens` and answers sealed in an address, by
# their place and their shape.
SECRETS = re.compile(r"(\?|/(?:sheet|result|steps)/+|gAAAA)\S+?(?=[\"']?(?:\s|$))")
# Flask, and gunicorn with every format: each names the address of a request.
NAMING_ADDRESSES = ("bot", "gunicorn.error", "gunicorn.access")


class TextFormatter(logging.Formatter):
    """A line for people, with zone and request. Leaves out of an exception what PostgreSQL quotes
    of people's data."""

    def __init__(self) -> None:
        super().__init__(LINE)

    def format(self, record: logging.LogRecord) -> str:
        record.request = request_id.current()
        return super().format(record)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        """ISO 8601 to the millisecond, with the zone."""
        return datetime.fromtimestamp(record.created, ZONE).isoformat(timespec="milliseconds")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """The traceback."""
        return DETAIL.sub("", super().formatException(ei))


class JsonFormatter(TextFormatter):
    """The same as an object on one line, for programs; what a message is made of stands beside it
    where it has names."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "pid": record.process,
            "request": request_id.current(),
            "message": record.getMessage(),
        }
        if isinstance(record.args, dict):
            entry["fields"] = record.args
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


FORMATTERS = {TEXT: TextFormatter, JSON: JsonFormatter}


def start(level: str, form: str = TEXT) -> None:
    """Log from `level` up, in one of `FORMATTERS`. Does nothing where a host program has set up
    logging already."""
    root = logging.getLogger("bot")
    if not root.handlers and not logging.getLogger().handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(FORMATTERS[form]())
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
