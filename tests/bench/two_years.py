"""A database as a busy county has it after two years: 2,000 appointments on each working day, all
at one office, those of the last months and of the days ahead with what is kept of people.

Most is written by the database itself, from the slots: a million rows one by one would take longer
than everything that is measured on them.
"""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Date, Engine, bindparam, func, insert, select, text, update
from sqlmodel import SQLModel

from bot.booking.contacts import of_contact
from bot.booking.tables import appointments, slots
from bot.clock import ZONE
from bot.database import writing
from bot.models.base import Moment
from bot.sealing.column import sealing
from bot.staff.auth import members

SITE = "oubei"
YEARS = 2
EACH_DAY = 2_000
AHEAD = 14  # days
NAMED = 90  # days back, after which names are blanked
BY_TELEPHONE = 5  # every fifth
WAITS = timedelta(minutes=20)
WINDOWS = ("1", "2", "3", "4")
SLOTS = 15  # of half an hour, from 8:30
SEATS = EACH_DAY // (len(WINDOWS) * SLOTS) + 1
TALKS = 2_000
LOGGED = 100_000  # entries of the trail
CLERKS = tuple(f"clerk{number}" for number in range(4))
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"

LATER = {  # a moment some minutes after the slot began, as each database writes it
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', s.starts_at, '+' || ({}) || ' minutes')",
    "postgresql": "s.starts_at + ({}) * interval '1 minute'",
}
APPOINTMENTS = """
WITH RECURSIVE seat(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM seat WHERE i + 1 < {seats})
INSERT INTO appointments (slot, state, code, purpose, reminders, source, created_at, arrived_at,
  serving_at, ended_at, served_by, changes, person, blanked_at)
SELECT s.id,
  CASE WHEN s.starts_at > :now THEN 'booked' WHEN i % 9 = 0 THEN 'missed'
       WHEN s.starts_at > :recent THEN 'arrived' ELSE 'served' END,
  CAST(100000 + (s.id * 131 + i * 7919) % 900000 AS TEXT), 'review', FALSE,
  CASE WHEN i % {fifth} = 0 THEN 'staff' ELSE 'chat' END,
  s.starts_at,
  CASE WHEN s.starts_at <= :now AND i % 9 <> 0 THEN s.starts_at END,
  CASE WHEN s.starts_at <= :recent AND i % 9 <> 0 THEN {waited} END,
  CASE WHEN s.starts_at <= :recent THEN {done} END,
  CASE WHEN s.starts_at <= :recent AND i % 9 <> 0 THEN 'clerk' || (i % 4) END,
  0,
  CASE WHEN s.day >= :named AND i % {fifth} <> 0 THEN 'o' || s.id || '-' || i END,
  CASE WHEN s.day < :named THEN s.starts_at END
FROM slots s CROSS JOIN seat WHERE s.site = :site ORDER BY s.id, i
"""


def fill(engine: Engine, now: datetime, days: int = YEARS * 365) -> int:
    """Fill it up to `now` and ahead; how many appointments there are then."""
    with writing(engine) as connection:
        for account in CLERKS:
            members.add(connection, account, account, "window", SITE, "x", now)
        _slots(connection, now.date(), days)
        _appointments(connection, now)
        _names(connection, now.date())
        latest_talks(connection, now)
        _trail(connection, now)
    with writing(engine) as connection:
        connection.execute(text("ANALYZE"))
        return int(connection.scalar(select(func.count()).select_from(appointments)) or 0)


def _slots(connection: Connection, today: date, days: int) -> None:
    every = [today + timedelta(days=n) for n in range(-days, AHEAD + 1)]
    rows = [
        _slot(day, window, number)
        for day in every
        if day.isoweekday() <= 5
        for number in range(SLOTS)
        for window in WINDOWS
    ]
    connection.execute(insert(slots), rows)


def _slot(day: date, window: str, number: int) -> dict[str, Any]:
    starts_at = datetime.combine(day, time(8, 30), ZONE) + timedelta(minutes=30 * number)
    sizes = {"capacity": SEATS + 2, "bookable": SEATS, "taken": SEATS}
    ends_at = starts_at + timedelta(minutes=30)
    where = {"site": SITE, "window": window, "day": day, "open": True}
    return where | sizes | {"starts_at": starts_at, "ends_at": ends_at}


def _appointments(connection: Connection, now: datetime) -> None:
    later = LATER[connection.dialect.name]
    made = APPOINTMENTS.format(
        seats=SEATS, fifth=BY_TELEPHONE, waited=later.format("i % 20"), done=later.format("i + 12")
    )
    moments = {"now": now, "recent": now - WAITS}
    told = {
        "named": bindparam("named", now.date() - timedelta(days=NAMED), Date),
        **{name: bindparam(name, moment, Moment) for name, moment in moments.items()},
        "site": bindparam("site", SITE),
    }
    connection.execute(text(made).bindparams(*told.values()))


def _names(connection: Connection, today: date) -> None:
    named = (
        select(appointments.c.id)
        .join(slots, slots.c.id == appointments.c.slot)
        .where(appointments.c.source == "staff", slots.c.day >= today - timedelta(days=NAMED))
    )
    ids = connection.scalars(named).all()
    this = update(appointments).where(appointments.c.id == bindparam("this"))
    rows = [{"this": id, **of_contact(connection, id, name_of(id), phone_of(id))} for id in ids]
    connection.execute(
        this.values({name: bindparam(name) for name in rows[0] if name != "this"}), rows
    )


def name_of(number: int) -> str:
    """Three hundred times twenty different ones."""
    given = GIVEN[number % len(GIVEN)] + GIVEN[number // len(GIVEN) % len(GIVEN)]
    return SURNAMES[number % len(SURNAMES)] + given


def phone_of(number: int) -> str:
    return f"139{number % 10**8:08}"


def latest_talks(connection: Connection, now: datetime) -> None:
    """As many talks of today as a report looks at."""
    table = SQLModel.metadata.tables["conversations"]
    talk = json.dumps(
        {"facts": {"birth_date": "1990-05-01", "education": "junior_college",
                   "social_insurance_months": 42, "residence_months": 50}}
    )  # fmt: skip
    rows = [
        {"person": f"t{n}", "version": 1, "talk": talk, "created_at": now, "seen_at": now}
        for n in range(TALKS)
    ]
    connection.execute(insert(table), [sealing(table, row) for row in rows])


def _trail(connection: Connection, now: datetime) -> None:
    """Latest last, an entry a minute."""
    table = SQLModel.metadata.tables["audit_entries"]
    rows = [
        {"at": now - timedelta(minutes=LOGGED - n), "account": CLERKS[n % 4],
         "action": ("check_in", "finish", "find")[n % 3], "target": f"appointment {n % 5000 + 1}",
         "detail": '{"site": "oubei"}'}
        for n in range(LOGGED)
    ]  # fmt: skip
    connection.execute(insert(table), rows)
