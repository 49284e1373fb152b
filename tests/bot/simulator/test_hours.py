"""Sample hours of the demonstration."""

from datetime import datetime

from sqlalchemy import Engine, delete, select

from bot.booking.tables import sites, weekly_rules
from bot.clock import ZONE
from bot.database import reading, writing
from bot.simulator import hours

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)


def test_a_new_county_has_no_townships_and_no_hours(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(delete(weekly_rules))
        connection.execute(delete(sites))
    hours.prepare(engine, NOW)
    with reading(engine) as connection:
        assert connection.execute(select(weekly_rules)).all() == []
