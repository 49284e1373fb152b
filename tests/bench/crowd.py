"""A database as it is after many people: what is kept of them, written by the database itself.

Beside them are the two thousand of the last day, as many as a report looks at. The talks of all
others cannot be opened, and nobody opens them.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, insert, text
from sqlmodel import SQLModel

from bot.booking.tables import slots
from bot.clock import ZONE
from bot.database import writing
from bot.models import ConversationRow
from bot.models.base import Moment
from bot.sealing.column import sealing
from tests.bench.two_years import SITE, latest_talks

DAYS = 80  # back, on which they came: nothing of it is old enough to go
VISITORS = 5  # every fifth had an appointment

SERIES = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people) ",
    "postgresql": "WITH n(i) AS (SELECT * FROM generate_series(1, :people)) ",
}
OPENID = {  # in no order, as openids are
    "sqlite": "printf('o%027d', (i * 7368787) % 1000000007)",
    "postgresql": "'o' || lpad(((i::bigint * 7368787) % 1000000007)::text, 27, '0')",
}
HOURS_AGO = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', :now, '-' || ({}) || ' hours')",
    "postgresql": "CAST(:now AS timestamp) - ({}) * interval '1 hour'",
}
TALKS = """INSERT INTO conversations (person, version, talk, created_at, seen_at)
{series} SELECT {openid}, 9, {talk}, {ago}, {ago} FROM n"""
VISITS = """INSERT INTO appointments (slot, state, code, purpose, reminders, source, created_at,
  arrived_at, serving_at, ended_at, served_by, changes, person)
{series} SELECT 1 + i % :slots, 'served', CAST(100000 + i % 900000 AS TEXT), 'review', {true},
  'chat', {ago}, {ago}, {ago}, {ago}, 'clerk', 0, {openid} FROM n WHERE i % :visitors = 0"""
NOTICES = """INSERT INTO notices (key, person, kind, words, state, due_at, attempts, error,
  created_at, ended_at)
{series} SELECT 'k' || i, {openid}, 'day_before', {talk}, 'delivered', {ago}, 1, '', {ago}, {ago}
FROM n WHERE i % :visitors = 0"""
CONSENTS = """INSERT INTO notice_consents (person, template, at)
{series} SELECT {openid}, 'T', {ago} FROM n WHERE i % :visitors = 0"""


def fill(engine: Engine, people: int, now: datetime) -> None:
    """Fill an empty database of the newest version with what `people` have left up to `now`."""
    kind = engine.dialect.name
    parts = {"series": SERIES[kind], "openid": OPENID[kind], "talk": ":talk"}
    parts |= {"true": "1" if kind == "sqlite" else "TRUE"}
    with writing(engine) as connection:
        if kind == "sqlite":  # openids come in no order: an index of them would be read from disk
            connection.exec_driver_sql("PRAGMA cache_size = -1000000")  # KiB
        _slots(connection, now.date())
        given: dict[str, Any] = {"people": people, "talk": _sealed_talk(connection, now)}
        given |= {"slots": DAYS, "visitors": VISITORS}
        for statement in (TALKS, VISITS, NOTICES, CONSENTS):
            ago = HOURS_AGO[kind].format(f"24 + i % {DAYS * 24}")
            told = text(statement.format(ago=ago, **parts))
            names = {name for name in given if f":{name}" in str(told)}
            moment = bindparam("now", now, Moment)
            connection.execute(told.bindparams(moment), {name: given[name] for name in names})
        latest_talks(connection, now)
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _sealed_talk(connection: Connection, now: datetime) -> str:
    """A talk of an ordinary length as it lies in the database."""
    table = SQLModel.metadata.tables[str(ConversationRow.__tablename__)]
    row = {"person": "oSample", "version": 1, "talk": "x" * 600, "created_at": now, "seen_at": now}
    connection.execute(insert(table).values(sealing(table, row)))
    lies = str(connection.scalar(text("SELECT talk FROM conversations WHERE person = 'oSample'")))
    connection.execute(delete(table).where(table.c.person == "oSample"))
    return lies


def _slots(connection: Connection, today: date) -> None:
    """One a day, in the past."""
    places = {"capacity": 10**7, "bookable": 10**7, "taken": 0, "open": True}
    nine = datetime.combine(today, time(9), ZONE)
    starts = [nine - timedelta(days=n + 1) for n in range(DAYS)]
    rows = [
        {"site": SITE, "window": "1", "day": at.date(), "starts_at": at} | places
        | {"ends_at": at + timedelta(hours=1)}
        for at in starts
    ]  # fmt: skip
    connection.execute(insert(slots), rows)
