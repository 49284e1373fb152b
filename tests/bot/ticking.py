"""A clock that ticks from a moment the test chose, shared by the test and the processes it serves.

Pages of the window look different at eight in the morning and at midnight; tests of them may not.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from signal import SIGTERM, signal

from flask import Flask

from bot import create_app
from bot.clock import now
from bot.sealing.keyring import engine_of
from bot.settings import Settings
from bot.worker import Worker

APP = "tests.bot.ticking:app()"
BEHIND = "TESTS_SECONDS_BEHIND"


@dataclass(frozen=True)
class Ticking:
    """Tells the time as it was `behind` ago."""

    behind: timedelta

    @classmethod
    def since(cls, moment: datetime) -> "Ticking":
        """A clock that says `moment` now, and goes on from there."""
        return cls(now() - moment)

    def __call__(self) -> datetime:
        return now() - self.behind

    def environment(self) -> dict[str, str]:
        """What a process that serves `APP` needs to have the same clock."""
        return {BEHIND: str(self.behind.total_seconds())}


def app() -> Flask:
    """The service as in production, with its settings from the environment, at the test's time."""
    return create_app(clock=_clock())


def work() -> None:
    """The worker's jobs, at the test's time, until SIGTERM."""
    settings = Settings.from_environment()
    worker = Worker(settings, engine_of(settings), _clock())
    signal(SIGTERM, lambda *_: worker.stop())
    worker.run()


def _clock() -> Ticking:
    return Ticking(timedelta(seconds=float(os.environ[BEHIND])))


if __name__ == "__main__":
    work()
