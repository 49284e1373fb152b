"""When an appointment's reminders are due."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from bot.outbox.posting import post

DAY_BEFORE = "day_before"
SAME_DAY = "same_day"
EVENING = time(18)
NOT_BEFORE = time(7)  # nobody is woken
HOURS_BEFORE = 2


def due_times(starts_at: datetime, now: datetime) -> Iterator[tuple[str, datetime]]:
    """The reminders that are still ahead: the evening before, and two hours before, not too early.

    >>> from datetime import UTC
    >>> [(k, str(d)) for k, d in due_times(datetime(2026, 11, 24, 8, tzinfo=UTC),
    ...                                    datetime(2026, 11, 23, 10, tzinfo=UTC))]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('day_before', '2026-11-23 18:00:00+00:00'), ('same_day', '2026-11-24 07:00:00+00:00')]
    """
    day_before = datetime.combine(
        starts_at.date() - timedelta(days=1), EVENING, tzinfo=starts_at.tzinfo
    )
    morning = datetime.combine(starts_at.date(), NOT_BEFORE, tzinfo=starts_at.tzinfo)
    same_day = max(starts_at - timedelta(hours=HOURS_BEFORE), morning)
    for kind, due_at in ((DAY_BEFORE, day_before), (SAME_DAY, same_day)):
        if now < due_at < starts_at:
            yield kind, due_at


def post_reminders(
    connection: Connection,
    person: str,
    appointment: int,
    words: dict[str, str],
    starts_at: datetime,
    now: datetime,
) -> None:
    """Put the appointment's reminders into the outbox."""
    for kind, due_at in due_times(starts_at, now):
        post(
            connection,
            person,
            kind,
            words,
            now=now,
            due_at=due_at,
            useless_from=starts_at,
            appointment=appointment,
        )
