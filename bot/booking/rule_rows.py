"""Hours and weekly rules, and the rows that keep them."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

from bot.booking.calendar import Hours, WeeklyRule


def row_of(site: str, rule: WeeklyRule) -> dict[str, Any]:
    """The columns of a weekly rule at a site."""
    return {
        "site": site,
        **asdict(rule.hours),
        "weekday": rule.weekday,
        "starts_on": rule.starts_on,
        "ends_on": rule.ends_on,
        "every_weeks": rule.every_weeks,
    }


def hours_of(row: Row[Any]) -> Hours:
    """The hours of a weekly rule or an extra day."""
    return Hours(
        row.opens, row.closes, row.window, row.slot_minutes, row.capacity, row.walk_in_percent
    )
