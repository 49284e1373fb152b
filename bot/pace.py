"""Changing many rows beside people who talk: a few at a time, with pauses in between.

On SQLite one transaction writes at a time, and a message waits for it. So a transaction here lasts
some hundredths of a second, whatever the disk and the rows are like, and the lock is free for at
least as long as it was taken. What is due is looked for before, without the lock.
"""

from collections.abc import Callable, Iterable, Iterator
from math import inf
from threading import Event
from time import monotonic, perf_counter
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Select

from bot.database import reading, writing

T = TypeVar("T")
Change = Callable[[Connection, list[T]], int]

LOOKED_UP = 1000  # rows found at once
FIRST, MOST = 10, 200  # rows changed in one transaction
AIM = 0.03  # seconds it may last; after a longer one fewer rows are changed at once
PAUSE = 0.02  # seconds at least


class Pace:
    """How one job goes on: until `stopped`, and for so many seconds at most; `unfinished` says that
    it left something for another time."""

    def __init__(self, stopped: Event | None = None, seconds: float = inf) -> None:
        self.unfinished = False
        self._stopped = stopped or Event()
        self._end = monotonic() + seconds

    def is_over(self) -> bool:
        """Whether the rest must wait for another time."""
        self.unfinished = self.unfinished or self._stopped.is_set() or monotonic() > self._end
        return self.unfinished

    def each(self, things: Iterable[T]) -> Iterator[T]:
        """One after the other, with a pause after each, until it is over."""
        for thing in things:
            if self.is_over():
                return
            begun = perf_counter()
            yield thing
            self._rest(perf_counter() - begun)

    def change(self, engine: Engine, due: Select[Any], change: Change[Any]) -> int:
        """Change all rows whose keys `due` selects, few in one transaction; how many it were.

        `change(connection, keys)` must look again whether these are due: others may have changed
        them since. It gives how many it changed, after which `due` selects them no more.
        """
        count, at_once = 0, FIRST
        while not self.is_over():
            with reading(engine) as connection:
                found = set(connection.scalars(due.limit(LOOKED_UP)))
            # In one order: on PostgreSQL two workers would else wait for each other.
            keys, before = sorted(found), count
            while keys and not self.is_over():
                some, keys = keys[:at_once], keys[at_once:]
                with writing(engine) as connection:
                    begun = perf_counter()  # it has the lock
                    count += change(connection, some)
                took = perf_counter() - begun
                at_once = _fitting(at_once, took)
                self._rest(took)
            if len(found) < LOOKED_UP or count == before:
                break
        return count

    def _rest(self, took: float) -> None:
        self._stopped.wait(max(PAUSE, took))


def _fitting(rows: int, took: float) -> int:
    """How many rows to change next, if so many took `took` seconds: at most twice as many."""
    return max(1, min(MOST, 2 * rows, int(rows * AIM / took)))
