"""A source nobody can change while it is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from bot.backup.postgresql import demand_alone
from bot.backup.sqlite import nobody_else
from bot.database import reader_of, reading
from bot.transfer.plain_tables import plain_tables

LOCK_SECONDS = 5


@contextmanager
def frozen(engine: Engine) -> Iterator[Connection]:
    """One view of the database, which no process has open and none can change meanwhile.

    Raises:
        BackupError: it is in use.
    """
    view = _frozen_file if engine.dialect.name == "sqlite" else _frozen_server
    with view(engine) as connection:
        yield connection


@contextmanager
def _frozen_file(engine: Engine) -> Iterator[Connection]:
    file = Path(str(engine.url.database))
    with nobody_else(file), reader_of(file).connect() as connection, connection.begin():
        yield connection


@contextmanager
def _frozen_server(engine: Engine) -> Iterator[Connection]:
    with reading(engine) as connection:
        demand_alone(connection)
    tables = ", ".join(f'"{table.name}"' for table in plain_tables())
    with reading(engine) as connection:
        # The first statement that reads decides what is seen: the locks come before it.
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
        connection.execute(text(f"LOCK TABLE {tables} IN SHARE MODE"))
        demand_alone(connection)
        yield connection
