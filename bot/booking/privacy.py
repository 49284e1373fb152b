"""A person's data at the desk: shown, forgotten, blanked when it is old."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, Table, Update, and_, delete, select, update

import bot.outbox.privacy  # noqa: F401 - registered before, so asked to forget after this one
from bot.booking import waiting
from bot.booking.appointments import cancel_row
from bot.booking.holds import release
from bot.booking.queries import active_row, query, standing
from bot.booking.tables import (
    appointments,
    holds,
    notices,
    returning_places,
    sites,
    slots,
    waiting_entries,
)
from bot.clock import now as present
from bot.pace import Pace
from bot.people import Holder, hold, record
from bot.sweep_limit import SweepLimit

_INDEXES = ("name_index", "phone_index", "phone_tail_index")
_NOBODY = dict.fromkeys(("person", "name", "phone", "phone_agreed_at", *_INDEXES))


def forget(connection: Connection, person: str) -> None:
    """Cancel what is booked and delete who it was. The bare appointment stays for the counts."""
    now = present()
    release(connection, person, now)
    row = active_row(connection, person)
    if row is not None:
        cancel_row(connection, row, now)
    waiting.leave(connection, person)
    release(connection, person, now)  # the place offered while the line above waited for the sweep
    let_go = update(returning_places).where(returning_places.c.person == person)
    connection.execute(let_go.values(person=None))
    connection.execute(_blanking(now).where(appointments.c.person == person))


def show(connection: Connection, person: str) -> object:
    """What is and was booked, the place that is held, those let go, the place in the line."""
    kept = {
        "appointments": _appointments(connection, person),
        "held": _places(connection, holds, person),
        "let_go": _places(connection, returning_places, person),
        "waiting": _waiting(connection, person),
    }
    return kept if any(kept.values()) else None


def _appointments(connection: Connection, person: str) -> list[dict[str, object]]:
    own = ("id", "person", "slot", "served_by", *_INDEXES)
    of_the_queue = ("walk_in", "called_to", "called_at", "calls", "passed_at", "told_at")
    of_the_office = ("day", "open", "title", "address", "telephone", "sample")
    mine = query().where(appointments.c.person == person).order_by(slots.c.starts_at.desc())
    return [
        record(
            row._mapping, *own, *of_the_queue, *of_the_office, site=row.title, state=standing(row)
        )
        for row in connection.execute(mine)
    ]


def _places(connection: Connection, table: Table, person: str) -> list[dict[str, object]]:
    """The person's rows of a table that keeps places. When such a place is anybody's again, its
    owner must not know."""
    mine = (
        select(table, sites.c.title, slots.c.starts_at, slots.c.ends_at)
        .join(slots, slots.c.id == table.c.slot)
        .join(sites, sites.c.id == slots.c.site)
        .where(table.c.person == person)
    )
    inner = ("id", "person", "slot", "title", "free_at", "due_at")
    rows = connection.execute(mine).mappings()
    return [record(row, *inner, site=row["title"]) for row in rows]


def _waiting(connection: Connection, person: str) -> list[dict[str, object]]:
    mine = (
        select(waiting_entries, sites.c.title)
        .join(sites, sites.c.id == waiting_entries.c.site)
        .where(waiting_entries.c.person == person)
    )
    rows = connection.execute(mine).mappings()
    return [record(row, "person", "title", site=row["title"]) for row in rows]


def blank(
    engine: Engine, now: datetime, keep_days: int, limit: SweepLimit, pace: Pace | None = None
) -> dict[str, int]:
    """Blank who came, `keep_days` after the appointment; delete notices as old. How many of each.
    Not too much at once."""
    pace = pace or Pace()
    before = now - timedelta(days=keep_days)
    old = select(slots.c.id).where(slots.c.day < before.date())
    named = appointments.c.blanked_at.is_(None)
    due = and_(appointments.c.slot.in_(old), named)
    ended = notices.c.ended_at < before
    blanking, deleting = _blanking(now).where(due), delete(notices).where(ended)

    def blank_them(connection: Connection, ids: list[int]) -> int:
        return connection.execute(blanking.where(appointments.c.id.in_(ids))).rowcount

    def delete_them(connection: Connection, ids: list[int]) -> int:
        return connection.execute(deleting.where(notices.c.id.in_(ids))).rowcount

    done = {}
    if limit.allows(engine, "appointments", appointments, due, named):
        named_ones = select(appointments.c.id).where(due)
        done["appointments"] = pace.change(engine, named_ones, blank_them)
    if limit.allows(engine, "notices", notices, ended):
        done["notices"] = pace.change(engine, select(notices.c.id).where(ended), delete_them)
    return {name: count for name, count in done.items() if count}


def _blanking(now: datetime) -> Update:
    return update(appointments).values(_NOBODY | {"blanked_at": now})


hold(Holder("booking", forget, show))
