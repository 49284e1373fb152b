"""Around the whole application: each request has a deadline, counted from its arrival.

In a rush, or after a database that was away, more requests wait than can be answered. Taken up
one by one, each would be answered too late. So what is too old to be answered in time is begun
with its deadline over: it changes nothing, costs next to nothing, and is told so. The oldest wait
of this process alone decides, no process needs to know of another:

- A request that has waited `LONGEST_WAIT` has no time left to be worked on.
- While for more than a second each request has waited noticeably, the queue does not empty by
  itself: only what waited less than `SHORT_WAIT` is worked on then. So those that are answered are
  answered soon, and the queue is gone as soon as the rush is (the idea is CoDel's, RFC 8289).
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from bot import deadline, metrics
from bot.arrival import waited
from bot.wechat import PATH

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SECONDS = 4.0  # from its arrival until an answer is given up
LONGEST_WAIT = 3.5
SHORT_WAIT = 1.0
NOTICEABLE = 0.1
STANDING = 1.0  # for so long each one waited
TOLD_AGAIN = 10.0  # a line in the log

log = logging.getLogger(__name__)


@dataclass
class Queue:
    """What waits before this process, known by the age of what it takes up."""

    standing_since: float | None = None

    def is_too_old(self, age: float) -> bool:
        """Whether a request that has waited so many seconds is not worked on any more."""
        now = monotonic()
        if age < NOTICEABLE:
            self.standing_since = None
        elif self.standing_since is None:
            self.standing_since = now
        stands = self.standing_since is not None and now - self.standing_since > STANDING
        return age > (SHORT_WAIT if stands else LONGEST_WAIT)


class InTime:
    """A WSGI application around `inside`."""

    def __init__(self, inside: "WSGIApplication", proxies: int) -> None:
        self.inside = inside
        self.proxies = proxies
        self.queue = Queue()
        self._untold = 0
        self._told = -inf

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        age = waited(environ, self.proxies)
        left = SECONDS - age
        if self.queue.is_too_old(age):
            self._count("callback" if environ.get("PATH_INFO") == PATH else "pages")
            left = 0
        with deadline.within(left):
            return self.inside(environ, start_response)

    def _count(self, where: str) -> None:
        metrics.SHED.labels(where).inc()
        self._untold += 1
        if monotonic() - self._told >= TOLD_AGAIN:
            log.error("%d requests had waited too long to be worked on", self._untold)
            self._untold, self._told = 0, monotonic()
