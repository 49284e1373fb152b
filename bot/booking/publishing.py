"""What the office entered makes a site's calendar, and that makes its slots."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.booking.calendar import Calendar, ExtraDay, PlannedSlot, WeeklyRule
from bot.booking.closures import closures_at
from bot.booking.holds import release
from bot.booking.holidays import known_years
from bot.booking.rule_rows import hours_of
from bot.booking.tables import (
    extra_days,
    holds,
    sites,
    slots,
    special_days,
    weekly_rules,
)

_Key = tuple[datetime, str]  # when a slot starts, and its window


@dataclass(frozen=True, slots=True)
class Published:
    """How many slots were opened, closed or changed in size."""

    opened: int = 0
    closed: int = 0
    changed: int = 0

    def counts(self) -> dict[str, int]:
        """The same by name; empty if nothing."""
        done = {"opened": self.opened, "closed": self.closed, "changed": self.changed}
        return {name: count for name, count in done.items() if count}

    def __add__(self, other: "Published") -> "Published":
        return Published(
            self.opened + other.opened, self.closed + other.closed, self.changed + other.changed
        )


def publish(connection: Connection, site: str, now: datetime) -> Published:
    """Open, close and resize the site's future slots as its calendar says, up to its horizon.

    Appointments are never touched: one in a slot that closes stays, and is seen to be closed.
    """
    horizon = lock_sites(connection, site)[site]
    future = select(slots).where(slots.c.site == site, slots.c.starts_at > now)
    present = {
        (row.starts_at, row.window): row
        for row in connection.execute(future.order_by(slots.c.starts_at, slots.c.window))
    }
    last = now.date() + timedelta(days=horizon)
    last = max(last, *(row.day for row in present.values())) if present else last
    plan = _plan(_calendar(connection, site), now, last)
    done = Published()
    for key, row in present.items():
        done += _adjust(connection, row, plan.get(key), now)
    return done + _open(connection, site, {key: plan[key] for key in plan.keys() - present.keys()})


def publish_all(connection: Connection, now: datetime) -> Published:
    """Publish every site's slots. All sites are locked before the first hold is touched."""
    every = lock_sites(connection)
    return sum((publish(connection, site, now) for site in every), Published())


def lock_sites(connection: Connection, site: str | None = None) -> dict[str, int]:
    """Lock a site, or all, see `bot.booking.slots`. How many days ahead each publishes."""
    these = select(sites.c.id, sites.c.horizon_days).order_by(sites.c.id)
    if site is not None:
        these = these.where(sites.c.id == site)
    rows = connection.execute(these.with_for_update(key_share=True))
    return {row.id: row.horizon_days for row in rows}


def _calendar(connection: Connection, site: str) -> Calendar:
    """All that decides this site's slots, as the office entered it."""
    rules = connection.execute(
        select(weekly_rules).where(weekly_rules.c.site == site).order_by(weekly_rules.c.id)
    )
    extras = connection.execute(
        select(extra_days).where(extra_days.c.site == site).order_by(extra_days.c.id)
    )
    known = connection.execute(select(special_days.c.day, special_days.c.working))
    return Calendar(
        tuple(
            WeeklyRule(row.weekday, hours_of(row), row.starts_on, row.ends_on, row.every_weeks)
            for row in rules
        ),
        tuple(closures_at(connection, site)),
        tuple(ExtraDay(row.day, hours_of(row)) for row in extras),
        {row.day: row.working for row in known},
        known_years(connection),
    )


def _plan(calendar: Calendar, now: datetime, last: date) -> dict[_Key, PlannedSlot]:
    days = (now.date() + timedelta(days=n) for n in range((last - now.date()).days + 1))
    plan = {
        (datetime.combine(day, slot.starts, tzinfo=now.tzinfo), slot.window): slot
        for day in days
        for slot in calendar.plan(day)
    }
    return {key: slot for key, slot in plan.items() if key[0] > now}


def _open(connection: Connection, site: str, new: dict[_Key, PlannedSlot]) -> Published:
    """Slots that are not there yet, all in one statement: a county may open ten thousand at once.
    Nobody else makes any meanwhile: the site is locked."""
    rows = [
        {
            "site": site,
            "window": window,
            "day": starts_at.date(),
            "starts_at": starts_at,
            "ends_at": _end(starts_at, slot),
            "capacity": slot.capacity,
            "bookable": slot.bookable,
            "taken": 0,
            "open": True,
        }
        for (starts_at, window), slot in sorted(new.items(), key=lambda one: one[0])
    ]
    if rows:
        connection.execute(insert(slots), rows)
    return Published(opened=len(rows))


def _adjust(
    connection: Connection, row: Row[Any], slot: PlannedSlot | None, now: datetime
) -> Published:
    this = update(slots).where(slots.c.id == row.id)
    if slot is None:
        if not row.open:
            return Published()
        connection.execute(this.values(open=False))
        _release_holds(connection, row.id, now)
        return Published(closed=1)
    sizes = (_end(row.starts_at, slot), slot.capacity, slot.bookable)
    if row.open and (row.ends_at, row.capacity, row.bookable) == sizes:
        return Published()
    ends_at, capacity, bookable = sizes
    new = this.values(open=True, ends_at=ends_at, capacity=capacity, bookable=bookable)
    connection.execute(new)
    return Published(opened=int(not row.open), changed=int(row.open))


def _release_holds(connection: Connection, slot: int, now: datetime) -> None:
    """On PostgreSQL this also waits for anyone who is confirming at this moment, so that what comes
    after it sees them, and tells them that their window is closed."""
    held = select(holds.c.person).where(holds.c.slot == slot)
    for person in connection.execute(held).scalars().all():
        release(connection, person, now)


def _end(starts_at: datetime, slot: PlannedSlot) -> datetime:
    return datetime.combine(starts_at.date(), slot.ends, tzinfo=starts_at.tzinfo)
