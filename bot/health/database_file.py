"""The file of SQLite: is it there, is it whole, is there room for more."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from sqlalchemy import Engine

from bot.database import looking
from bot.health.report import Finding

SPACE = bytes(65_536)  # must still fit on the disk
# To check a file is to read all of it. It may take so long, and a hundredth of the time in all: of
# a large file only the beginning is seen.
CHECK_SECONDS = 0.3
SHARE_OF_TIME = 100
STEPS = 1000  # of SQLite's virtual machine, between two looks at the clock


class DatabaseFile:
    """The file behind an engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.path = Path(str(engine.url.database))
        self._check_at = float("-inf")
        self._damage: list[Finding] = []

    def missing(self) -> Iterator[Finding]:
        """That there is no file. To be asked before anything opens it, and begins an empty one."""
        if not self.path.exists():
            text = f"there is no database file {self.path}: restore it, or run xinshimin db upgrade"
            yield Finding("file", text)

    def room(self) -> Iterator[Finding]:
        """Whether the disk takes more. SQLite writes into the room that its log has already, and
        finds out much later."""
        try:
            with tempfile.TemporaryFile(dir=self.path.parent, buffering=0) as file:
                if file.write(SPACE) < len(SPACE):
                    yield Finding("disk", f"the disk of {self.path} is full")
        except OSError as error:
            yield Finding("disk", f"nothing can be written beside {self.path}: {error.strerror}")

    def damage(self) -> list[Finding]:
        """Whether it is whole, as far as one could see in so short a time."""
        began = monotonic()
        if began >= self._check_at:
            self._check(began + CHECK_SECONDS)
            self._check_at = monotonic() + (monotonic() - began) * SHARE_OF_TIME
        return self._damage

    def _check(self, end: float) -> None:
        with looking(self.engine) as cursor:
            connection = cursor.connection
            connection.set_progress_handler(lambda: monotonic() > end, STEPS)
            try:
                cursor.execute("PRAGMA quick_check(1)")
                [(verdict,)] = cursor.fetchall()
            except self.engine.dialect.loaded_dbapi.OperationalError:
                return  # it was too long; what was known before holds
        text = f"the database file is damaged: {' '.join(verdict.split())}"
        self._damage = [] if verdict == "ok" else [Finding("damaged", text)]
