"""The waiting list of a site: anyone who waits longest is offered the next place, for a while.

An offer that is let pass ends the waiting. One of which no notice arrived (none was allowed, or
none got through) was not let pass: the place goes to the next, and its person keeps their place in
the line, and is asked again once they look in: nobody shall wait for those who cannot be told.
Whether a notice arrived or not, the offer stands under 我的预约, and with every reply.
"""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    and_,
    bindparam,
    delete,
    or_,
    select,
    update,
)

from bot.booking.holds import drop, keep_if_none, release
from bot.booking.reminders import by_day
from bot.booking.slots import give_back, in_reach, lock, take
from bot.booking.tables import holds, notices, sites, slots, waiting_entries
from bot.models.notice import DELIVERED
from bot.outbox.posting import post
from bot.pace import Pace
from bot.upsert import insert_if_new
from dialogs.booking.protocol import Held, Waiting

OFFER = timedelta(minutes=60)
DAY_BEGINS, DAY_ENDS = time(8), time(20)  # an offer of the night lasts into the morning
OFFERED = "offer"

_LEAVE = delete(waiting_entries).where(waiting_entries.c.person == bindparam("whose"))


def join(connection: Connection, person: str, site: str, now: datetime) -> Waiting:
    """Wait for any place at the site within its horizon. Replaces an earlier entry, but asking
    again for the same site keeps one's place in the line, unless an offer was let pass."""
    look_in(connection, person, now)
    days = connection.execute(select(sites.c.horizon_days).where(sites.c.id == site)).scalar_one()
    first, last = now.date(), now.date() + timedelta(days=days)
    same = update(waiting_entries).where(
        waiting_entries.c.person == person,
        waiting_entries.c.site == site,
        or_(waiting_entries.c.offered_until.is_(None), waiting_entries.c.offered_until > now),
    )
    longer = same.values(last_day=last)
    if not connection.execute(longer).rowcount:
        leave(connection, person)
        insert_if_new(
            connection,
            waiting_entries,
            person=person,
            site=site,
            first_day=first,
            last_day=last,
            since=now,
        )
    return Waiting(site, first, last)


def look_in(connection: Connection, person: str, now: datetime) -> None:
    """The person is here: an offer of which they never heard does not keep them from the next."""
    mine = waiting_entries.c.person == person
    _keep_unheard(connection, now, mine)
    connection.execute(update(waiting_entries).where(mine).values(unheard_at=None))


def leave(connection: Connection, person: str) -> None:
    """Wait no longer. A place already offered stays held until the offer ends."""
    connection.execute(_LEAVE, {"whose": person})


def give_up(connection: Connection, person: str, now: datetime) -> None:
    """Wait no longer, and give the place back that is offered; one held by choice is kept."""
    offered = select(waiting_entries.c.person).where(
        waiting_entries.c.person == person, waiting_entries.c.offered_until > now
    )
    if connection.execute(offered).first():
        release(connection, person, now)
    leave(connection, person)


def mine(connection: Connection, person: str, now: datetime, held: Held | None) -> Waiting | None:
    """The person's entry; `held` is their present hold, which is the offer if there is one."""
    query = select(waiting_entries, _was_told().label("told")).where(
        waiting_entries.c.person == person, waiting_entries.c.last_day >= now.date()
    )
    row = connection.execute(query).first()
    lapsed = row is not None and row.offered_until and row.offered_until <= now
    if row is None or (lapsed and row.told):
        return None
    offer = held if row.offered_until and not lapsed else None
    unheard = bool(lapsed or row.unheard_at)
    return Waiting(row.site, row.first_day, row.last_day, offer, unheard)


