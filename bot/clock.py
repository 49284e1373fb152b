"""The only place that asks what time it is. Everything else is given the time."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present moment as citizens read it, aware, in Asia/Shanghai."""
    return datetime.now(ZONE)
