"""How long it takes: measured today at this site, and unknown until enough was measured."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from statistics import median

from sqlalchemy import Connection, select

from bot.booking.tables import appointments, slots
from bot.models.appointment import SERVED

LEAST = 3
"""So many people must have been served before anything is said."""
LATEST = 30
"""The pace of the morning says little of the afternoon."""


def served_minutes(connection: Connection, site: str, now: datetime) -> list[float]:
    """Minutes at the window of those whom the site served last, today."""
    moments = (
        select(appointments.c.serving_at, appointments.c.ended_at)
        .join(slots, slots.c.id == appointments.c.slot)
        .where(slots.c.site == site, slots.c.day == now.date())
        .where(appointments.c.state == SERVED, appointments.c.serving_at.is_not(None))
        .order_by(appointments.c.ended_at.desc())
        .limit(LATEST)
    )
    rows = connection.execute(moments)
    return [max(0.0, (row.ended_at - row.serving_at).total_seconds() / 60) for row in rows]


def minutes_to_wait(ahead: int, measured: Sequence[float], windows: int) -> int | None:
    """About how many minutes until one is called, with so many people before one; None where too
    little was measured, or no window is open.

    >>> minutes_to_wait(3, [3.0, 4.0, 9.0], windows=1)
    12
    >>> minutes_to_wait(3, [3.0, 4.0, 9.0], windows=2), minutes_to_wait(3, [4.0, 4.0], 1)
    (6, None)
    """
    if len(measured) < LEAST or windows < 1:
        return None
    return ceil(ahead * median(measured) / windows)
