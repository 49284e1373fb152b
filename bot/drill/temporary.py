"""A database, and a folder, that are there for a drill and leave nothing."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from bot.database import engine_for
from bot.drill.contents import DrillError

NAME = "xinshimin_drill_"


@contextmanager
def temporary_folder(engine: Engine) -> Iterator[Path]:
    """Private; beside the database's file, where there is room for another one."""
    beside = Path(str(engine.url.database)).parent
    is_file = engine.dialect.name == "sqlite" and beside.is_dir()
    place = beside if is_file else None
    with tempfile.TemporaryDirectory(prefix="xinshimin-drill-", dir=place) as folder:
        yield Path(folder)


@contextmanager
def temporary_database(engine: Engine, folder: Path) -> Iterator[str]:
    """The address of an empty one of the same kind, on the same server.

    Raises:
        DrillError: the server lets this account make none.
    """
    if engine.dialect.name == "sqlite":
        yield f"sqlite:///{folder / 'drill.db'}"
        return
    name = f"{NAME}{token_hex(4)}"
    address = engine.url.set(drivername="postgresql")
    _at(address.render_as_string(hide_password=False), f'CREATE DATABASE "{name}"')
    try:
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        _at(address.render_as_string(hide_password=False), f'DROP DATABASE "{name}" WITH (FORCE)')


def _at(address: str, statement: str) -> None:
    server = engine_for(address, bounded=False, pooled=False)
    try:
        with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)
    except ProgrammingError as error:
        raise DrillError(
            f"A drill needs a database of its own beside this one: {error.orig}. Let the account "
            "make it (ALTER ROLE … CREATEDB), or name another server with --url."
        ) from error
    finally:
        server.dispose()
