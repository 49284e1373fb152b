"""What a day offers: places to book ahead, places for people who just come."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from bot.booking.tables import slots


class Offer(NamedTuple):
    """Places of a day, in the slots that are open: `bookable` ahead, `walk_in` for others."""

    bookable: int = 0
    walk_in: int = 0


NOTHING = Offer()
Offers = dict[tuple[str, date], Offer]


@dataclass(frozen=True, slots=True)
class DayChange:
    """What a change makes of a site's day."""

    site: str
    day: date
    before: Offer
    after: Offer

    @property
    def lacks(self) -> str:
        """What nobody may have meant: a day that is open where nobody can book, or where nobody can
        just come; "" where there is no such thing, or it was so before."""
        if self.after == NOTHING:
            return ""
        new = self.before == NOTHING
        before, after = self.before._asdict(), self.after._asdict()
        lacking = (name for name in after if not after[name] and (new or before[name]))
        return next(lacking, "")


def offers(connection: Connection, now: datetime, site: str | None = None) -> Offers:
    """What each day ahead offers, today from now on."""
    rows = (
        select(
            slots.c.site,
            slots.c.day,
            func.sum(slots.c.bookable).label("bookable"),
            func.sum(slots.c.capacity - slots.c.bookable).label("walk_in"),
        )
        .where(slots.c.open, slots.c.day >= now.date(), slots.c.starts_at > now)
        .group_by(slots.c.site, slots.c.day)
    )
    if site is not None:
        rows = rows.where(slots.c.site == site)
    return {
        (row.site, row.day): Offer(int(row.bookable), int(row.walk_in))
        for row in connection.execute(rows)
    }


def day_changes(before: Offers, after: Offers) -> tuple[DayChange, ...]:
    """The days that offer something else than before, by site and day."""
    return tuple(
        DayChange(*key, before.get(key, NOTHING), after.get(key, NOTHING))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    )
