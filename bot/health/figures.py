"""What only the database and the rules can tell, as figures for `bot.metrics`."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine

from bot import heartbeats
from bot.booking import gauges
from bot.database import reading
from bot.health.report import Figures
from bot.outbox.sending import due, oldest_due
from bot.service import Service


def figures(service: Service, engine: Engine) -> Figures:
    """By gauge, and by its label where it has one.

    Raises:
        SQLAlchemyError: a table cannot be read.
    """
    now = service.clock()
    with reading(engine) as connection:
        oldest = oldest_due(connection, now)
        booking = gauges.figures(connection, now)
    counts, beats = due(engine, now), heartbeats.read(engine)
    return {
        "notices_due": counts["notices"],
        "notices_held_up": counts["notices tried in vain"],
        "notices_due_seconds": (now - oldest).total_seconds() if oldest else 0,
        "heartbeat_seconds": {job: _age(beat.at, now) for job, beat in beats.items()},
        **booking,
        **_of_rules(service, now),
    }


def _of_rules(service: Service, now: datetime) -> Mapping[str, float]:
    """Whole days: of the day it is known, not of the hour."""
    checked = service.rules().at(now.date()).oldest_check
    if checked is None:
        return {}
    return {"rules_checked_seconds": _age(datetime.combine(checked, now.timetz()), now)}


def _age(since: datetime, now: datetime) -> float:
    return (now - since).total_seconds()
