"""When sites are open. `bot.booking.calendar` turns these rows into slots."""

from datetime import date, time

from sqlalchemy import false
from sqlmodel import Field, SQLModel


class HoursRow(SQLModel):
    """Columns that weekly rules and extra days share; see `bot.booking.calendar.Hours`."""

    site: str = Field(foreign_key="sites.id", index=True, max_length=32)
    window: str = Field(max_length=20)
    opens: time
    closes: time
    slot_minutes: int
    capacity: int
    walk_in_percent: int


class WeeklyRuleRow(HoursRow, table=True):
    """Hours on one weekday, 1 = Monday … 7 = Sunday."""

    __tablename__ = "weekly_rules"

    id: int | None = Field(default=None, primary_key=True)
    weekday: int
    starts_on: date
    ends_on: date | None = None
    every_weeks: int = 1


class ExtraDayRow(HoursRow, table=True):
    """Hours on one day only, in place of the weekly rules."""

    __tablename__ = "extra_days"

    id: int | None = Field(default=None, primary_key=True)
    day: date


class ClosureRow(SQLModel, table=True):
    """Days, or hours of days, without service. `site` None closes the whole county."""

    __tablename__ = "closures"

    id: int | None = Field(default=None, primary_key=True)
    site: str | None = Field(default=None, foreign_key="sites.id", index=True, max_length=32)
    window: str | None = Field(default=None, max_length=20)
    first_day: date
    last_day: date
    opens: time | None = None
    closes: time | None = None
    weekday: int | None = None  # only on this day of the week; 1 is Monday
    of_month: int | None = None  # and of these only the first (1) to fourth, or the last (-1)
    own: bool = Field(default=False, sa_column_kwargs={"server_default": false()})  # the site's
    reason: str = Field(default="", max_length=60)  # shown to the people it hits


class SpecialDayRow(SQLModel, table=True):
    """A public holiday, or a weekend day that is worked. Loaded from `chinesecalendar`, and the
    office's to edit: an edited row is never loaded over."""

    __tablename__ = "special_days"

    day: date = Field(primary_key=True)
    working: bool
    name: str = Field(max_length=20)
    edited: bool = False


class KnownYear(SQLModel, table=True):
    """A year whose holidays are complete: loaded from the package, or confirmed by the office.
    Only for such a year slots are published; a few days typed in do not make one."""

    __tablename__ = "known_years"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
