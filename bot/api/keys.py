"""The keys of clients: random, shown once, kept as hashes, counted over all workers.

A key reads `xsm.NAME.SECRET`: the name finds the row, the secret is compared with its hash.
"""

import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

from sqlalchemy import Connection, delete, select
from sqlmodel import SQLModel, col

from bot.database import briefly, reading
from bot.models import ApiKey
from bot.service import Service
from bot.upsert import insert_if_new

NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")
LONGEST = 120  # characters of a key
MOST_PER_MINUTE = 100_000
LOCK_SECONDS = 1.0  # a call waits for the database's lock; then the client asks again
_PREFIX = "xsm"
_NOBODY = sha256(secrets.token_bytes(32)).hexdigest()
COUNT = """
UPDATE api_keys SET used = CASE WHEN minute = ? THEN used + 1 ELSE 1 END, minute = ?
WHERE client = ? RETURNING used
"""


class UnknownKeyError(Exception):
    """No such key, or none any more."""


class TooOftenError(Exception):
    """The client has called as often as it may in this minute. `seconds`: until the next one."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def add(connection: Connection, name: str, per_minute: int, now: datetime) -> str | None:
    """A new key, which nobody can read again; None where there is one of this name."""
    secret = secrets.token_urlsafe(32)
    row = {"client": name, "digest": _hashed(secret), "per_minute": per_minute, "created_at": now}
    table = SQLModel.metadata.tables[str(ApiKey.__tablename__)]
    if insert_if_new(connection, table, **row, minute=0, used=0) is None:
        return None
    return f"{_PREFIX}.{name}.{secret}"


def revoke(connection: Connection, name: str) -> bool:
    """End a key at once; False where there is none of this name."""
    return connection.execute(delete(ApiKey).where(col(ApiKey.client) == name)).rowcount > 0


def all_keys(connection: Connection) -> Iterator[ApiKey]:
    """All keys that are good, by name."""
    for row in connection.execute(select(ApiKey).order_by(col(ApiKey.client))):
        yield ApiKey.model_construct(**row._mapping)


def any_exists(service: Service) -> bool:
    """Whether anyone may use the API."""
    with reading(service.engine) as connection:
        return connection.scalar(select(col(ApiKey.client)).limit(1)) is not None


def admit(service: Service, key: str) -> None:
    """Count one call of the client with this key.

    Raises:
        UnknownKeyError, TooOftenError: it is not allowed.
    """
    prefix, _, rest = key[:LONGEST].partition(".")
    name, _, secret = rest.partition(".")
    wanted = select(ApiKey).where(col(ApiKey.client) == name)
    with reading(service.engine) as connection:
        row = connection.execute(wanted).one_or_none() if NAME.fullmatch(name) else None
    same = compare_digest(_hashed(secret), row.digest if row else _NOBODY)
    if row is None or not same or prefix != _PREFIX:
        raise UnknownKeyError
    seconds = int(service.clock().timestamp())
    minute, begun = divmod(seconds, 60)
    is_over = row.minute == minute and row.used >= row.per_minute
    if is_over or _counted(service, name, minute) > row.per_minute:
        raise TooOftenError(60 - begun)


def _counted(service: Service, name: str, minute: int) -> int:
    """The calls in this minute with this one. Raises UnknownKeyError: revoked meanwhile."""
    with briefly(service.engine, LOCK_SECONDS) as cursor:
        cursor.execute(service.store.marked(COUNT), (minute, minute, name))
        found = cursor.fetchone()
    if found is None:
        raise UnknownKeyError
    return int(found[0])


def _hashed(secret: str) -> str:
    return sha256(secret.encode(errors="replace")).hexdigest()
