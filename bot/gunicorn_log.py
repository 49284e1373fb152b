"""gunicorn's own lines in the form of ours, where a program reads them."""

from os import environ
from typing import Any

from gunicorn import glogging

from bot.logs import FORMATTERS, JSON


class Log(glogging.Logger):  # type: ignore[misc]
    """gunicorn's, whose text already has a zone."""

    def setup(self, cfg: Any) -> None:
        """Called once, by the process that starts the others."""
        super().setup(cfg)
        if environ.get("XINSHIMIN_LOG_FORMAT") == JSON:
            for logger in (self.error_log, self.access_log):
                for handler in logger.handlers:
                    handler.setFormatter(FORMATTERS[JSON]())
