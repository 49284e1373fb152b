"""What can be booked."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class Slot(SQLModel, table=True):
    """One stretch of time at one window.

    `taken` counts appointments, holds and places on their way back (`ReturningPlace`). It only
    grows by `UPDATE … WHERE taken < bookable`, and that is what makes double-booking impossible.
    """

    __tablename__ = "slots"
    __table_args__ = (
        UniqueConstraint("site", "starts_at", "window"),
        Index("slots_by_day", "site", "day"),
        Index("slots_of_a_day", "day"),
        Index(  # few of many: what was closed, and may have appointments
            "closed_slots",
            "starts_at",
            sqlite_where=text("open IS 0"),
            postgresql_where=text("open IS false"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    site: str = Field(foreign_key="sites.id", max_length=32)
    window: str = Field(max_length=20)
    day: date  # in the county
    starts_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(sa_type=Moment)
    capacity: int  # people in all
    bookable: int  # of them by appointment; the rest is kept for walk-ins
    taken: int = 0
    open: bool = True


class ReturningPlace(SQLModel, table=True):
    """A place that was given back and counts as taken until `due_at`: a cancelled one returns after
    a random while, so that nobody can hand it to a person waiting for just that moment. `person` is
    whose it was, if known: nobody may keep many on their way (see `bot.booking.reservation`)."""

    __tablename__ = "returning_places"

    id: int | None = Field(default=None, primary_key=True)
    slot: int = Field(foreign_key="slots.id", index=True)
    due_at: datetime = Field(sa_type=Moment, index=True)
    person: str | None = Field(default=None, max_length=128, index=True)
