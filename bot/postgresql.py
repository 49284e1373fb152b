"""Connections to PostgreSQL on which nobody waits for ever.

The server's own limits (`SERVER_LIMITS`) end what takes long there. A server that is frozen, or a
network that swallows everything, keeps no limits: so each wait here has an end of its own, over TCP
and over a Unix socket alike. psycopg waits in small steps and asks its generator after each of
them; `_bounded` stands between the two. A connection on which the time ran out is closed at once,
without a word to the server: what was under way is rolled back there, and its answer can never be
taken for another one's.
"""

import logging
import select
from collections.abc import Generator
from time import monotonic
from typing import Any, Self, TypeVar

import psycopg
from psycopg.abc import PQGen, PQGenConn
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError

from bot import deadline

SECONDS_TO_CONNECT = 5.0
GRACE_SECONDS = 0.1  # an answer that is already on its way may still come in
STEP_SECONDS = 0.05  # so late, at most, is the end of a wait noticed

# libpq's names; a dead peer is noticed within some ten seconds. For TCP alone.
GONE_AFTER = {
    "connect_timeout": int(SECONDS_TO_CONNECT),
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
}
# In milliseconds. They free the server of what nobody waits for any more. A transaction that stays
# open without a word is that of a machine that is gone: its locks must not stay.
SERVER_LIMITS = {
    "statement_timeout": 20_000,
    "lock_timeout": 5_000,
    "idle_in_transaction_session_timeout": 20_000,
    "client_connection_check_interval": 1_000,
}

T = TypeVar("T")

# psycopg's remark about a pipeline that could not be left says what an exception says already.
logging.getLogger("psycopg").setLevel(logging.ERROR)


class BoundedConnection(psycopg.Connection[Any]):
    """A connection of psycopg whose waits end: after `patience` seconds, or at the deadline."""

    patience = 20.0  # seconds, of one wait

    @classmethod
    def _connect_gen(cls, conninfo: str = "") -> PQGenConn[Self]:
        gen = super()._connect_gen(conninfo)
        return _bounded(gen, SECONDS_TO_CONNECT, "it took no connection")

    def wait(
        self, gen: PQGen[T], interval: float = STEP_SECONDS, timeout: float | None = None
    ) -> T:
        """See psycopg.

        Raises:
            OperationalError: the time ran out; the connection is closed then.
        """
        bounded = _bounded(gen, self.patience, "it did not answer")
        try:
            return super().wait(bounded, interval, timeout)
        except _OutOfTimeError:
            self.pgconn.finish()
            raise


class _OutOfTimeError(psycopg.OperationalError):
    pass


def _bounded(gen: Generator[Any, Any, T], most: float, what: str) -> Generator[Any, Any, T]:
    """`gen`, for `most` seconds or until the deadline, which may come nearer meanwhile."""
    began = monotonic()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            wanted = gen.send(ready)
            now = monotonic()
            if now >= max(deadline.end_of_wait(began, most), began + GRACE_SECONDS):
                gen.close()
                raise _OutOfTimeError(f"{what} within {now - began:.1f} seconds")
    except StopIteration as end:
        value: T = end.value
        return value


def options(url: URL, bounded: bool) -> dict[str, Any]:
    """What libpq is told beside the address."""
    if not bounded:
        return GONE_AFTER
    limits = [f"-c {name}={milliseconds}" for name, milliseconds in SERVER_LIMITS.items()]
    own = url.query.get("options", ())  # of the operator; what comes later counts
    return GONE_AFTER | {"options": " ".join([*limits, *([own] if isinstance(own, str) else own)])}


def bound(engine: Engine) -> None:
    """Let an engine make such connections, and hand out none that is known to be dead."""

    def connect(_dialect: object, _record: object, args: list[Any], options: dict[str, Any]) -> Any:
        return BoundedConnection.connect(*args, **options)

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkout", _demand_silence)


def _demand_silence(connection: Any, _record: object, _proxy: object) -> None:
    """A server that ended, or ended this connection, said so: there is something to read where
    nobody asked. Costs no round trip."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    if poll.poll(0):
        raise DisconnectionError
