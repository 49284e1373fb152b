"""Logging: one line per event on standard error. No names, no openids, no texts of people."""

import logging
import re
import sys
from typing import Any

FORMAT = "%(asctime)s %(levelname)s %(name)s pid=%(process)d %(message)s"
DETAIL = re.compile(r"^DETAIL: .*\n?", re.MULTILINE)  # where PostgreSQL repeats a whole row


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
