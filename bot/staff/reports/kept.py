"""Reports that take long to read, kept for some minutes: counts, and nothing of anybody."""

from datetime import datetime
from threading import Lock

from cachetools import TTLCache
from sqlalchemy import Engine

from bot.clock import Clock
from bot.database import reading
from bot.staff.reports.catalogue import read
from bot.staff.reports.rows import Rows, Span
from bot.staff.reports.talks import TALKS

SECONDS, SPANS = 600, 8
Read = tuple[dict[str, Rows], datetime]


class KeptTalks:
    """Of one application, the reports of talks by span, and when each was read."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock
        self._kept: TTLCache[Span, Read] = TTLCache(SPANS, SECONDS, lambda: clock().timestamp())
        self._lock = Lock()  # cachetools has none

    def __call__(self, span: Span) -> Read:
        """As it is kept, otherwise read now."""
        with self._lock:
            kept = self._kept.get(span)
        if kept is not None:
            return kept
        with reading(self._engine) as connection:
            fresh = read(connection, span, TALKS), self._clock()
        with self._lock:
            self._kept[span] = fresh
        return fresh
