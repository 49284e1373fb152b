"""Which processes have a database open.

A lock on a file beside the database, which the system drops when its process ends, however it
ends. All processes share it; one that must be alone (a restore; every process, if the library is
faulty) takes it for itself. SQLite's own locks cannot say this: they come and go with connections,
and a service that was just started, or is idle, has none.
"""

import fcntl
import threading
from pathlib import Path
from time import monotonic, sleep
from typing import IO
from weakref import WeakSet

from bot.sqlite.files import create_private

LOOK_AGAIN = 0.1  # seconds


class ProcessLock:
    """One process's part in the lock of one database, for as long as anything in it uses that."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._file: IO[bytes] | None = None
        self._users: WeakSet[object] = WeakSet()
        self._threads = threading.Lock()

    def take(self, user: object, *, alone: bool, patience: float) -> bool:
        """Take it for `user`, or have it already. False: others have it after so many seconds.

        Raises:
            OSError: the file cannot be made or opened.
        """
        with self._threads:
            if self._file is None:
                self._file = self._taken(alone, patience)
            if self._file is None:
                return False
            self._users.add(user)
            return True

    def release(self, user: object) -> None:
        """`user` needs it no longer."""
        with self._threads:
            self._users.discard(user)
            if self._file is not None and not self._users:
                self._file.close()
                self._file = None

    def _taken(self, alone: bool, patience: float) -> IO[bytes] | None:
        path = Path(f"{self.database.resolve()}-lock")
        create_private(path, like=self.database)
        file = path.open("rb")
        kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
        end = monotonic() + patience
        while True:
            try:
                fcntl.flock(file, kind | fcntl.LOCK_NB)
                return file
            except BlockingIOError:
                if monotonic() > end:
                    file.close()
                    return None
                sleep(LOOK_AGAIN)
