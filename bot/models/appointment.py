"""Who comes when, and how it went."""

from datetime import datetime

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from bot.models.base import UNREADABLE, Moment
from bot.sealing.column import Sealed

# Stored words; the unique index below and every query speak of them.
BOOKED = "booked"
ARRIVED = "arrived"
CALLED = "called"  # to a window, and not there yet
PASSED = "passed"  # called in vain; waits on
SERVING = "serving"
SERVED = "served"
MISSED = "missed"  # a clerk said that nobody came
PAST = "past"  # the day went by and nobody said anything
CANCELLED = "cancelled"
ACTIVE = (BOOKED, ARRIVED, CALLED, PASSED, SERVING)
STAFF = "staff"  # source of one that a clerk made
FROM_PAGE = "page"  # source of one that its person booked on a page
IS_ACTIVE = text("state IN ('booked', 'arrived', 'called', 'passed', 'serving')")


TAIL = 4  # digits


def whole(phone: str) -> str:
    """A telephone number as it is found as a whole."""
    return phone


def called(name: str) -> str:
    """A name as it is found as a whole, however it is spaced and written."""
    return "".join(name.split()).casefold()


def tail(phone: str) -> str:
    """The end of a telephone number, by which people are found as well."""
    return phone[-TAIL:]


class Appointment(SQLModel, table=True):
    """One person's place in a slot. `person` is None when a clerk booked for a person by telephone;
    only then are `name` and `phone` kept, and blanked some days after."""

    __tablename__ = "appointments"
    __table_args__ = (
        Index(
            "one_active_appointment_per_person",
            "person",
            unique=True,
            sqlite_where=IS_ACTIVE,
            postgresql_where=IS_ACTIVE,
        ),
        Index(  # few of many: what is over is looked for among these
            "active_appointments",
            "slot",
            sqlite_where=IS_ACTIVE,
            postgresql_where=IS_ACTIVE,
        ),
        Index(  # those of the last months, of years
            "named_appointments",
            "slot",
            sqlite_where=text("blanked_at IS NULL"),
            postgresql_where=text("blanked_at IS NULL"),
        ),
        Index(  # few of many
            "reopened_appointments",
            "slot",
            sqlite_where=text("reopened_at IS NOT NULL"),
            postgresql_where=text("reopened_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person: str | None = Field(default=None, max_length=128, index=True)
    slot: int = Field(foreign_key="slots.id", index=True)
    state: str = Field(max_length=12)
    code: str = Field(max_length=6, index=True)  # said or shown at the window
    purpose: str = Field(max_length=20)
    reminders: bool = False
    name: str | None = Field(
        default=None,
        max_length=40,
        sa_column=Column(
            Sealed(
                "appointments.name",
                row="id",
                instead=UNREADABLE,
                indexes=(("name_index", called),),
            )
        ),
    )
    phone: str | None = Field(
        default=None,
        max_length=20,
        sa_column=Column(
            Sealed(
                "appointments.phone",
                row="id",
                instead=UNREADABLE,
                indexes=(("phone_index", whole), ("phone_tail_index", tail)),
            )
        ),
    )
    # Keyed hashes, of the name as a whole. There are ten thousand ends of a number only: without
    # the key nobody can try them all, and with a copy of the database one sees at most that two
    # are alike.
    name_index: str | None = Field(default=None, max_length=32, index=True)
    phone_index: str | None = Field(default=None, max_length=32, index=True)
    phone_tail_index: str | None = Field(default=None, max_length=32, index=True)
    source: str = Field(max_length=10)  # chat, page or staff
    created_at: datetime = Field(sa_type=Moment)
    arrived_at: datetime | None = Field(default=None, sa_type=Moment)
    serving_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    changes: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # how often moved
    served_by: str | None = Field(default=None, max_length=32)  # the account that has the person
    settled_at: datetime | None = Field(default=None, sa_type=Moment)  # its person was called
    # Since when its window is open again after a closure; None once its person was told, or moved.
    reopened_at: datetime | None = Field(default=None, sa_type=Moment)
    # When its person left the telephone themselves, for news of it; None for one a clerk noted.
    phone_agreed_at: datetime | None = Field(default=None, sa_type=Moment)
    blanked_at: datetime | None = Field(default=None, sa_type=Moment)
