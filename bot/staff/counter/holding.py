"""Who serves a person: one account at a time, and another only by taking over."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from bot.booking import transitions
from bot.staff import audit
from bot.staff.auth.access import me


class HeldError(Exception):
    """A colleague serves the person; nothing was done."""


def holder_of(row: Row[Any]) -> str | None:
    """The colleague who serves the person; None where nobody does, or oneself."""
    return None if row.served_by == me().account else row.served_by


def hand_over(connection: Connection, row: Row[Any], holder: str, now: datetime) -> None:
    """Serve the person in place of the colleague `holder`.

    Raises:
        HeldError: it is another one by now.
    """
    if row.served_by == me().account:
        return  # tapped twice
    if not transitions.take_over(connection, row.id, me().account, holder):
        raise HeldError
    target = f"appointment {row.id}"
    audit.record(connection, now, me().account, "take_over", target, site=row.site, holder=holder)
