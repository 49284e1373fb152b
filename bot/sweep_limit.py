"""How much of what is kept about people may be deleted at once.

A clock that is wrong, or a setting with a slip, makes everybody due in one moment. What is due is
counted first; is it too great a share, nothing is deleted, and an operator decides.
"""

from dataclasses import dataclass, field
from math import ceil

from sqlalchemy import ColumnElement, Engine, Table, func, literal, select, true
from sqlmodel import SQLModel

from bot.database import reading
from bot.settings import Settings

FEWEST = 20  # so many may always go: in a small office two of three people may be due


@dataclass
class SweepLimit:
    """`percent` of a kind of records; `refused` says what was more, and waits."""

    percent: int = Settings.delete_percent
    refused: list[str] = field(default_factory=list)

    def allows(
        self,
        engine: Engine,
        what: str,
        rows: Table | type[SQLModel],
        due: ColumnElement[bool],
        kept: ColumnElement[bool] | None = None,
    ) -> bool:
        """Whether all `rows` that are `due` may go, out of those `kept` so far."""
        with reading(engine) as connection:
            going = connection.scalar(select(func.count()).select_from(rows).where(due)) or 0
            if going <= FEWEST:
                return True
            # Counting stops where it is enough: of three million people most are not due.
            these = select(literal(1)).select_from(rows).where(true() if kept is None else kept)
            enough = these.limit(ceil(going * 100 / self.percent)).subquery()
            counted = connection.scalar(select(func.count()).select_from(enough)) or 0
        return self.allows_so_many(going, counted, what)

    def allows_so_many(self, going: int, all_kept: int, what: str) -> bool:
        """Whether so many may go, out of so many kept so far."""
        if going <= FEWEST or going * 100 <= all_kept * self.percent:
            return True
        self.refused.append(f"{going} of {all_kept} {what}")
        return False

    @property
    def note(self) -> str:
        """For an operator; empty if all went."""
        if not self.refused:
            return ""
        return (
            f"due to be deleted or blanked, but kept: {', '.join(self.refused)}; that is more than "
            f"{self.percent} % at once. Are the clock and the settings right? "
            "Then run: xinshimin worker --once --beyond-limit"
        )
