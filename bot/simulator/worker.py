"""The worker of the demonstration, started by `xinshimin demo`."""

import signal
from os import environ
from pathlib import Path

from bot import logs
from bot.clock import now
from bot.sealing.keyring import engine_of
from bot.simulator.service import FOLDER, PORT, demo_settings
from bot.worker import Worker
from dialogs.region import choose


def main() -> None:
    """Work until the demonstration ends."""
    settings = demo_settings(Path(environ[FOLDER]), int(environ[PORT]))
    choose(settings.county)
    logs.start("WARNING")
    worker = Worker(settings, engine_of(settings), now)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


if __name__ == "__main__":
    main()
