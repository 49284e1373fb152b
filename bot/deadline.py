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
_hurried: tuple[float, float] | None = None
"""Since when this process is about to end, and how long one thing may take since then."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done inside has so many seconds, or less where less is left."""
    token = _end.set(min(monotonic() + seconds, _end.get()))
    try:
        yield
    finally:
        _end.reset(token)


def hurry(seconds: float) -> None:
    """From now on nobody in this process waits for one thing longer than so many seconds, who waits
    already included. Good in a handler of a signal."""
    global _hurried
    _hurried = (monotonic(), seconds)


def end_of_wait(began: float, most: float) -> float:
    """When a wait that began then is over, by the monotonic clock, after `most` seconds at the
    latest. It may come nearer while one waits."""
    ends = [began + most, _end.get()]
    if _hurried is not None:
        since, seconds = _hurried
        ends.append(max(began, since) + seconds)
    return min(ends)


def left(most: float) -> float:
    """How many seconds a wait that begins now may last, from 0 up to `most`."""
    now = monotonic()
    return max(0.0, end_of_wait(now, most) - now)


def demand() -> None:
    """Go on only in time.

    Raises:
        LateError: it is over.
    """
    if monotonic() >= _end.get():
        raise LateError("there was no time left")
