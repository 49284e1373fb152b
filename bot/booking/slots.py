"""Places in slots: take one, give one back, see what is free.

`take` is the only way a slot's count grows: one conditional UPDATE, which both databases carry out
on one row at a time. So a slot of ten is never taken eleven times, however often it is asked for.

Anyone who changes slots locks their site first (see `lock`), and only then touches what belongs to
persons: holds, appointments, waiting entries, notices, in this order. So no two ever wait for each
other on PostgreSQL; SQLite has a single writer anyway.
"""

from datetime import date, datetime, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.booking.tables import holds, returning_places, sites, slots
from dialogs.booking.protocol import DayOffer, SiteOffer, TimeOffer

RETURNS_AFTER_SECONDS = (120, 900)  # a cancelled place comes back between these
LAPSES_AFTER_SECONDS = (10, 120)  # that of a hold so long after its end
LONGEST_HOLD = timedelta(minutes=20)  # however often it is prolonged
_random = SystemRandom()

_TAKE = (
    update(slots)
    .where(slots.c.id == bindparam("slot"), slots.c.open, slots.c.taken < slots.c.bookable)
    .values(taken=slots.c.taken + 1)
)
_TAKE_AT_THE_WINDOW = (
    update(slots)
    .where(slots.c.id == bindparam("slot"), slots.c.open, slots.c.taken < slots.c.capacity)
    .values(taken=slots.c.taken + 1)
)
_AHEAD = select(slots.c.id).where(
    slots.c.site == sites.c.id, slots.c.open, slots.c.starts_at > bindparam("now")
)
_ANY_AHEAD = select(sites.c.id).where(_AHEAD.exists()).limit(1)  # one step into the index a site
_OF_SLOT = update(slots).where(slots.c.id == bindparam("slot"))
_LET_IN = _OF_SLOT.values(taken=slots.c.taken + 1)
_SET_FREE = _OF_SLOT.values(taken=slots.c.taken - 1)
_GIVE_BACK = insert(returning_places)
_LOCK = (
    select(sites.c.id)
    .join(slots, slots.c.site == sites.c.id)
    .where(slots.c.id == bindparam("slot"))
    .with_for_update(of=sites, key_share=True)
)
# Once, not once for each window: anyone who locks a row of PostgreSQL again by a version that was
# changed meanwhile queues behind those who wait for him.
_HERE = (
    select(sites.c.id, sites.c.lead_minutes, sites.c.horizon_days)
    .where(sites.c.id == bindparam("at_site"))
    .with_for_update(key_share=True)
    .cte("here")
)
_AT = (
    select(slots.c.id, slots.c.day, slots.c.starts_at, _HERE.c.lead_minutes, _HERE.c.horizon_days)
    .join(_HERE, _HERE.c.id == slots.c.site)
    .where(slots.c.starts_at == bindparam("at"))
    .order_by(slots.c.taken - slots.c.bookable, slots.c.window)
)


def lock(connection: Connection, slot: int) -> None:
    """Keep everybody else from changing the slots of this slot's site until the commit."""
    connection.execute(_LOCK, {"slot": slot})


def take(connection: Connection, slot: int, *, at_the_window: bool = False) -> bool:
    """Take one place; False when none is left or the slot is closed. `at_the_window` may also use
    the places kept for people without an appointment."""
    statement = _TAKE_AT_THE_WINDOW if at_the_window else _TAKE
    return bool(connection.execute(statement, {"slot": slot}).rowcount)


def let_in(connection: Connection, slot: int) -> None:
    """One more person, also beyond the places: who stands at the window is not sent home, and who
    was noted as not come and came has the place they booked. Their site must be locked."""
    connection.execute(_LET_IN, {"slot": slot})


def set_free(connection: Connection, slot: int) -> None:
    """The place of a person who did not come is free at once: only the window can still give it
    away. Their site must be locked."""
    connection.execute(_SET_FREE, {"slot": slot})


def give_back(
    connection: Connection, slot: int, due_at: datetime, person: str | None = None
) -> None:
    """The place is free again from `due_at` on. It was `person`'s."""
    connection.execute(_GIVE_BACK, {"slot": slot, "due_at": due_at, "person": person})


def give_back_later(
    connection: Connection, slot: int, now: datetime, person: str | None = None
) -> None:
    """The place is free again after a random while, so that it cannot be traded."""
    give_back(connection, slot, _soon_after(now, RETURNS_AFTER_SECONDS), person)


def lapsed_place_free_at(until: datetime) -> datetime:
    """When the place of a hold that ends at `until` is free for others: a random moment soon after,
    so that nobody can let it lapse for a person who waits for just that moment."""
    return _soon_after(until, LAPSES_AFTER_SECONDS)


def reclaim(connection: Connection, slot: int, now: datetime) -> int:
    """Count the places of lapsed holds and due returns as free again. How many they were. Their
    site must be locked."""
    lapsed = delete(holds).where(holds.c.slot == slot, holds.c.free_at <= now)
    due = delete(returning_places).where(
        returning_places.c.slot == slot, returning_places.c.due_at <= now
    )
    freed = connection.execute(lapsed).rowcount + connection.execute(due).rowcount
    if freed:
        less = update(slots).where(slots.c.id == slot).values(taken=slots.c.taken - freed)
        connection.execute(less)
    return freed


