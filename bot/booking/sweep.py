"""What time alone makes necessary, done by the worker again and again.

Nothing depends on it for being right: a lapsed hold never confirms, and its place is taken by
the one who comes first, swept or not. It keeps counts fresh and lets the waiting list move.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, func, select

from bot.booking import waiting
from bot.booking.appointments import close_all_past
from bot.booking.holidays import known_years, load_special_days, missing_year
from bot.booking.publishing import Published, publish
from bot.booking.sites import all_sites
from bot.booking.slots import lock, reclaim
from bot.booking.tables import holds, returning_places, waiting_entries
from bot.database import reading, writing
from bot.pace import Pace


@dataclass(frozen=True, slots=True)
class Sweep:
    """What was done: places counted free again, waiting people offered one, appointments of earlier
    days closed."""

    freed: int
    offered: int
    past: int

    def counts(self) -> dict[str, int]:
        """What was done, by name; empty if nothing."""
        done = {"freed": self.freed, "offered": self.offered, "past": self.past}
        return {name: count for name, count in done.items() if count}


def sweep(engine: Engine, now: datetime, pace: Pace | None = None) -> Sweep:
    """Do all of it, one slot at a time in short transactions, so that nobody waits long and no two
    of them wait for each other."""
    pace = pace or Pace()
    with reading(engine) as connection:
        slots = _slots_with_returns(connection, now)
    freed = offered = 0
    for slot in pace.each(slots):
        with writing(engine) as connection:  # both at once: who waits comes before passers-by
            lock(connection, slot)
            freed += reclaim(connection, slot, now)
            offered += waiting.offer(connection, slot, now)
    waiting.end_lapsed(engine, now, pace)
    with reading(engine) as connection:
        wanted = waiting.wanted(connection, now)
    for slot in pace.each(wanted):
        with writing(engine) as connection:
            offered += waiting.offer(connection, slot, now)
    return Sweep(freed=freed, offered=offered, past=close_all_past(engine, now, pace))


def publish_ahead(engine: Engine, now: datetime) -> Published:
    """Load the holidays of this year and the next as far as they are known, and publish slots."""
    with writing(engine) as connection:
        for year in (now.year, now.year + 1):
            if year not in known_years(connection):  # or a removed holiday would come back
                load_special_days(connection, year)
        ids = [row.id for row in all_sites(connection)]
    done = Published()
    for site in ids:
        with writing(engine) as connection:
            done += publish(connection, site, now)
    return done


def holidays_missing(engine: Engine, now: datetime) -> int | None:
    """The year whose holidays must be entered now, see `holidays.missing_year`."""
    with reading(engine) as connection:
        return missing_year(known_years(connection), now.date())


def due(engine: Engine, now: datetime) -> dict[str, int]:
    """How much there is to sweep, without sweeping."""
    with reading(engine) as connection:
        return {
            "lapsed_holds": _count(connection, holds.c.free_at, now),
            "returning_places": _count(connection, returning_places.c.due_at, now),
            "lapsed_offers": _count(connection, waiting_entries.c.offered_until, now),
        }


def _slots_with_returns(connection: Connection, now: datetime) -> list[int]:
    lapsed = select(holds.c.slot).where(holds.c.free_at <= now)
    due = select(returning_places.c.slot).where(returning_places.c.due_at <= now)
    return sorted(connection.execute(lapsed.union(due)).scalars())


def _count(connection: Connection, column: Column[Any], now: datetime) -> int:
    return int(connection.execute(select(func.count()).where(column <= now)).scalar_one())
