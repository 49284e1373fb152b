"""Keeping a place for a person who still has to confirm."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, null, select, type_coerce, update

from bot.booking import waiting
from bot.booking.holds import keep
from bot.booking.slots import LONGEST_HOLD, lapsed_place_free_at, reclaim, slots_at, take
from bot.booking.tables import holds, returning_places, slots
from bot.models.base import Moment
from dialogs.booking.protocol import Full, Held, TooOften

HOLD_MINUTES = 10
MOST_LET_GO = 8  # places one person may have on their way back, by changing, moving or cancelling

# The person's hold, and without `since` the places they let go that are still on their way back.
_OWN = (
    select(holds.c.slot, holds.c.since, holds.c.until)
    .where(holds.c.person == bindparam("whose"))
    .union_all(
        select(
            returning_places.c.slot,
            type_coerce(null(), Moment).label("since"),
            returning_places.c.due_at,
        ).where(
            returning_places.c.person == bindparam("whose"),
            returning_places.c.due_at > bindparam("now"),
        )
    )
)
_CONSUME = (
    delete(holds)
    .where(
        holds.c.person == bindparam("whose"),
        holds.c.until > bindparam("now"),
        holds.c.slot.in_(
            select(slots.c.id).where(
                slots.c.site == bindparam("where"),
                slots.c.starts_at == bindparam("at"),
                slots.c.starts_at > bindparam("now"),
                slots.c.open,
            )
        ),
    )
    .returning(holds.c.slot)
)


def hold(
    connection: Connection, person: str, site: str, starts_at: datetime, now: datetime
) -> Held | Full | TooOften:
    """Keep a place for `HOLD_MINUTES`, in whichever window has the most room. It replaces the
    person's earlier hold; asking for the same place again only prolongs it, even when it has just
    lapsed, to at most `LONGEST_HOLD` from its first moment: a hold is no way to keep a place for
    sale. Anyone who has `MOST_LET_GO` places on their way back gets no other one, otherwise who
    changes their mind all the time would keep a whole day from others; what they hold stays."""
    until = now + timedelta(minutes=HOLD_MINUTES)
    candidates = slots_at(connection, site, starts_at, now)
    theirs = connection.execute(_OWN, {"whose": person, "now": now}).all()
    own = next((row for row in theirs if row.since), None)
    if own and own.slot in candidates:
        # An offer of the waiting list lasts longer.
        longest = max(own.until, min(until, own.since + LONGEST_HOLD))
        if longest > now and _prolong(connection, person, own.slot, longest):
            return Held(site, starts_at, longest)
    if sum(row.since is None for row in theirs) >= MOST_LET_GO:
        return TooOften(current(connection, person, now))
    for slot in candidates:
        if take(connection, slot) or _take_returned(connection, slot, now):
            keep(connection, person, slot, now, until)
            return Held(site, starts_at, until)
    return Full()


def consume(
    connection: Connection, person: str, site: str, starts_at: datetime, now: datetime
) -> int | None:
    """Turn the person's hold into a place of their own: the slot, or None if the hold lapsed, was
    for another time, or the slot was closed meanwhile or has begun."""
    values = {"whose": person, "where": site, "at": starts_at, "now": now}
    return connection.execute(_CONSUME, values).scalar()


def current(connection: Connection, person: str, now: datetime) -> Held | None:
    """The person's hold, if it has not lapsed."""
    query = (
        select(slots.c.site, slots.c.starts_at, holds.c.until)
        .join(holds, holds.c.slot == slots.c.id)
        .where(holds.c.person == person, holds.c.until > now, slots.c.open)
    )
    row = connection.execute(query).first()
    return None if row is None else Held(row.site, row.starts_at, row.until)


def _take_returned(connection: Connection, slot: int, now: datetime) -> bool:
    """Places that came back belong first to those who wait for one."""
    if not reclaim(connection, slot, now):
        return False
    waiting.offer(connection, slot, now)
    return take(connection, slot)


def _prolong(connection: Connection, person: str, slot: int, until: datetime) -> bool:
    mine = update(holds).where(holds.c.person == person, holds.c.slot == slot)
    longer = mine.values(until=until, free_at=lapsed_place_free_at(until))
    return bool(connection.execute(longer).rowcount)
