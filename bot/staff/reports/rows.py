"""The rows of a report, and of what days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.clock import ZONE
from scoring import Ruleset

Row = tuple[Any, ...]


class Rows(list[Row]):
    """The rows of a report; `unread` talks or worksheets do not open, and are not in it."""

    def __init__(self, rows: Iterable[Row], unread: int = 0) -> None:
        super().__init__(rows)
        self.unread = unread


@dataclass(frozen=True, slots=True)
class Span:
    """What a report covers: both days counted."""

    first: date
    last: date
    rules: Ruleset

    def moments(self) -> tuple[datetime, datetime]:
        """From the beginning of the first day to the end of the last, in the county's zone."""
        first = datetime.combine(self.first, time.min, ZONE)
        return first, datetime.combine(self.last, time.max, ZONE)
