"""A budget of processor time for what one message makes us compute.

    budget = Budget(0.5)
    with budget.counted(): ...     # raises OverspentError where the time runs out
    with budget.counted(): ...     # has what the first one left

The tests keep every pattern from taking long (tests/redos); this stands behind them, for what they
do not know. The kernel's timer counts the processor's time and sends SIGVTALRM, whose handler
raises. It counts that of all threads of the process, of which only our own is spent: where that is
not used up the handler sets it again. Python's regular expressions look for signals while they run,
so even they are interrupted.

Only the main thread of a process handles signals. In another one (gunicorn's `gthread`) there is no
budget: no code of ours can run while a regular expression does, for it never lets go of the
interpreter. bot/README.md says what that means for the choice of workers.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time
from types import FrameType

SHORTEST = 0.001  # seconds; the timer takes 0 for none


class OverspentError(Exception):
    """The processor's time was used up."""


class _RungError(BaseException):
    """Raised wherever the timer finds the program; no `except Exception` on the way takes it."""


class Budget:
    """Seconds of the processor, for one or several stretches of work that wait for nothing."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    @contextmanager
    def counted(self) -> Iterator[None]:
        """What is done inside counts.

        Raises:
            OverspentError: nothing was left, before or in the middle of it.
        """
        if not _hears_signals():
            yield
            return
        if self.left <= 0:
            raise OverspentError
        started = thread_time()
        try:
            try:
                _start(started + self.left)
                yield
            finally:
                _stop()
                self.left -= thread_time() - started
        except _RungError:
            _stop()
            self.left = 0
            raise OverspentError from None


_ends: list[float] = []
"""The main thread's time at which the budget is spent that is counted now, if one is; only ever
touched by the main thread."""


def _hears_signals() -> bool:
    """Whether this is the main thread, made ready for the signal. The interpreter is asked, since
    `threading` takes a greenlet of gevent for another thread."""
    try:
        signal.signal(signal.SIGVTALRM, _ring)
    except ValueError:
        return False
    return True


def _start(end: float) -> None:
    _ends.append(end)
    signal.setitimer(signal.ITIMER_VIRTUAL, max(end - thread_time(), SHORTEST))


def _stop() -> None:
    """A signal that is on its way comes too late to raise."""
    _ends.clear()
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    if not _ends:
        return
    left = _ends[-1] - thread_time()
    if left > 0:
        signal.setitimer(signal.ITIMER_VIRTUAL, max(left, SHORTEST))
    else:
        raise _RungError
