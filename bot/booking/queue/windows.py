"""Which windows call people now: those at which an account sits that is at work."""

from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from bot.models.staff import IDLE, StaffSession


def windows_at_work(connection: Connection, site: str, now: datetime) -> dict[str, bool]:
    """The windows of a site at which an account sits, each with whether it is paused."""
    sitting = (
        select(col(StaffSession.window), col(StaffSession.paused_at))
        .where(col(StaffSession.site) == site, col(StaffSession.window).is_not(None))
        .where(col(StaffSession.seen_at) >= now - IDLE)
    )
    found: dict[str, bool] = {}
    for row in connection.execute(sitting):
        found[row.window] = row.paused_at is not None and found.get(row.window, True)
    return dict(sorted(found.items(), key=lambda one: (len(one[0]), one[0])))  # 2 before 10


def open_windows(connection: Connection, site: str, now: datetime) -> list[str]:
    """The windows of a site that are at work and not paused."""
    found = windows_at_work(connection, site, now)
    return [window for window, paused in found.items() if not paused]
