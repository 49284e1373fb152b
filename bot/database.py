"""The database: SQLite in WAL mode or PostgreSQL, with transactions that mean what they say.

    with writing(engine) as connection: ...   # takes the write lock at once; commits at the end
    with reading(engine) as connection: ...   # never waits for a writer; one consistent view
    with briefly(engine) as cursor: ...       # the same as writing, for the message path alone

Python's sqlite3 opens transactions late and by its own guess, so a read followed by a write can
find the database changed in between and fail. We switch that off and say BEGIN ourselves.

Each of them waits until the deadline (`bot.deadline`) at most, and commits nothing after it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from os import stat
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from sqlalchemy import (
    Connection,
    Engine,
    NullPool,
    Transaction,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import PoolProxiedConnection

from bot import deadline, postgresql
from bot.key_refusal import is_refused
from bot.settings import SettingsError
from bot.sqlite import files, library
from bot.sqlite.library import driver
from bot.sqlite.occupancy import guard, occupy

KINDS = ("sqlite", "postgresql")
_opened: WeakKeyDictionary[Engine, tuple[int, int] | None] = WeakKeyDictionary()
"""Device and inode of the file that an engine opened first."""

# How long one waits for SQLite's write lock. WeChat waits five seconds for an answer and asks again
# after that, so whatever is asked for over HTTP gives up before (`bot.in_time`); a job or a command
# rather waits than fails.
MESSAGE_SECONDS = 4
PATIENT_SECONDS = 20
# SQLite sleeps longer the longer one has waited, so that anyone who comes later is faster, and
# a person in the middle of a storm may never get the lock. Asked anew so often, all are equal.
ASK_AGAIN_MS = 30
READ_ONLY = 8  # SQLITE_READONLY
DAMAGED = 11  # SQLITE_CORRUPT: so ends a read of the log that failed, too
IO_ERROR = 10  # SQLITE_IOERR; the driver does not say which call it was

# synchronous=FULL: what `writing` committed survives a power cut, since a booking that was
# confirmed to a person must not be gone. `briefly` takes NORMAL: that survives the death of all our
# processes, and a power cut costs at most the last answers of some chats, whose question is then
# asked again. Otherwise each message would wait for the disk, holding the write lock.
FULL = "PRAGMA synchronous = FULL"
NORMAL = "PRAGMA synchronous = NORMAL"
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    FULL,
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {ASK_AGAIN_MS}",
    "PRAGMA secure_delete = ON",  # what people deleted is overwritten, and in no file any more
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16000",  # KiB
    # Pages of the log, 40 MB, from which on each commit moves some into the database, and waits for
    # the disk: for the case that no worker does it (`write_back`).
    "PRAGMA wal_autocheckpoint = 10000",
)


_one_writer = threading.RLock()

# Of one connection per use: who looks after the database shall neither take the last place of a
# pool, nor wait for a network that is gone.
UNPOOLED = {"poolclass": NullPool}
SECONDS_FOR_THE_POOL = 1  # all its connections are in use: with many threads only


def engine_for(url: str, *, pooled: bool = True, bounded: bool = True) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…`; opens no connection yet. Its errors
    hide the parameters, which are people's data and would end up in the log. One that is not
    `bounded` lets PostgreSQL take as long as it needs for a statement: migrations.

    Raises:
        SettingsError: the address is of neither kind, or its folder cannot be made.
    """
    try:
        parsed = make_url(url)
        kind = parsed.get_backend_name()
    except (ArgumentError, ValueError):  # which would repeat the password
        kind = ""
    if kind not in KINDS or (kind == "sqlite" and str(parsed.database).startswith("file:")):
        raise SettingsError(
            "XINSHIMIN_DATABASE_URL must look like sqlite:///var/xinshimin.db or "
            "postgresql://user:password@host/name."
        )
    if kind == "sqlite":
        return _sqlite(parsed, pooled)
    return _postgresql(parsed, pooled, bounded)


def reader_of(source: Engine | Path) -> Engine:
    """An engine that only reads, and changes nothing beside the database either: it may do so
    while another process must be alone with it."""
    if isinstance(source, Engine):
        if source.dialect.name != "sqlite":
            return source
        source = Path(str(source.url.database))
    address = f"file:{quote(str(source.resolve()))}?mode=ro"
    return create_engine(
        "sqlite://",
        module=driver,
        hide_parameters=True,
        creator=lambda: driver.connect(address, uri=True, isolation_level=None),
        **UNPOOLED,
    )


