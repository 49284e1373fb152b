"""Until when what is done now may wait: for the database, its lock, its pool of connections.

    with within(4):          # of a request; the shorter one of two counts
        ...
        left(20)             # how long one may wait for the next thing, at most 20 seconds
        demand()             # raises LateError where nothing is left

A deadline belongs to the thread (or greenlet) that set it. `hurry` is for the whole process, which
is about to end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import monotonic


class LateError(Exception):
    """The time was used up. Nothing was committed."""


_end: ContextVar[float] = ContextVar("_end", default=inf)
_end_of_all = inf


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done inside has so many seconds, or less where less is left."""
    token = _end.set(min(monotonic() + seconds, _end.get()))
    try:
        yield
    finally:
        _end.reset(token)


def hurry(seconds: float) -> None:
    """From now on nothing in this process waits longer than so many seconds. Good in a handler of
    a signal: whoever waits already learns of it."""
    global _end_of_all
    _end_of_all = min(monotonic() + seconds, _end_of_all)


def end() -> float:
    """When it is over, by the monotonic clock; infinite where nobody set a deadline."""
    return min(_end.get(), _end_of_all)


def left(most: float) -> float:
    """Seconds from now, from 0 up to `most`."""
    return max(0.0, min(most, end() - monotonic()))


def demand() -> None:
    """Go on only in time.

    Raises:
        LateError: it is over.
    """
    if monotonic() >= end():
        raise LateError("there was no time left")
