"""Backup and restore of a PostgreSQL database, by PostgreSQL's own programs."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep

from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from bot.backup.contents import BackupError, Contents, demand_known, read
from bot.database import reading, writing
from bot.migrations import VERSION_TABLE

ASIDE = "replaced_"  # begins the names of schemas that hold a replaced database
# In the script that pg_restore makes of a dump.
ROWS_OF = re.compile(rb'COPY (?:[\w"]+\.)?"?(\w+)"? \(')
_NUMBER = re.compile(rb"\d+")
END_OF_ROWS = b"\\.\n"

ENDING_SECONDS = 2  # that the server needs at most to see a process gone
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
FUNCTIONS = text(
    "SELECT DISTINCT f.proname FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid "
    "JOIN pg_namespace n ON n.oid = f.pronamespace WHERE NOT t.tgisinternal AND n.nspname = :schema"
)


def write(engine: Engine, target: Path) -> Contents:
    """Write the database to the empty file `target`; what was found in it."""
    demand_client(engine)
    options = ("--format=custom", f"--exclude-schema={ASIDE}*", f"--file={target}")
    _run(engine, "pg_dump", *options, _address(engine))
    return _contents(target)


def restore(engine: Engine, source: Path, now: datetime) -> tuple[Contents, str | None]:
    """See `bot.backup.restore`."""
    try:
        contents = _contents(source)
    except BackupError as error:
        raise BackupError(f"{source} is no whole backup: {error}") from error
    demand_known(contents, source)
    demand_client(engine)
    aside = f"{ASIDE}{now:%Y%m%d_%H%M%S}"
    with writing(engine) as connection:
        demand_alone(connection)
        schema = connection.scalar(text("SELECT current_schema()"))
        moved = inspect(connection).get_table_names()
        if moved:
            connection.execute(text(f'CREATE SCHEMA "{aside}"'))
        _move(connection, moved, schema, aside)
    engine.dispose()
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    try:
        _run(engine, "pg_restore", *options, f"--dbname={_address(engine)}", str(source))
    except BackupError:
        with writing(engine) as connection:
            _move(connection, moved, aside, schema)
            connection.execute(text(f'DROP SCHEMA IF EXISTS "{aside}"'))
        raise
    return contents, f"the schema {aside}" if moved else None


def faults(engine: Engine) -> Iterator[str]:
    """See `bot.backup.faults`. The server keeps what refers to each other; reading each row finds
    pages that are damaged."""
    try:
        with reading(engine) as connection:
            read(connection)
    except DatabaseError as error:
        yield f"The database cannot be read: {error.orig}."


def _move(connection: Connection, tables: list[str], source: str, target: str) -> None:
    """Indexes and sequences go with their tables, and so do the functions of triggers here."""
    functions = connection.scalars(FUNCTIONS, {"schema": source}).all() if tables else []
    for function in functions:
        connection.execute(text(f'ALTER FUNCTION "{source}"."{function}"() SET SCHEMA "{target}"'))
    for table in tables:
        connection.execute(text(f'ALTER TABLE "{source}"."{table}" SET SCHEMA "{target}"'))


def demand_alone(connection: Connection) -> None:
    """Raises BackupError: another connection to the database is open."""
    end = monotonic() + ENDING_SECONDS
    while (others := connection.execute(OTHERS).scalar_one()) and monotonic() < end:
        sleep(0.1)
    if others:
        raise BackupError(
            f"The database is in use ({others} connections): stop gunicorn, xinshimin worker and "
            "whatever else has it open."
        )


def demand_client(engine: Engine) -> None:
    """pg_dump refuses a server that is newer than itself, in words about itself."""
    with _running("pg_dump", "--version") as lines:
        version = int(_NUMBER.findall(b"".join(lines))[0])
    with reading(engine) as connection:
        server = int(connection.scalar(text("SHOW server_version_num"))) // 10_000
    if version < server:
        raise BackupError(
            f"pg_dump is of PostgreSQL {version}, the server of {server}: install the client "
            f"programs of PostgreSQL {server} (on Debian: postgresql-client-{server})."
        )


def _contents(dump: Path) -> Contents:
    """Unpack the whole dump, and count what is in it."""
    rows: dict[str, int] = {}
    version = None
    table = ""
    with _running("pg_restore", "--file=-", str(dump)) as lines:
        for line in lines:
            if table and line == END_OF_ROWS:
                table = ""
            elif table:
                rows[table] += 1
                version = line.decode().strip() if table == VERSION_TABLE else version
            elif found := ROWS_OF.match(line):
                table = found[1].decode()
                rows[table] = 0
    rows.pop(VERSION_TABLE, None)
    return Contents(version, rows)


@contextmanager
def _running(
    program: str, *arguments: str, password: str | None = None
) -> Iterator[Iterable[bytes]]:
    """Lines of the program's output. Raises BackupError if it fails, with the first it says."""
    # The password is not among the arguments, which everybody on the machine can read.
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    with TemporaryFile() as errors:
        try:
            process = subprocess.Popen(  # noqa: S603
                [program, *arguments], env=environment, stdout=subprocess.PIPE, stderr=errors
            )
        except FileNotFoundError:
            raise BackupError(
                f"{program} is not there: install PostgreSQL's client programs (on Debian: "
                "postgresql-client)."
            ) from None
        with process:
            yield process.stdout or ()
        if process.returncode:
            errors.seek(0)
            said = errors.readline().decode(errors="replace").strip()
            raise BackupError(f"{program} failed: {said or process.returncode}")


def _run(engine: Engine, program: str, *arguments: str) -> None:
    with _running(program, *arguments, password=engine.url.password) as lines:
        for _ in lines:
            pass


def _address(engine: Engine) -> str:
    """As PostgreSQL's programs take it, without the password."""
    bare = URL.create(**(engine.url._asdict() | {"drivername": "postgresql", "password": None}))
    return bare.render_as_string()
