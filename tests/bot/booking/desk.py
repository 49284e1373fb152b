"""A site with one slot, and what people do there."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, Engine, insert, select

from bot.booking.appointments import confirm
from bot.booking.reservation import hold
from bot.booking.tables import appointments, slots
from bot.clock import ZONE
from bot.database import reading, writing
from dialogs.booking.protocol import Confirmed, ConfirmPlace, Full, HasOne, Held, Lapsed, TooOften

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)  # a Monday
TOMORROW = date(2026, 11, 24)
NINE = datetime.combine(TOMORROW, time(9), tzinfo=ZONE)
TEN = datetime.combine(TOMORROW, time(10), tzinfo=ZONE)
SITE = "oubei"


def make_slot(
    connection: Connection,
    starts_at: datetime = NINE,
    *,
    bookable: int = 1,
    capacity: int | None = None,
    window: str = "1",
    site: str = SITE,
) -> int:
    """One open slot of an hour."""
    made = insert(slots).values(
        site=site,
        window=window,
        day=starts_at.date(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        capacity=capacity or bookable,
        bookable=bookable,
        taken=0,
        open=True,
    )
    return int(connection.execute(made.returning(slots.c.id)).scalar_one())


def wish(starts_at: datetime = NINE, *, moving: bool = False, site: str = SITE) -> ConfirmPlace:
    return ConfirmPlace(site, starts_at, "review", reminders=False, moving=moving)


def book(
    engine: Engine,
    person: str,
    starts_at: datetime = NINE,
    now: datetime = NOW,
    *,
    moving: bool = False,
) -> Confirmed | HasOne | Lapsed | Full | TooOften:
    """Hold and confirm, in two transactions as in the chat."""
    with writing(engine) as connection:
        held = hold(connection, person, SITE, starts_at, now)
    if not isinstance(held, Held):
        return held
    with writing(engine) as connection:
        return confirm(connection, person, wish(starts_at, moving=moving), now, "chat")


def taken(engine: Engine, slot: int) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(slots.c.taken).where(slots.c.id == slot)).scalar_one())


def states(engine: Engine, slot: int | None = None) -> list[str]:
    query = select(appointments.c.state).order_by(appointments.c.id)
    if slot is not None:
        query = query.where(appointments.c.slot == slot)
    with reading(engine) as connection:
        return list(connection.execute(query).scalars())
