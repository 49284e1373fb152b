"""Looks after the service in a thread of its own, so that anyone who asks is answered in time.

A database on a dead disk, or a stopped one, holds anyone who speaks to it for as long as it likes.
Only the thread waits for it then; one runs at a time, and what it found is good for a moment, so
that neither probes nor threads pile up.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Condition, Thread
from time import monotonic

from bot import deadline
from bot.health.report import Finding, Report

ANSWER_SECONDS = 1.5  # from the beginning of a look; a monitor is answered within two
FRESH_SECONDS = 1.0
LOOK_SECONDS = 10.0  # then it begins again, where the database lets it

log = logging.getLogger(__name__)


@dataclass
class Look:
    """One look at everything. What it waits for now is in `at`."""

    at: str = "the database"


@dataclass
class Prober:
    """Asks `look`, which gives a report, or a first and then a better one."""

    look: Callable[[Look], Iterator[Report]]
    _news: Condition = field(default_factory=Condition)
    _running: bool = False
    _began: float = float("-inf")
    _current: Look = field(default_factory=Look)
    _report: Report | None = None
    """What the last look said; None as long as it has said nothing."""
    _told: tuple[object, object] = Report().state

    def report(self) -> Report:
        """How things stand, at most `FRESH_SECONDS` old."""
        with self._news:
            if not self._running and monotonic() - self._began >= FRESH_SECONDS:
                self._begin()
            left = self._began + ANSWER_SECONDS - monotonic()
            self._news.wait_for(lambda: self._report is not None, max(left, 0))
            report = self._report or _hung(self._current)
            self._tell(report)
        return report

    def _begin(self) -> None:
        look = Look()
        Thread(target=self._run, args=[look], name="health", daemon=True).start()
        self._current, self._running, self._began, self._report = look, True, monotonic(), None

    def _run(self, look: Look) -> None:
        try:
            with deadline.within(LOOK_SECONDS):
                for report in self.look(look):
                    self._publish(report)
        except Exception as error:  # ours; its traceback once, as long as it stays the same
            self._publish(Report((Finding("probe", f"{look.at}: {error!r}"),)), error)

    def _publish(self, report: Report, error: Exception | None = None) -> None:
        with self._news:
            self._report, self._running = report, not report.final
            self._tell(report, error)
            self._news.notify_all()

    def _tell(self, report: Report, error: Exception | None = None) -> None:
        """Log it where it is another state than the last: one line."""
        state = report.state
        if state != self._told:
            level = logging.ERROR if report.problems else logging.WARNING
            log.log(level, "%s", "; ".join(report.lines), exc_info=error)
            self._told = state


def _hung(look: Look) -> Report:
    text = f"{look.at} does not answer within {ANSWER_SECONDS} seconds"
    return Report((Finding("hung", text),))
