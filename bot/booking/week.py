"""A window's week: its hours on each weekday, set as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from bot.booking.calendar import Hours, WeeklyRule
from bot.booking.rule_rows import hours_of, row_of
from bot.booking.tables import weekly_rules


@dataclass(frozen=True, slots=True)
class SetWeek:
    """From `starts_on` on the window has these hours each week, and no others. Hours that are
    worked every few weeks only stay: they are not part of the week that is set."""

    site: str
    window: str
    rules: tuple[WeeklyRule, ...]
    starts_on: date

    def write(self, connection: Connection) -> None:
        """What was to begin later never does; what holds now ends the day before."""
        own = (
            weekly_rules.c.site == self.site,
            weekly_rules.c.window == self.window,
            weekly_rules.c.every_weeks == 1,
        )
        later = weekly_rules.c.starts_on >= self.starts_on
        connection.execute(delete(weekly_rules).where(*own, later))
        goes_on = or_(weekly_rules.c.ends_on.is_(None), weekly_rules.c.ends_on >= self.starts_on)
        ended = update(weekly_rules).where(*own, goes_on)
        connection.execute(ended.values(ends_on=self.starts_on - timedelta(days=1)))
        rows = [row_of(self.site, rule) for rule in self.rules]
        if rows:
            connection.execute(insert(weekly_rules), rows)


def week_of(connection: Connection, site: str, window: str, on: date) -> dict[int, list[Hours]]:
    """The window's hours by weekday, as they are from `on` on; those of every few weeks left
    out."""
    own = select(weekly_rules).where(
        weekly_rules.c.site == site,
        weekly_rules.c.window == window,
        weekly_rules.c.every_weeks == 1,
        or_(weekly_rules.c.ends_on.is_(None), weekly_rules.c.ends_on >= on),
    )
    rows = connection.execute(own.order_by(weekly_rules.c.starts_on.desc(), weekly_rules.c.opens))
    return _by_weekday(rows)


def _by_weekday(rows: Iterable[Row[tuple[object, ...]]]) -> dict[int, list[Hours]]:
    """Of hours that overlap those that began last, as the calendar has it."""
    week: dict[int, list[Hours]] = {}
    for row in rows:
        hours = hours_of(row)
        day = week.setdefault(row.weekday, [])
        if all(hours.closes <= one.opens or one.closes <= hours.opens for one in day):
            day.append(hours)
    return {day: sorted(some, key=lambda one: one.opens) for day, some in week.items()}
