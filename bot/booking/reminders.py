"""When an appointment's reminders are due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from bot.outbox.posting import post

DAY_BEFORE = "day_before"
SAME_DAY = "same_day"
EVENING = time(18)
MORNING, NIGHT = time(7), time(22)  # between the two nobody is woken
HOURS_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is told from `due_at` on, and no later than `useless_from`."""

    kind: str
    due_at: datetime
    useless_from: datetime


def reminders(starts_at: datetime, now: datetime) -> Iterator[Reminder]:
    """Those still ahead: in the evening before, which is worth nothing at night, when "tomorrow"
    soon is no longer true; and two hours before, not too early.

    >>> from datetime import UTC
    >>> for one in reminders(datetime(2026, 11, 24, 8, tzinfo=UTC),
    ...                      datetime(2026, 11, 23, 10, tzinfo=UTC)):
    ...     print(one.kind, one.due_at, "till", one.useless_from)
    day_before 2026-11-23 18:00:00+00:00 till 2026-11-23 22:00:00+00:00
    same_day 2026-11-24 07:00:00+00:00 till 2026-11-24 08:00:00+00:00
    """
    before = starts_at - timedelta(days=1)
    both = (
        Reminder(DAY_BEFORE, _on(before, EVENING), _on(before, NIGHT)),
        Reminder(SAME_DAY, by_day(starts_at - timedelta(hours=HOURS_BEFORE)), starts_at),
    )
    return (one for one in both if now < one.due_at < starts_at)


def by_day(moment: datetime) -> datetime:
    """The moment, or the morning after it if it lies in the night.

    >>> str(by_day(datetime(2026, 11, 23, 22, 5))), str(by_day(datetime(2026, 11, 23, 6, 0)))
    ('2026-11-24 07:00:00', '2026-11-23 07:00:00')
    >>> str(by_day(datetime(2026, 11, 23, 21, 59)))
    '2026-11-23 21:59:00'
    """
    if MORNING <= moment.time() < NIGHT:
        return moment
    return _on(moment + timedelta(days=int(moment.time() >= NIGHT)), MORNING)


def _on(day: datetime, hour: time) -> datetime:
    return datetime.combine(day.date(), hour, tzinfo=day.tzinfo)


def post_reminders(
    connection: Connection,
    person: str,
    appointment: int,
    words: dict[str, str],
    starts_at: datetime,
    now: datetime,
) -> None:
    """Put the appointment's reminders into the outbox."""
    for one in reminders(starts_at, now):
        post(
            connection,
            person,
            one.kind,
            words,
            now=now,
            due_at=one.due_at,
            useless_from=one.useless_from,
            appointment=appointment,
        )
