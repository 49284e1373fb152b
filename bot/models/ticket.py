"""The queue of a day: the number of everybody who came."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class Ticket(SQLModel, table=True):
    """The number of a person who came, as it is called in the hall (A012). How the person stands is
    said by the state of the appointment; here is what only the queue needs."""

    __tablename__ = "tickets"
    __table_args__ = (UniqueConstraint("site", "day", "number"),)

    appointment: int = Field(foreign_key="appointments.id", primary_key=True)
    site: str = Field(foreign_key="sites.id", max_length=32)
    day: date
    number: str = Field(max_length=8)
    walk_in: bool  # came without an appointment
    called_to: str | None = Field(default=None, max_length=20)  # the window
    called_at: datetime | None = Field(default=None, sa_type=Moment)
    calls: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    passed_at: datetime | None = Field(default=None, sa_type=Moment)  # called in vain, last
    told_at: datetime | None = Field(default=None, sa_type=Moment)  # that it is soon their turn


class TicketCounter(SQLModel, table=True):
    """The last number of a series (A, B …) of a day at a site. It only grows, so that no number is
    given twice, not even that of a person who was checked in by mistake."""

    __tablename__ = "ticket_counters"

    site: str = Field(foreign_key="sites.id", primary_key=True, max_length=32)
    day: date = Field(primary_key=True)
    series: str = Field(primary_key=True, max_length=1)
    last: int