def slots_at(connection: Connection, site: str, starts_at: datetime, now: datetime) -> list[int]:
    """The slots of all windows that start then and may be booked now, the emptiest first. Locks
    their site."""
    rows = connection.execute(_AT, {"at_site": site, "at": starts_at}).all()
    return [row.id for row in rows if in_reach(row, now)]


def in_reach(slot: Any, now: datetime) -> bool:
    """Whether a slot (with its site's lead time and horizon) may be booked now: neither too soon
    nor too far ahead."""
    soonest = now + timedelta(minutes=slot.lead_minutes)
    farthest = now.date() + timedelta(days=slot.horizon_days)
    return bool(slot.starts_at >= soonest and slot.day <= farthest)


def any_ahead(connection: Connection, now: datetime) -> bool:
    """Whether any window has published times that are still to come, free or not."""
    return connection.scalar(_ANY_AHEAD, {"now": now}) is not None


def open_days(
    connection: Connection, site: str, now: datetime, person: str = ""
) -> tuple[DayOffer, ...]:
    """The days with slots at a site, full ones included, as far as one can book now. What
    `person` holds counts as free for them."""
    first, last = _reach(connection, site, now)
    query = (
        select(slots.c.day, func.sum(_free_places(now, person)).label("free"))
        .where(*_within(site, first, last))
        .group_by(slots.c.day)
        .order_by(slots.c.day)
    )
    return tuple(DayOffer(row.day, int(row.free)) for row in connection.execute(query))


def open_times(
    connection: Connection, site: str, day: date, now: datetime, person: str = ""
) -> tuple[TimeOffer, ...]:
    """The times of a day that one can book now, full ones included, over all windows. What
    `person` holds counts as free for them."""
    first, last = _reach(connection, site, now)
    query = (
        select(
            slots.c.starts_at,
            func.min(slots.c.ends_at).label("ends_at"),
            func.sum(_free_places(now, person)).label("free"),
        )
        .where(*_within(site, first, last), slots.c.day == day)
        .group_by(slots.c.starts_at)
        .order_by(slots.c.starts_at)
    )
    rows = connection.execute(query)
    return tuple(TimeOffer(row.starts_at, row.ends_at, int(row.free)) for row in rows)


def open_sites(
    connection: Connection,
    now: datetime,
    person: str = "",
    first: date | None = None,
    last: date | None = None,
) -> tuple[SiteOffer, ...]:
    """The sites with free places between these days, each with its first such day: the earliest
    first, of one day the emptiest. What `person` holds counts as free for them."""
    free = func.sum(_free_places(now, person))
    found: dict[str, SiteOffer] = {}
    for ids, soonest, farthest in _reaches(connection, now):
        until = min(farthest, last) if last else farthest
        query = (
            select(slots.c.site, slots.c.day, free.label("free"))
            .where(*_within(ids, soonest, until), slots.c.day >= (first or now.date()))
            .group_by(slots.c.site, slots.c.day)
            .having(free > 0)
            .order_by(slots.c.day)
        )
        for row in connection.execute(query):
            found.setdefault(row.site, SiteOffer(row.site, row.day, int(row.free)))
    return tuple(sorted(found.values(), key=lambda one: (one.day, -one.free, one.site)))


def _reaches(connection: Connection, now: datetime) -> list[tuple[list[str], datetime, date]]:
    """The sites that can be booked from and until the same moment, with these."""
    rows = connection.execute(select(sites.c.id, sites.c.lead_minutes, sites.c.horizon_days))
    alike: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        alike.setdefault((row.lead_minutes, row.horizon_days), []).append(row.id)
    return [
        (ids, now + timedelta(minutes=lead), now.date() + timedelta(days=horizon))
        for (lead, horizon), ids in alike.items()
    ]


def _soon_after(moment: datetime, seconds: tuple[int, int]) -> datetime:
    """To the microsecond, or anyone who tries every second would hit it."""
    first, last = (second * 1_000_000 for second in seconds)
    return moment + timedelta(microseconds=_random.randint(first, last))


def _free_places(now: datetime, person: str) -> ColumnElement[int]:
    """Places one would get: lapsed holds and due returns count as free, swept or not, and one's
    own hold as long as it can be prolonged."""
    prolonged = or_(holds.c.until > now, holds.c.since > now - LONGEST_HOLD)
    own = and_(holds.c.person == person, prolonged)
    lapsed = (
        select(func.count())
        .where(holds.c.slot == slots.c.id, or_(holds.c.free_at <= now, own))
        .correlate(slots)
        .scalar_subquery()
    )
    due = (
        select(func.count())
        .where(returning_places.c.slot == slots.c.id, returning_places.c.due_at <= now)
        .correlate(slots)
        .scalar_subquery()
    )
    free = slots.c.bookable - slots.c.taken + lapsed + due
    return case((free > 0, free), else_=0)


def _within(site: str | list[str], first: datetime, last: date) -> tuple[ColumnElement[bool], ...]:
    there = slots.c.site == site if isinstance(site, str) else slots.c.site.in_(site)
    return (there, slots.c.open, slots.c.starts_at >= first, slots.c.day <= last)


def _reach(connection: Connection, site: str, now: datetime) -> tuple[datetime, date]:
    query = select(sites.c.lead_minutes, sites.c.horizon_days).where(sites.c.id == site)
    row = connection.execute(query).one()
    first = now + timedelta(minutes=row.lead_minutes)
    return first, now.date() + timedelta(days=row.horizon_days)
