"""Many processes at one desk at once, each with its own connections."""

import multiprocessing
import random
import traceback
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, func, select

from bot.booking.appointments import cancel, confirm
from bot.booking.calendar import Closure
from bot.booking.changes import AddClosure, apply
from bot.booking.holds import HOLD_MINUTES, hold
from bot.booking.slots import reclaim
from bot.booking.tables import appointments, holds, returning_places, slots
from bot.database import engine_for, reading, writing
from bot.models.appointment import CANCELLED
from dialogs.booking.desk import Held
from tests.bot.booking.desk import NINE, NOW, SITE, TOMORROW, book, wish

Work = Callable[[Engine, int], Any]
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])


def storm(url: str, works: list[Work]) -> list[Any]:
    """Run each work in a process of its own, all started at once; what they returned, in order.

    Raises:
        AssertionError: a work raised; its traceback is the message.
    """
    start = _context.Barrier(len(works))
    answers = _context.SimpleQueue()
    processes = [
        _context.Process(target=_run, args=(url, number, work, start, answers))
        for number, work in enumerate(works)
    ]
    for process in processes:
        process.start()
    results = dict(answers.get() for _ in processes)
    for process in processes:
        process.join()
    errors = [error for error, _ in results.values() if error]
    assert not errors, errors[0]
    return [results[number][1] for number in range(len(works))]


def _run(url: str, number: int, work: Work, start: Any, answers: Any) -> None:
    engine = engine_for(url)
    start.wait()
    try:
        answers.put((number, (None, work(engine, number))))
    except Exception:
        answers.put((number, (traceback.format_exc(), None)))
    engine.dispose()


class Booking:
    """Each of `tries` persons of this process tries one of the `times`, once."""

    def __init__(self, tries: int, times: list[Any]) -> None:
        self.tries, self.times = tries, times

    def __call__(self, engine: Engine, number: int) -> list[tuple[str, str]]:
        return [
            (person, type(book(engine, person, self.times[i % len(self.times)])).__name__)
            for i in range(self.tries)
            for person in [f"p{number}-{i}"]
        ]


class Rescheduling:
    """Persons who all have a booking move about, some of them through two processes at once."""

    def __init__(self, tries: int, persons: list[str], times: list[Any]) -> None:
        self.tries, self.persons, self.times = tries, persons, times

    def __call__(self, engine: Engine, number: int) -> list[str]:
        dice = random.Random(number)
        return [
            type(
                book(
                    engine,
                    dice.choice(self.persons),
                    dice.choice(self.times),
                    NOW + timedelta(minutes=3 * i),
                    moving=True,
                )
            ).__name__
            for i in range(self.tries)
        ]


class Lapsing:
    """At the very end of everybody's hold, some confirm a moment before, some at it, some sweep,
    and strangers want the freed places."""

    def __init__(self, slot: int, persons: list[str]) -> None:
        self.slot, self.persons = slot, persons

    def __call__(self, engine: Engine, number: int) -> list[tuple[str, str]]:
        end = NOW + timedelta(minutes=HOLD_MINUTES)
        before = end - timedelta(milliseconds=1)
        answers = []
        for i, person in enumerate(self.persons):
            with writing(engine) as connection:
                if number % 4 == 0:
                    reclaim(connection, self.slot, end)
                elif number % 4 == 1:
                    stranger = f"s{number}-{i}"
                    if isinstance(hold(connection, stranger, SITE, NINE, end), Held):
                        done = confirm(connection, stranger, wish(), end, "chat")
                        answers.append((stranger, type(done).__name__))
                else:
                    now = before if number % 4 == 2 else end
                    done = confirm(connection, person, wish(), now, "chat")
                    answers.append((person, type(done).__name__))
        return answers


class Closing:
    """Close the day after a little while; the ids of the appointments it hit."""

    def __init__(self, day: date = TOMORROW) -> None:
        self.day = day

    def __call__(self, engine: Engine, number: int) -> list[int]:
        wait = _context.Event()
        wait.wait(0.05)
        with writing(engine) as connection:
            effect = apply(connection, AddClosure(SITE, Closure(self.day, self.day), "停电"), NOW)
        return [row.id for row in effect.hit]


class Cancelling:
    """Everybody books and cancels again and again."""

    def __init__(self, tries: int) -> None:
        self.tries = tries

    def __call__(self, engine: Engine, number: int) -> int:
        for i in range(self.tries):
            now = NOW + timedelta(minutes=20 * i)
            book(engine, f"c{number}", NINE, now)
            with writing(engine) as connection:
                cancel(connection, f"c{number}", now, NINE)
        return number


def check_books(engine: Engine) -> None:
    """The count of every slot is the sum of its appointments (also those that are over), holds and
    returning places, and no slot has more appointments than places."""

    def count(table: Any, *where: Any) -> Any:
        query = select(func.count()).where(table.c.slot == slots.c.id, *where)
        return query.correlate(slots).scalar_subquery()

    kept = count(appointments, appointments.c.state != CANCELLED)
    query = select(slots, kept.label("kept"), count(holds).label("held"))
    query = query.add_columns(count(returning_places).label("on_the_way"))
    with reading(engine) as connection:
        for row in connection.execute(query):
            assert row.kept <= row.bookable
            assert row.taken == row.kept + row.held + row.on_the_way, row
