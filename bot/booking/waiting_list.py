"""The waiting lists as the staff see them: who waits where, since when, and for which days."""

from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from bot.booking.tables import holds, notices, sites, slots, waiting_entries
from bot.booking.waiting import OFFERED


def in_line(connection: Connection) -> tuple[Row[Any], ...]:
    """Everyone who waits, those of a site together, the longest waiting first: with the place that
    is offered, and what became of the notice of it."""
    entry = waiting_entries.c
    latest = (
        select(func.max(notices.c.id).label("id"))
        .where(notices.c.kind == OFFERED)
        .group_by(notices.c.person, notices.c.useless_from)
        .subquery()
    )
    of_offer = select(notices).where(notices.c.id.in_(select(latest.c.id))).subquery()
    place = and_(holds.c.person == entry.person, entry.offered_until.is_not(None))
    told = and_(of_offer.c.person == entry.person, of_offer.c.useless_from == entry.offered_until)
    query = (
        select(
            waiting_entries,
            sites.c.title,
            slots.c.starts_at,
            of_offer.c.state.label("told"),
            of_offer.c.way,
            of_offer.c.error,
        )
        .join(sites, sites.c.id == entry.site)
        .outerjoin(holds, place)
        .outerjoin(slots, slots.c.id == holds.c.slot)
        .outerjoin(of_offer, told)
        .order_by(entry.site, entry.since, entry.person)
    )
    return tuple(connection.execute(query))
