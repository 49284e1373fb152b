"""Many processes at one desk at once, each with its own connections."""

import multiprocessing
import random
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, func, select

from bot.booking import counter
from bot.booking.appointments import cancel, confirm, mine
from bot.booking.calendar import Closure
from bot.booking.changes import AddClosure, RemoveClosure, apply
from bot.booking.publishing import publish
from bot.booking.reservation import HOLD_MINUTES, hold
from bot.booking.slots import LAPSES_AFTER_SECONDS
from bot.booking.sweep import sweep
from bot.booking.tables import appointments, closures, holds, returning_places, slots
from bot.database import reading, writing
from bot.models.appointment import CANCELLED, MISSED
from dialogs.booking.protocol import Confirmed
from tests.bot.booking.desk import NINE, NOW, SITE, TEN, TOMORROW, book, wish
from tests.bot.setting_up import engine_at

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


def cut_down(url: str, works: list[Work]) -> None:
    """Run each work in a process of its own, and kill them all in the middle of it."""
    start, answers = _context.Barrier(len(works) + 1), _context.SimpleQueue()
    processes = [
        _context.Process(target=_run, args=(url, number, work, start, answers))
        for number, work in enumerate(works)
    ]
    for process in processes:
        process.start()
    start.wait()
    time.sleep(random.uniform(0.2, 0.6))
    for process in processes:
        process.kill()
    for process in processes:
        process.join()
    assert answers.empty(), answers.get()


def _run(url: str, number: int, work: Work, start: Any, answers: Any) -> None:
    engine = engine_at(url)
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
    """Persons who all have a booking move about, some of them through several processes at once."""

    def __init__(self, tries: int, persons: list[str], times: list[Any]) -> None:
        self.tries, self.persons, self.times = tries, persons, times

    def __call__(self, engine: Engine, number: int) -> None:
        dice = random.Random(number)
        for i in range(self.tries):
            person, wanted = dice.choice(self.persons), dice.choice(self.times)
            book(engine, person, wanted, NOW + timedelta(minutes=3 * i), moving=True)


class Clerk:
    """A clerk moves the same persons about, from where they are to any time of the day."""

    def __init__(self, tries: int, persons: list[str]) -> None:
        self.tries, self.persons = tries, persons

    def __call__(self, engine: Engine, number: int) -> None:
        dice = random.Random(number)
        for i in range(self.tries):
            with writing(engine) as connection:
                rows = counter.day_view(connection, SITE, TOMORROW)
                row = dice.choice([row for row in rows if row.person in self.persons])
                slot = dice.choice(counter.slots_of_day(connection, SITE, TOMORROW))
                counter.move(connection, row.id, slot.id, NOW + timedelta(minutes=3 * i))


class MovingAlone:
    """Persons whom nobody else moves: after each try they are where they wanted to be, or, when it
    failed, still where they were."""

    def __init__(self, tries: int, persons: int, times: list[Any]) -> None:
        self.tries, self.persons, self.times = tries, persons, times

    def __call__(self, engine: Engine, number: int) -> int:
        dice, failed = random.Random(number), 0
        places = {f"m{number}-{i}": self.times[i % len(self.times)] for i in range(self.persons)}
        for i in range(self.tries):
            person, wanted = dice.choice(list(places)), dice.choice(self.times)
            now = NOW + timedelta(minutes=3 * i)
            if isinstance(book(engine, person, wanted, now, moving=True), Confirmed):
                places[person] = wanted
            else:
                failed += 1
            with reading(engine) as connection:
                kept = mine(connection, person, now)
            assert kept is not None
            assert kept.starts_at == places[person]
        return failed


class Lapsing:
    """Around the very end of everybody's hold: some confirm an instant before, some at it, some
    sweep, and strangers want the freed places."""

    def __init__(self, persons: list[str]) -> None:
        self.persons = persons

    def __call__(self, engine: Engine, number: int) -> list[tuple[str, str]]:
        end = NOW + timedelta(minutes=HOLD_MINUTES)
        freed = end + timedelta(seconds=LAPSES_AFTER_SECONDS[1])
        answers = []
        for i, person in enumerate(self.persons):
            match number % 4:
                case 0:
                    sweep(engine, freed)
                case 1:
                    stranger = f"s{number}-{i}"
                    answers.append((stranger, type(book(engine, stranger, now=freed)).__name__))
                case side:
                    now = end - timedelta(microseconds=side - 2)
                    with writing(engine) as connection:
                        done = confirm(connection, person, wish(), now, "chat")
                    answers.append((person, type(done).__name__))
        return answers


class Closing:
    """Close the day once so many have booked; the ids of the appointments it hit."""

    def __init__(self, booked: int) -> None:
        self.booked = booked

    def __call__(self, engine: Engine, number: int) -> list[int]:
        while _count(engine) < self.booked:
            time.sleep(0.01)
        change = AddClosure(SITE, Closure(TOMORROW, TOMORROW), "停电")
        with writing(engine) as connection:
            effect = apply(connection, change, NOW)
        return [row.id for row in effect.hit]


class Opening:
    """The office closes and opens an hour of all windows again and again."""

    def __init__(self, tries: int) -> None:
        self.tries = tries

    def __call__(self, engine: Engine, number: int) -> None:
        hour = Closure(TOMORROW, TOMORROW, NINE.time(), TEN.time())
        for _ in range(self.tries):
            with writing(engine) as connection:
                apply(connection, AddClosure(SITE, hour), NOW)
            with writing(engine) as connection:
                shut = connection.execute(select(closures.c.id)).scalar_one()
                apply(connection, RemoveClosure(shut), NOW)


class Working:
    """What the worker does, in no time."""

    def __init__(self, rounds: int, minutes: int) -> None:
        self.rounds, self.minutes = rounds, minutes

    def __call__(self, engine: Engine, number: int) -> None:
        for i in range(self.rounds):
            now = NOW + timedelta(minutes=i * self.minutes)
            sweep(engine, now)
            if i % 10 == 0:
                with writing(engine) as connection:
                    publish(connection, SITE, NOW)


class Holding:
    """Holds all over the windows, by persons whom the waiting list serves too."""

    def __init__(self, tries: int, persons: int, times: list[Any]) -> None:
        self.tries, self.persons, self.times = tries, persons, times

    def __call__(self, engine: Engine, number: int) -> None:
        dice = random.Random(number)
        for i in range(self.tries):
            person, at = f"p{dice.randrange(self.persons)}", dice.choice(self.times)
            with writing(engine) as connection:
                hold(connection, person, SITE, at, NOW + timedelta(minutes=i))


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

    kept = count(appointments, appointments.c.state.not_in((CANCELLED, MISSED)))
    query = select(slots, kept.label("kept"), count(holds).label("held"))
    query = query.add_columns(count(returning_places).label("on_the_way"))
    with reading(engine) as connection:
        for row in connection.execute(query):
            assert row.kept <= row.bookable
            assert row.taken == row.kept + row.held + row.on_the_way, row


def _count(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(func.count()).select_from(appointments)).scalar_one())
