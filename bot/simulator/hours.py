"""Sample hours for the demonstration, marked as such: no township has published real ones here."""

from datetime import datetime, time

from sqlalchemy import Connection, Engine, insert, select, update

from bot.booking.holidays import know_year, load_special_days
from bot.booking.sweep import publish_ahead
from bot.booking.tables import sites, weekly_rules
from bot.database import writing

WORKDAYS = range(1, 6)
OPEN = ((time(9), time(11, 30)), (time(14), time(16, 30)))


def prepare(engine: Engine, now: datetime) -> None:
    """Give every site sample hours, once, and publish their slots."""
    with writing(engine) as connection:
        if connection.execute(select(weekly_rules.c.id).limit(1)).first() is None:
            _open_all(connection, now)
        for year in (now.year, now.year + 1):
            _know(connection, year)
    publish_ahead(engine, now)


def _know(connection: Connection, year: int) -> None:
    """A demonstration goes on in years whose holidays are not published yet."""
    load_special_days(connection, year)
    know_year(connection, year)


def _open_all(connection: Connection, now: datetime) -> None:
    connection.execute(update(sites).values(sample=True))
    rows = [
        {
            "site": site,
            "window": "1",
            "weekday": weekday,
            "opens": opens,
            "closes": closes,
            "slot_minutes": 30,
            "capacity": 4,
            "walk_in_percent": 25,
            "starts_on": now.date(),
            "every_weeks": 1,
        }
        for site in connection.execute(select(sites.c.id)).scalars()
        for weekday in WORKDAYS
        for opens, closes in OPEN
    ]
    if rows:  # a new county has no townships yet
        connection.execute(insert(weekly_rules), rows)