def offer(connection: Connection, slot: int, now: datetime) -> int:
    """Offer the free places of a slot to those who wait for one there. How many were offered."""
    lock(connection, slot)
    query = select(slots, sites.c.title, sites.c.lead_minutes, sites.c.horizon_days)
    query = query.join(sites, sites.c.id == slots.c.site).where(slots.c.id == slot)
    row = connection.execute(query).one()
    made = 0
    for person in _in_line(connection, row):
        if not in_reach(row, now) or not take(connection, slot):
            break
        until = min(_ends(now), row.starts_at)
        if not keep_if_none(connection, person, slot, now, until):
            give_back(connection, slot, now)  # they hold something since a moment ago
            continue
        if not _mark(connection, person, until):
            drop(connection, person)  # they wait no longer since a moment ago
            give_back(connection, slot, now)
            continue
        _tell(connection, person, row, until, now)
        made += 1
    return made


def wanted(connection: Connection, now: datetime) -> list[int]:
    """The slots with free places that a person waits for."""
    query = (
        select(slots.c.id)
        .join(waiting_entries, waiting_entries.c.site == slots.c.site)
        .where(slots.c.open, slots.c.taken < slots.c.bookable, slots.c.starts_at > now)
        .where(slots.c.day.between(waiting_entries.c.first_day, waiting_entries.c.last_day))
        .where(_may_be_asked())
        .distinct()
        .order_by(slots.c.id)
    )
    return list(connection.execute(query).scalars())


def end_lapsed(engine: Engine, now: datetime, pace: Pace) -> int:
    """Remove entries whose offer was let pass, or whose days are over. How many offers and entries
    ended."""
    person = waiting_entries.c.person
    over = or_(waiting_entries.c.offered_until <= now, waiting_entries.c.last_day < now.date())

    def end_them(connection: Connection, people: list[str]) -> int:
        kept = _keep_unheard(connection, now, person.in_(people))
        gone = delete(waiting_entries).where(over, person.in_(people))
        return kept + connection.execute(gone).rowcount

    return pace.change(engine, select(person).where(over), end_them)


def _in_line(connection: Connection, slot: Row[Any]) -> list[str]:
    """Who waits for this slot and holds nothing, the longest waiting first."""
    deciding = select(holds.c.person)
    query = (
        select(waiting_entries.c.person)
        .where(waiting_entries.c.site == slot.site, _may_be_asked())
        .where(waiting_entries.c.first_day <= slot.day, waiting_entries.c.last_day >= slot.day)
        .where(waiting_entries.c.person.not_in(deciding))
        .order_by(waiting_entries.c.since, waiting_entries.c.person)
    )
    return list(connection.execute(query).scalars())


def _keep_unheard(connection: Connection, now: datetime, whose: ColumnElement[bool]) -> int:
    lapsed = waiting_entries.c.offered_until <= now
    these = update(waiting_entries).where(lapsed, ~_was_told(), whose)
    return connection.execute(these.values(offered_until=None, unheard_at=now)).rowcount


def _was_told() -> ColumnElement[bool]:
    """Whether the notice of the present offer arrived, as a condition of a query."""
    return (
        select(notices.c.id)
        .where(
            notices.c.person == waiting_entries.c.person,
            notices.c.kind == OFFERED,
            notices.c.useless_from == waiting_entries.c.offered_until,
            notices.c.state == DELIVERED,
        )
        .exists()
    )


def _may_be_asked() -> ColumnElement[bool]:
    entry = waiting_entries.c
    return and_(entry.offered_until.is_(None), entry.unheard_at.is_(None))


def _ends(now: datetime) -> datetime:
    if DAY_BEGINS <= now.time() < DAY_ENDS:
        return now + OFFER
    morning = now.date() + timedelta(days=int(now.time() >= DAY_ENDS))
    return datetime.combine(morning, DAY_BEGINS, tzinfo=now.tzinfo) + OFFER


def _mark(connection: Connection, person: str, until: datetime) -> bool:
    """Note the offer in the line; False when the person is not in it any more."""
    entry = update(waiting_entries).where(waiting_entries.c.person == person)
    return bool(connection.execute(entry.values(offered_until=until)).rowcount)


def _tell(
    connection: Connection, person: str, slot: Row[Any], until: datetime, now: datetime
) -> None:
    words = {
        "site": slot.title,
        "starts_at": slot.starts_at.isoformat(),
        "until": until.isoformat(),
    }
    post(connection, person, OFFERED, words, now=now, due_at=by_day(now), useless_from=until)
