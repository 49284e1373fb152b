"""A database that is as it was before, as often as one wants; read by the plain driver alone."""

import time
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url
from sqlmodel import SQLModel

from bot.sqlite.library import driver

Rows = dict[str, list[dict[str, Any]]]
Files = dict[Path, bytes]
Counters = list[tuple[str, int | None]]
PATIENCE = 30.0  # seconds
INDEX_HEADER = 96  # bytes; it stands there twice, https://sqlite.org/walformat.html


class DamageError(Exception):
    """A database is not sound."""


@cache
def tables() -> list[str]:
    """All of the service, those that refer to others behind them."""
    return [table.name for table in SQLModel.metadata.sorted_tables]


class SqliteStage:
    """A file, with the log that a killed process leaves beside it."""

    def __init__(self, url: str) -> None:
        self.path = Path(str(make_url(url).database))
        self.kept: Files = {}
        self._looked: tuple[Files, Rows] | None = None

    def keep(self) -> None:
        """What `restore` brings back."""
        self.kept = self._state()

    def restore(self) -> None:
        for one in {*self._files()} - self.kept.keys():
            one.unlink()
        for path, content in self.kept.items():
            path.write_bytes(content)

    def is_untouched(self) -> bool:
        """Whether not a byte differs from what was kept, and nothing stands beside it."""
        return self._state() == self.kept

    def settle(self) -> None:
        """The kernel has let go of all a killed process had."""

    def release(self) -> None:
        """Nothing is held between two looks."""

    def await_restart(self) -> None:
        """There is no server."""

    def rows(self) -> Rows:
        """All there is, found sound. The first to open the file puts a killed process's log in
        order. Files that were read before, byte for byte, are not read again, as long as the log's
        index says the same: a commit's last byte is in the log before anybody sees the commit.

        Raises:
            DamageError: the database itself finds something wrong.
        """
        state = self._seen()
        if self._looked and self._looked[0] == state:
            return self._looked[1]
        with closing(driver.connect(self.path, isolation_level=None)) as connection:
            connection.execute("BEGIN")  # all of one moment: a living process may be at work
            rows = _read(connection.cursor())
            connection.execute("COMMIT")
            found = connection.execute("PRAGMA integrity_check").fetchall()
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        if found != [("ok",)] or orphans:
            raise DamageError(f"{found} {orphans}")
        self._looked = (state, rows) if state == self._seen() else None
        return rows

    def _files(self) -> list[Path]:
        return [one for one in self.path.parent.rglob("*") if one.is_file()]

    def _seen(self) -> Files:
        """What living processes read: the files, and how far the log is valid."""
        index = self.path.with_name(f"{self.path.name}-shm")
        try:
            with open(index, "rb") as file:
                return self._state() | {index: file.read(INDEX_HEADER)}
        except FileNotFoundError:
            return self._state()

    def _state(self) -> Files:
        """All that outlives the processes: what they share in memory is made anew."""
        read = ((one, one.read_bytes()) for one in self._files() if one.suffix != ".db-shm")
        return {path: content for path, content in read if content}


class PostgresqlStage:
    """A database of a server. Its rows are put back, which takes a hundredth of a copy's time; each
    time over in one message, as each change of process takes its time on a busy machine."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.copies = 0  # one in another: the schema of each has its number
        self.kept: list[str] = []  # tables of which rows were kept
        self.found: tuple[Rows, Counters] = ({}, [])
        self._connection: psycopg.Connection[Any] | None = None

    def keep(self) -> None:
        self.settle()
        self.copies += 1
        self.kept = self._filled()
        connection, schema = self._connected(), self._schema()
        connection.execute(f"VACUUM {', '.join(tables())}")  # of what was put back so often
        connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")
        for name in self.kept:
            connection.execute(f"CREATE TABLE {schema}.{name} AS TABLE {name}")
        self.found = (self.rows(), self._counters())

    def restore(self) -> None:
        self.settle()
        copies = [f"INSERT INTO {one} SELECT * FROM {self._schema()}.{one}" for one in self.kept]
        undo = [f"DELETE FROM {name}" for name in self._filled()]
        counters = [_set_back(*one) for one in self.found[1]]
        self._connected().execute("; ".join(["BEGIN", *undo, *copies, *counters, "COMMIT"]))

    def _schema(self) -> str:
        return f"kept_{self.copies}"

    def _filled(self) -> list[str]:
        """The tables with a row."""
        each = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables())
        return [name for (name,) in self._connected().execute(" UNION ALL ".join(each))]

    def settle(self, living: bool = False) -> None:
        """Until the server has noticed that a killed process is gone, or has recovered itself. Of
        those who are `living` it waits for nothing more than that they are answered."""
        others = f"""SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
            AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            AND (state <> 'idle' OR NOT {living})"""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if self._connected().execute(others).fetchone() == (0,):
                    return
            except psycopg.OperationalError:  # it was killed with the others
                self.release()
            time.sleep(0.001)
        raise TimeoutError("PostgreSQL does not come to rest")

    def await_restart(self) -> None:
        """One process of the server was killed: it ends all connections, and starts anew."""
        end = time.monotonic() + PATIENCE
        with suppress(psycopg.OperationalError):
            while time.monotonic() < end:
                self._connected().execute("SELECT 1")
                time.sleep(0.001)
        self.settle(living=True)

    def is_untouched(self) -> bool:
        """Whether every row and every sequence is as it was kept."""
        return (self.rows(), self._counters()) == self.found

    def release(self) -> None:
        """Let go of the connection: a process that is forked must not share it, and `settle` waits
        for all others."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def rows(self) -> Rows:
        """All there is. Constraints and foreign keys hold whatever was committed."""
        self.settle(living=True)
        try:
            return self._read()
        except psycopg.OperationalError:  # the server ended all connections only now
            self.release()
            self.settle(living=True)
            return self._read()

    def _read(self) -> Rows:
        connection, filled = self._connected(), self._filled()
        with connection.pipeline():
            cursors = {name: connection.execute(f"SELECT * FROM {name}") for name in filled}
        read = {name: _named(cursor) for name, cursor in cursors.items()}
        return {name: read.get(name, []) for name in tables()}

    def _counters(self) -> Counters:
        query = "SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename"
        return self._connected().execute(query).fetchall()

    def _connected(self) -> psycopg.Connection[Any]:
        """One that sees each commit, and puts rows back in whichever order."""
        if self._connection is None or self._connection.broken:
            role = "-c session_replication_role=replica"
            self._connection = psycopg.connect(self.url, autocommit=True, options=role)
        return self._connection


Stage = SqliteStage | PostgresqlStage


def stage_of(url: str) -> Stage:
    """The stage for either kind of database."""
    return SqliteStage(url) if url.startswith("sqlite") else PostgresqlStage(url)


def _read(cursor: Any) -> Rows:
    return {name: _named(cursor.execute(f"SELECT * FROM {name}")) for name in tables()}


def _named(cursor: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _set_back(name: str, last: int | None) -> str:
    return f"SELECT setval('{name}', {last or 1}, {last is not None})"
