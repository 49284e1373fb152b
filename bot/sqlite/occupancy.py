"""Which processes may have a database open together: with a sound library all of them, with a
faulty one a single one, and none while it is being restored or copied."""

from pathlib import Path
from weakref import WeakKeyDictionary, WeakValueDictionary

from sqlalchemy import Dialect, Engine, event

from bot.settings import SettingsError
from bot.sqlite import library
from bot.sqlite.process_lock import ProcessLock

# How long a starting process waits for others to let go of the database: a reload of gunicorn
# starts the new process before it stops the old one.
START_SECONDS = 10

_locks: WeakValueDictionary[Path, ProcessLock] = WeakValueDictionary()  # all engines share one
_lock_of: WeakKeyDictionary[Dialect, ProcessLock] = WeakKeyDictionary()


class OccupiedError(SettingsError):
    """Another process must be alone with the database."""


def guard(engine: Engine, database: Path) -> None:
    """Let the engine of a database on the disk take its part in the lock."""
    lock = _locks.setdefault(database.resolve(), ProcessLock(database))
    _lock_of[engine.dialect] = lock
    event.listen(engine, "engine_disposed", lambda _: lock.release(engine.dialect))


def occupy(engine: Engine) -> None:
    """Be one of the processes that have the database open, with a connection or without; until
    `engine.dispose()`, or the end of the process.

    Raises:
        OccupiedError: another process must be alone with it.
        OSError: there is no room for the lock, or no right to it.
    """
    lock = _lock_of.get(engine.dialect)
    if lock is None:  # a server's, or in memory
        return
    sound = library.is_sound()
    if lock.take(engine.dialect, alone=not sound, patience=START_SECONDS):
        return
    if sound:
        raise OccupiedError(
            f"{lock.database} is being restored or copied: start again when that is done."
        )
    raise OccupiedError(
        f"{library.fault()}, and another process has {lock.database} open already: let one serve "
        f"alone (gunicorn --workers 1, without --preload and without xinshimin worker beside it). "
        f"{library.ADVICE}."
    )
