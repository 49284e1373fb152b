"""Stops asking a service that does not answer, and tries it now and then.

The reason is the people who wait: of a service that is down each would wait for as long as we do.
"""

from collections.abc import Callable
from time import monotonic

TRIPS = 5  # failures one after the other
REST_SECONDS = 5.0  # between two that are let through to try it


class Breaker:
    """Asks before each call whether it `lets_through`, and is told what came of it."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._rests_until = 0.0

    def lets_through(self) -> bool:
        """Whether to make a call now. The one that is let through as a trial keeps the others
        waiting for what it finds."""
        if self._failures < TRIPS:
            return True
        if self._clock() < self._rests_until:
            return False
        self._rest()
        return True

    def worked(self) -> None:
        """A call was answered, if only with an error: it costs nobody any time."""
        self._failures = 0

    def failed(self) -> None:
        """A call was not answered in time."""
        self._failures += 1
        self._rest()

    def _rest(self) -> None:
        self._rests_until = self._clock() + REST_SECONDS
