"""What the office closed, and why."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from bot.booking.calendar import Closure, PlannedSlot
from bot.booking.tables import closures

FIELDS = tuple(field.name for field in fields(Closure))  # called as the columns are


def closures_at(connection: Connection, site: str) -> dict[Closure, str]:
    """The closures that bear on a site, its own and the county's, each with its reason."""
    these = select(closures).where(or_(closures.c.site == site, closures.c.site.is_(None)))
    return {
        Closure(*(getattr(row, name) for name in FIELDS)): row.reason
        for row in connection.execute(these.order_by(closures.c.id))
    }


def why_closed(connection: Connection, row: Row[Any]) -> str:
    """The reason for closing the time of an appointment (a row of `queries.query`), the latest of
    several; "" where it is open, or went away with its opening hours."""
    if row.open:
        return ""
    slot = PlannedSlot(row.window, row.starts_at.time(), row.ends_at.time(), 0, 0)
    found = closures_at(connection, row.site).items()
    reasons = [reason for closure, reason in found if closure.hits(row.day, slot)]
    return reasons[-1] if reasons else ""
