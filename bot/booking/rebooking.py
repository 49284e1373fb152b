"""Another time for a person whose window closed: a place is kept for them, and they are told.

The place is an ordinary hold, so one tap in the chat or on the page moves the appointment there,
and a place nobody wants comes back by itself. Anyone who is choosing a time at this moment is left
alone.
"""

from datetime import datetime, timedelta
from enum import Enum
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.booking.aftermath import REBOOK
from bot.booking.holds import keep_if_none, release
from bot.booking.queries import query
from bot.booking.reminders import MORNING, NIGHT, by_day
from bot.booking.slots import give_back, lock, take
from bot.booking.tables import appointments, holds, notices, sites, slots
from bot.models.appointment import BOOKED
from bot.models.notice import DROPPED, WAITING
from bot.outbox.posting import post

KEPT = timedelta(hours=24)  # so long one may think it over
SPARE = timedelta(hours=2)  # between the end of the offer and the time itself
LEAST = timedelta(hours=3)  # an offer that ends sooner reaches nobody in time
MOST_TRIED = 20  # slots that others take at this very moment


class Outcome(Enum):
    """What came of an offer."""

    MADE = "made"
    FULL = "full"  # nothing is free there in time
    CHOOSING = "choosing"  # the person holds a place of their own choice
    NOBODY = "nobody"  # moved or cancelled meanwhile, or without WeChat: call them


def offer_time(connection: Connection, appointment: int, site: str, now: datetime) -> Outcome:
    """Keep the first free place of `site` for the person of this appointment, and tell them."""
    row = _closed(connection, appointment, now)
    if row is None or not row.person:
        return Outcome.NOBODY
    if _is_choosing(connection, row, now):
        return Outcome.CHOOSING
    slot = _take_first(connection, site, now)
    if slot is None:
        return Outcome.FULL
    until = _until(slot.starts_at, now)
    _end_earlier(connection, row, now)
    if not keep_if_none(connection, row.person, slot.id, now, until):
        give_back(connection, slot.id, now)
        return Outcome.CHOOSING
    told = {"site": slot.title, "starts_at": slot.starts_at.isoformat(), "code": row.code}
    post(
        connection,
        row.person,
        REBOOK,
        told | {"until": until.isoformat()},
        now=now,
        due_at=by_day(now),
        useless_from=until,
        appointment=appointment,
    )
    return Outcome.MADE


def _until(starts_at: datetime, now: datetime) -> datetime:
    """When the offer of a place ends: by day, for nobody answers in the night.

    >>> now = datetime(2026, 11, 23, 15)
    >>> str(_until(datetime(2026, 11, 25, 9), now)), str(_until(datetime(2026, 11, 24, 8, 30), now))
    ('2026-11-24 15:00:00', '2026-11-23 22:00:00')
    """
    until = min(by_day(now + KEPT), starts_at - SPARE)
    if until.time() >= MORNING:
        return until
    return datetime.combine(until.date() - timedelta(days=1), NIGHT, tzinfo=until.tzinfo)


def offers(connection: Connection) -> dict[str, Row[Any]]:
    """The places kept for people whose window closed, by person: where, when, until when."""
    closed = select(slots.c.id).where(slots.c.open.is_(False))
    theirs = select(appointments.c.person).where(
        appointments.c.state == BOOKED, appointments.c.slot.in_(closed)
    )
    kept = (
        select(holds.c.person, holds.c.until, slots.c.starts_at, sites.c.title)
        .join(slots, slots.c.id == holds.c.slot)
        .join(sites, sites.c.id == slots.c.site)
        .where(holds.c.person.in_(theirs))
    )
    rows: list[Any] = list(connection.execute(kept))
    return {row.person: row for row in rows}


def _closed(connection: Connection, appointment: int, now: datetime) -> Row[Any] | None:
    """The appointment, while it is booked, ahead, and its window closed."""
    still = query().where(
        appointments.c.id == appointment,
        appointments.c.state == BOOKED,
        slots.c.open.is_(False),
        slots.c.starts_at > now,
    )
    return connection.execute(still).first()


def _take_first(connection: Connection, site: str, now: datetime) -> Any:
    """The first slot of the site that leaves time to answer, with a place of it taken; None without
    one. Places kept for walk-ins are not offered."""
    free = (
        select(slots.c.id, slots.c.starts_at, sites.c.title)
        .join(sites, sites.c.id == slots.c.site)
        .where(slots.c.site == site, slots.c.open, slots.c.taken < slots.c.bookable)
        .where(slots.c.starts_at > by_day(now) + LEAST + SPARE)
        .order_by(slots.c.starts_at, slots.c.taken - slots.c.bookable, slots.c.window)
    )
    soon_enough = by_day(now) + LEAST
    in_time = (one for one in connection.execute(free) if _until(one.starts_at, now) >= soon_enough)
    for slot in list(islice(in_time, MOST_TRIED)):
        lock(connection, slot.id)
        if take(connection, slot.id):
            return slot
    return None


def withdraw(connection: Connection, row: Row[Any], now: datetime) -> None:
    """The window is open again: nobody needs the place that was kept, and others may."""
    if row.person:
        _end_earlier(connection, row, now)


def _is_choosing(connection: Connection, row: Row[Any], now: datetime) -> bool:
    """Whether the person holds a place that no offer kept for them."""
    until = connection.scalar(select(holds.c.until).where(holds.c.person == row.person))
    if until is None or until <= now:
        return False
    of_offer = select(notices.c.useless_from).where(
        notices.c.appointment == row.id, notices.c.kind == REBOOK
    )
    return until not in set(connection.scalars(of_offer))


def _end_earlier(connection: Connection, row: Row[Any], now: datetime) -> None:
    """An earlier offer gives way to this one: its place returns, and its notice is dropped."""
    if not _is_choosing(connection, row, now):
        release(connection, row.person, now)
    waiting = update(notices).where(
        notices.c.appointment == row.id, notices.c.kind == REBOOK, notices.c.state == WAITING
    )
    connection.execute(waiting.values(state=DROPPED, claimed_until=None, ended_at=now))
