"""A database that is as it was before, as often as one wants; read by the plain driver alone."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url
from sqlmodel import SQLModel

from bot.sqlite.library import driver

Rows = dict[str, list[dict[str, Any]]]
PATIENCE = 30.0  # seconds


def tables() -> list[str]:
    """All of the service, those that refer to others behind them."""
    return [table.name for table in SQLModel.metadata.sorted_tables]


class SqliteStage:
    """A file, with the log that a killed process leaves beside it."""

    def __init__(self, url: str) -> None:
        self.path = Path(str(make_url(url).database))
        self.kept: dict[Path, bytes] = {}

    def keep(self) -> None:
        """What `restore` brings back."""
        self.kept = {one: one.read_bytes() for one in self._files() if one.suffix != ".db-shm"}

    def restore(self) -> None:
        for one in {*self._files()} - self.kept.keys():
            one.unlink()
        for path, content in self.kept.items():
            path.write_bytes(content)

    def is_untouched(self) -> bool:
        """Whether not a byte differs from what was kept."""
        return all(one.exists() and one.read_bytes() == kept for one, kept in self.kept.items())

    def settle(self) -> None:
        """The kernel has let go of all a killed process had."""

    def rows(self) -> Rows:
        """All there is. The first to open the file puts a killed process's log in order."""
        with closing(driver.connect(self.path, isolation_level=None)) as connection:
            return _read(connection.cursor())

    def damage(self) -> str:
        """What the database itself finds wrong; "" where nothing is."""
        with closing(driver.connect(self.path, isolation_level=None)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchall()
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        return "" if found == [("ok",)] and not orphans else f"{found} {orphans}"

    def _files(self) -> list[Path]:
        return [one for one in self.path.parent.rglob("*") if one.is_file()]


class PostgresqlStage:
    """A database of a server. Its rows are put back, which takes a hundredth of a copy's time."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.kept: dict[str, bytes] = {}
        self.counters: list[tuple[str, int | None]] = []

    def keep(self) -> None:
        self.kept = {}
        self.settle()
        with self._connected() as connection:
            cursor = connection.cursor()
            for name in tables():
                with cursor.copy(f"COPY {name} TO STDOUT (FORMAT binary)") as rows:
                    self.kept[name] = b"".join(map(bytes, rows))
            query = "SELECT sequencename, last_value FROM pg_sequences"
            self.counters = cursor.execute(query).fetchall()

    def restore(self) -> None:
        self.settle()
        with self._connected() as connection:
            cursor = connection.cursor()
            cursor.execute("SET session_replication_role = replica")  # in whichever order
            cursor.execute("; ".join(f"DELETE FROM {name}" for name in tables()))
            for name, content in self.kept.items():
                if len(content) > EMPTY:
                    with cursor.copy(f"COPY {name} FROM STDIN (FORMAT binary)") as rows:
                        rows.write(content)
            for name, last in self.counters:
                cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])

    def settle(self, living: bool = False) -> None:
        """Until the server has noticed that a killed process is gone, or has recovered itself. Of
        those who are `living` it waits for nothing more than that they are answered."""
        others = f"""SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
            AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            AND (state <> 'idle' OR NOT {living})"""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(psycopg.OperationalError), self._connected() as connection:
                if connection.execute(others).fetchone() == (0,):
                    return
            time.sleep(0.002)
        raise TimeoutError("PostgreSQL does not come to rest")

    def is_untouched(self) -> bool:
        """Nobody can tell: what was undone leaves its traces in the server's files."""
        return False

    def rows(self) -> Rows:
        self.settle(living=True)
        with self._connected() as connection:
            return _read(connection.cursor())

    def damage(self) -> str:
        """Constraints and foreign keys hold whatever was committed; what is read was not torn."""
        return ""

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(self.url) as connection:
            yield connection


EMPTY = 21  # bytes of a binary copy without a row
Stage = SqliteStage | PostgresqlStage


def stage_of(url: str) -> Stage:
    """The stage for either kind of database."""
    return SqliteStage(url) if url.startswith("sqlite") else PostgresqlStage(url)


def _read(cursor: Any) -> Rows:
    found: Rows = {}
    for name in tables():
        cursor.execute(f"SELECT * FROM {name}")
        names = [column[0] for column in cursor.description]
        found[name] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found
