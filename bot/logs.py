"""Logging: one line per event on standard error. No names, no openids, no texts of people."""

import logging
import sys

FORMAT = "%(asctime)s %(levelname)s %(name)s pid=%(process)d %(message)s"


def start(level: str) -> None:
    """Log from `level` up. Does nothing where a host program has set up logging already."""
    root = logging.getLogger("bot")
    if not root.handlers and not logging.getLogger().handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter(FORMAT))
        root.addHandler(handler)
        root.propagate = False
    root.setLevel(level)
