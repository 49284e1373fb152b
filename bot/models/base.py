"""Column types that all tables share."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from bot.clock import ZONE

UNREADABLE = "（读不出）"
"""What is read of a damaged text that holds nothing up."""


class Moment(TypeDecorator[datetime]):
    """An aware moment. Kept in UTC on every database, given back in Asia/Shanghai."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could say later what it meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The moment as citizens read it."""
        return None if value is None else value.replace(tzinfo=UTC).astimezone(ZONE)
