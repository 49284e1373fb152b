"""By which way a notice would go now, so that no sentence promises one that cannot."""

from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Row

from bot.outbox.ways import Route, route
from bot.outbox.wording import SMS, Notices


class _Unsent(NamedTuple):
    """A notice that is not posted yet, as far as its way depends on it."""

    kind: str
    person: str
    appointment: int | None
    useless_from: datetime | None = None
    error: str = ""
    way: str | None = None


def way_now(
    connection: Connection,
    kind: str,
    person: str | None,
    appointment: int | None,
    wording: Notices,
    now: datetime,
) -> str:
    """The way such a notice takes; "" where there is none, and a person must call. SMS that is only
    logged is none."""
    if not person:
        return ""
    unsent = cast(Row[Any], _Unsent(kind, person, appointment))
    found = route(connection, unsent, wording, now)
    if not isinstance(found, Route):
        return ""
    return found.way if found.way != SMS or wording.sms.is_sent else ""
