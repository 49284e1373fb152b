"""Faults that could be made, each planted by replacing one thing of the service in a process that
does nothing else; and the act at whose points each must show. That the disk is not waited for
(`synchronous = OFF`) is not among them: no kill shows it, only a power cut."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from bot import turns
from bot.booking import appointments, reservation, tickets
from bot.database import briefly, writing
from bot.outbox import sending
from bot.outbox.answers import Sent
from bot.store import Store
from bot.wechat import handlers
from tests.bot.crash.installation import Installation

Plant = Callable[[Installation], None]


@dataclass(frozen=True)
class Fault:
    """`act` and `mode` are where it shows."""

    plant: Plant
    act: str
    mode: str
    on: tuple[str, ...] = ("sqlite", "postgresql")


FAULTS: dict[str, Fault] = {}


def fault(name: str, act: str, mode: str, **more: Any) -> Callable[[Plant], Plant]:
    def note(plant: Plant) -> Plant:
        FAULTS[name] = Fault(plant, act, mode, **more)
        return plant

    return note


def broken_in_two(connection: Any) -> None:
    """What was done so far is committed; the rest is another transaction."""
    driver = getattr(connection, "driver_connection", connection)
    driver.commit()
    if hasattr(driver, "in_transaction"):  # SQLite's
        driver.execute("BEGIN IMMEDIATE")


def then_committed(work: Callable[..., Any]) -> Callable[..., Any]:
    """The same work of a transaction, committed at once."""

    def worked(connection: Any, *args: Any, **options: Any) -> Any:
        done = work(connection, *args, **options)
        broken_in_two(connection.connection)
        return done

    return worked


@fault("the reply goes out before the commit", "answer", "killed")
def _(house: Installation) -> None:
    waiting: list[Any] = []
    inside = house.app.wsgi_app

    @contextmanager
    def brief(engine: Any, *_: object) -> Iterator[Any]:
        open_one = briefly(engine)
        yield open_one.__enter__()
        waiting.append(open_one)

    class Committing(list[bytes]):
        def close(self) -> None:  # the server has written all of it
            while waiting:
                waiting.pop().__exit__(None, None, None)

    def serving(environ: Any, start: Any) -> Committing:
        return Committing(inside(environ, start))

    patch.object(turns, "briefly", brief).start()
    patch.object(house.app, "wsgi_app", serving).start()


@fault("the talk moves on before the reply is stored", "answer", "killed")
def _(_house: Installation) -> None:
    def keep(
        self: Store,
        cursor: Any,
        receipt: Any,
        reply: Any,
        version: Any,
        state: Any,
        _: Any,
        now: Any,
    ) -> bool:
        if not self._change(cursor, self._advancing(receipt.person, version, state, now)):
            return False
        broken_in_two(cursor.connection)
        return self._change(cursor, self._claiming(receipt, reply, now))

    patch.object(Store, "keep", keep).start()


@fault("a message is not known again", "answer", "killed")
def _(_house: Installation) -> None:
    real = turns.receipt_for
    turns.receipt_for = lambda *args: replace(real(*args), key=os.urandom(16).hex())


@fault("a booking in two transactions", "book", "killed")
def _(_house: Installation) -> None:
    reservation.consume = then_committed(reservation.consume)


@fault("a place is counted in a transaction of its own", "hold a place", "killed")
def _(_house: Installation) -> None:
    reservation.take = then_committed(reservation.take)


@fault("a number of the queue is drawn in a transaction of its own", "check in", "killed")
def _(_house: Installation) -> None:
    tickets._next_number = then_committed(tickets._next_number)


@fault("reminders are written after the commit", "book", "killed")
def _(_house: Installation) -> None:
    left: list[Any] = []
    real = appointments.post_reminders
    appointments.post_reminders = lambda _connection, *args: left.append(args)

    @contextmanager
    def then_reminded(engine: Any) -> Iterator[Any]:
        with writing(engine) as connection:
            yield connection
        while left:
            with writing(engine) as connection:
                real(connection, *left.pop())

    turns.writing = then_reminded


@fault("a notice is marked as sent before it is", "send by template", "killed")
def _(_house: Installation) -> None:
    real = sending._Sender._send

    def send(self: Any, row: Any, first: Any, hindrance: Any) -> Any:
        with writing(self._engine) as connection:
            sending.record(connection, row, first.way, Sent(""), self._wording, self._clock())
        return real(self, row, first, hindrance)

    patch.object(sending._Sender, "_send", send).start()


@fault("a person is forgotten by halves", "unsubscribe", "killed")
def _(_house: Installation) -> None:
    handlers.accepted = then_accepted(handlers.accepted)


def then_accepted(work: Callable[..., Any]) -> Callable[..., Any]:
    """The event is noted as done before it is done."""

    def worked(call: Any, cursor: Any) -> Any:
        done = work(call, cursor)
        broken_in_two(cursor.connection)
        return done

    return worked


@fault("an error of a commit is swallowed", "answer", "failed")
def _(_house: Installation) -> None:
    @contextmanager
    def careless(engine: Any, *args: Any) -> Iterator[Any]:
        told = []
        with suppress(Exception), briefly(engine, *args) as cursor:
            yield cursor
            told.append(True)

    turns.briefly = careless


@fault("what went wrong is answered as if it were done", "answer", "failed")
def _(house: Installation) -> None:
    handlers.kindly = careless_handler
    house.app = house.again()


def careless_handler(call: Any, following: Any) -> Any:
    """Whatever goes wrong is no matter."""
    try:
        return following(call)
    except Exception:
        return "好，记下了。"


@fault("no journal", "book", "killed", on=("sqlite",))
def _(house: Installation) -> None:
    def off(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode = OFF")

    event.listen(house.engine, "connect", off)


@fault("each statement commits itself", "book", "killed", on=("postgresql",))
def _(house: Installation) -> None:
    def off(connection: Any, *_: object) -> None:
        connection.autocommit = True

    event.listen(house.engine, "checkout", off)  # `looking` puts it back each time