def is_away(engine: Engine, error: Exception) -> bool:
    """Whether the database did not answer, was locked, full or damaged, or refused this process's
    key: not the fault of what was asked."""
    driver = engine.dialect.loaded_dbapi
    late = (deadline.LateError, PoolTimeoutError)
    away = isinstance(error, (OperationalError, driver.OperationalError, *late))
    return away or is_refused(error) or _code(error) == DAMAGED


class UncertainError(OperationalError):
    """The commit was asked for, and what came of it was not heard: it may be kept or not. Any
    caller that can look, looks; nobody is told that nothing was done."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__("COMMIT", None, getattr(cause, "orig", None) or cause)


def is_busy(error: Exception) -> bool:
    """Whether SQLite's write lock was another person's for as long as one waited."""
    return _code(error) == driver.SQLITE_BUSY


def _code(error: BaseException) -> int:
    """SQLite's primary code; 0 of anything else."""
    return int(getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)) & 0xFF


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write. On SQLite the write lock is taken at the start (at most
    `PATIENT_SECONDS` of waiting), so what is read inside stays true until the commit.

    Raises:
        UncertainError: see there.
    """
    deadline.demand()
    with (
        _turn(engine, PATIENT_SECONDS),
        engine.connect() as connection,
        _writable(connection),
        connection.begin() as transaction,
    ):
        yield connection
        deadline.demand()
        if transaction.is_active:  # otherwise it was ended inside
            with _certain(engine):
                _commit(connection, transaction)


def _commit(connection: Connection, transaction: Transaction) -> None:
    """Without the rollback a commit that failed would leave its connection in the transaction."""
    try:
        transaction.commit()
    except BaseException as error:
        transaction.rollback()
        if _code(error) == IO_ERROR:
            _overwrite(connection)
        raise


def _overwrite(connection: Connection) -> None:
    """Put a write that changes nothing in the place of a commit that failed. If it was only the
    wait for the disk that failed, the commit stands in SQLite's log as a whole: nobody sees it, but
    if all processes died before the next write, it would come back."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute("PRAGMA synchronous = OFF")  # the disk was just waited for in vain
        _take_the_lock(cursor, MESSAGE_SECONDS)
        [(version,)] = cursor.execute("PRAGMA user_version").fetchall()
        cursor.execute(f"PRAGMA user_version = {version}")
        cursor.execute("COMMIT")
        cursor.execute(FULL)
    except driver.Error as error:
        connection.invalidate(error)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database, for reading only."""
    deadline.demand()
    connection = engine.connect().execution_options(immediate=False)
    if engine.dialect.name == "postgresql":  # which else shows each statement the latest commits
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    with connection, connection.begin():
        yield connection


@contextmanager
def looking(engine: Engine) -> Iterator[DBAPICursor]:
    """A cursor of the driver for a single SELECT; fetch all it gives."""
    with _borrowed(engine) as connection:
        if engine.dialect.name != "postgresql":
            yield connection.cursor()
            return
        driver: Any = connection.driver_connection
        driver.autocommit = True  # no BEGIN and ROLLBACK around it
        try:
            yield connection.cursor()
        finally:
            if not driver.closed:
                driver.autocommit = False


@contextmanager
def briefly(engine: Engine, seconds: float = MESSAGE_SECONDS) -> Iterator[DBAPICursor]:
    """A write transaction on a cursor of the driver itself, for few statements that run for every
    message; waits so many seconds for the lock. See `PRAGMAS` for what it gives up on SQLite.

    Raises:
        UncertainError: see there.
    """
    with _turn(engine, seconds), _borrowed(engine) as connection:
        cursor = connection.cursor()
        sqlite = engine.dialect.name == "sqlite"
        try:
            if sqlite:
                cursor.execute(NORMAL)
                _take_the_lock(cursor, seconds)
            yield cursor
            deadline.demand()
            with _certain(engine):
                connection.commit()
        except BaseException:
            _undo(connection)
            raise
        finally:
            if sqlite:
                cursor.execute(FULL)


@contextmanager
def _certain(engine: Engine) -> Iterator[None]:
    """Around a commit. Raises UncertainError."""
    kinds: Any = (OperationalError, engine.dialect.loaded_dbapi.OperationalError)
    try:
        yield
    except kinds as error:
        raise UncertainError(error) from error


def write_back(engine: Engine) -> None:
    """Move what is in SQLite's log into the database and empty the log, so that no message has to
    wait for the disk, and what people deleted is gone from the log too. What others are using
    stays until another time. PostgreSQL does it by itself."""
    if engine.dialect.name != "sqlite":
        return
    with _turn(engine, PATIENT_SECONDS), _borrowed(engine) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")  # nearly all of it, beside the others
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # holds the lock for the rest


@contextmanager
def _borrowed(engine: Engine) -> Iterator[PoolProxiedConnection]:
    """A connection of the pool. What fails inside is undone."""
    deadline.demand()
    connection = engine.raw_connection()
    try:
        with _writable(connection):
            yield connection
    except BaseException:
        _undo(connection)
        raise
    finally:
        connection.close()


@contextmanager
def _writable(connection: Connection | PoolProxiedConnection) -> Iterator[None]:
    """SQLite opens for reading what it cannot open for writing at that moment: a connection that
    proves to be such is thrown away, as the next one may be able to write."""
    try:
        yield
    except Exception as error:
        if _code(error) == READ_ONLY:
            connection.invalidate(error)
        raise


def _undo(connection: PoolProxiedConnection) -> None:
    """Roll back; a connection on which that fails is thrown away."""
    if not connection.is_valid:
        return
    try:
        connection.rollback()
    except Exception as error:
        connection.invalidate(error)


@contextmanager
def _turn(engine: Engine, seconds: float) -> Iterator[None]:
    """With a faulty library the threads of a process write one after another as well: the log is
    written back at the end of a commit, after SQLite has let go of its own lock."""
    if engine.dialect.name != "sqlite" or library.is_sound():
        yield
        return
    if not _one_writer.acquire(timeout=deadline.left(seconds)):
        raise driver.OperationalError("another thread goes on writing")
    try:
        yield
    finally:
        _one_writer.release()


def _postgresql(url: URL, pooled: bool, bounded: bool) -> Engine:
    pool = {"pool_size": 8, "max_overflow": 8, "pool_timeout": SECONDS_FOR_THE_POOL}
    # READ COMMITTED, because every write is a conditional statement that says whether it happened.
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        connect_args=postgresql.options(url, bounded),
        **(pool if pooled else UNPOOLED),
    )
    if bounded:
        postgresql.bound(engine)
    return engine


def _sqlite(url: URL, pooled: bool) -> Engine:
    on_disk = url.database not in (None, "", ":memory:")
    size = {"pool_size": 16, "max_overflow": 16} if url.database else {}
    kind = size if pooled else UNPOOLED
    engine = create_engine(url, module=driver, hide_parameters=True, **kind)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    if on_disk:
        _stay_with_the_file(engine)
        _see_to_the_files(engine)
    return engine


def _see_to_the_files(engine: Engine) -> None:
    """Nobody else reads them, and the right processes have them open."""
    database = Path(str(engine.url.database))
    try:
        files.make_folder(database.parent)
    except OSError as error:
        problem = f"the folder {database.parent} cannot be made ({error.strerror})."
        raise SettingsError(f"XINSHIMIN_DATABASE_URL: {problem}") from error
    guard(engine, database)

    def before_connecting(*_: object) -> None:
        try:
            files.make_private(database)
            occupy(engine)
        except OSError as error:
            raise driver.OperationalError(f"{error.strerror}: {error.filename}") from error

    event.listen(engine, "do_connect", before_connecting)


def _stay_with_the_file(engine: Engine) -> None:
    """No connection to another file than the first. What is written to a deleted file is lost with
    the last process, and a new connection would begin an empty one in its place."""

    def demand(*_: object) -> None:
        if why := lost_file(engine):
            raise driver.OperationalError(why)

    def note(*_: object) -> None:
        _opened.setdefault(engine, _identity(engine))

    event.listen(engine, "do_connect", demand)
    event.listen(engine, "connect", note)
    event.listen(engine, "checkout", demand)


def lost_file(engine: Engine) -> str | None:
    """What became of the SQLite file that is in use here, where it is not at its place any more."""
    opened, found = _opened.get(engine), _identity(engine)
    if opened in (None, found):
        return None
    what = "deleted" if found is None else "replaced by another one"
    return f"the database file {engine.url.database} was {what} while it was in use"


def _identity(engine: Engine) -> tuple[int, int] | None:
    try:
        found = stat(str(engine.url.database))
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _prepare(connection: driver.Connection, _record: object) -> None:
    connection.isolation_level = None  # no transactions of Python's own
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    # A connection that nobody marked (a migration, an ORM session) gets the careful kind.
    if connection.get_execution_options().get("immediate", True):
        _take_the_lock(connection.connection.cursor(), PATIENT_SECONDS)
    else:
        connection.exec_driver_sql("BEGIN")


def _take_the_lock(cursor: DBAPICursor, seconds: float) -> None:
    """Begin to write. Raises OperationalError after so many seconds of waiting."""
    began = monotonic()
    while True:
        try:
            cursor.execute("BEGIN IMMEDIATE")
            return
        except driver.OperationalError as error:
            if not is_busy(error) or monotonic() > deadline.end_of_wait(began, seconds):
                raise
