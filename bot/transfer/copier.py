"""All rows of one database to another."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Row, Table, delete, func, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from bot import migrations
from bot.database import reader_of, reading, writing
from bot.keys.reseal import sealed_columns
from bot.sealing import in_force
from bot.transfer.digest import Digest, of_row
from bot.transfer.frozen import frozen
from bot.transfer.plain_tables import Rows, batches, name_of, plain_tables
from bot.transfer.sequences import go_on

OF_AN_UPGRADE = "sites"  # whose rows `db upgrade` writes by itself

Tell = Callable[[str, int], None]
"""Is told, now and then, which table and how many rows of it are copied so far."""


class CopyError(Exception):
    """The databases are as they were; the message is a sentence that says why."""


class Copied(NamedTuple):
    """A table, with what was found of it on both sides."""

    table: str
    digest: Digest


def copy(source: Engine, target: Engine, tell: Tell = lambda _table, _rows: None) -> list[Copied]:
    """Copy everything to an empty target, which is made if there are no tables yet.

    Raises:
        CopyError: the target is not empty, or of another version; a row cannot be copied, or is not
            the same there. Nothing of it stays.
        BackupError: the source is in use.
        SettingsError: the source is of another version than this program.
    """
    if source.url == target.url:
        raise CopyError("The database would be copied to itself: name another one.")
    migrations.demand_newest(reader_of(source))
    _prepare(target)
    with frozen(source) as origin, writing(target) as copy:
        _demand_empty(copy)
        for one in sealed_columns():  # what a retired key sealed is copied too
            in_force.unguard(copy, one.table.name, one.name)
        copied = [Copied(one.name, _filled(origin, copy, one, tell)) for one in _tables(copy)]
        for table, (_, digest) in zip(plain_tables(), copied, strict=True):
            _verify(origin, copy, table, digest)
        for one in sealed_columns():
            in_force.guard(copy, one.table.name, one.name)
        go_on(origin, copy)
    return copied


def _prepare(target: Engine) -> None:
    """Give an empty database its tables."""
    version = migrations.current(target)
    if version is None:
        with reading(target) as connection:
            if others := inspect(connection).get_table_names():
                raise CopyError(f"The target has tables of another program, as {others[0]}.")
        migrations.upgrade(target)
    elif version != migrations.newest():
        raise CopyError(
            f"The target is at version {version}, the source at {migrations.newest()}: name an "
            "empty database."
        )


def _demand_empty(target: Connection) -> None:
    for table in plain_tables():
        rows = target.scalar(select(func.count()).select_from(table))
        if rows and table.name != OF_AN_UPGRADE:
            raise CopyError(
                f"The target is not empty: {table.name} has {rows:,} rows. Name an empty database."
            )


def _tables(target: Connection) -> list[Table]:
    tables = plain_tables()
    for table in tables:
        if table.name == OF_AN_UPGRADE:
            target.execute(delete(table))
    return tables


def _filled(source: Connection, target: Connection, table: Table, tell: Tell) -> Digest:
    digest = Digest()
    for rows in batches(source, table):
        _insert(target, table, rows)
        for row in rows:
            digest.add(row)
        tell(table.name, digest.rows)
    return digest


def _insert(target: Connection, table: Table, rows: Rows) -> None:
    try:
        with target.begin_nested():
            target.execute(insert(table), _values(rows))
    except (SQLAlchemyError, ValueError) as error:
        for row in rows:
            _insert_one(target, table, row)
        raise CopyError(f"{table.name} cannot be copied: {_reason(error)}") from error


def _insert_one(target: Connection, table: Table, row: Row[tuple[object, ...]]) -> None:
    try:
        with target.begin_nested():
            target.execute(insert(table), _values([row]))
    except (SQLAlchemyError, ValueError) as error:
        sentence = f"{name_of(table, row)}, cannot be copied: {_reason(error)}"
        raise CopyError(f"{sentence}. Nothing was copied.") from error


def _values(rows: Iterable[Row[tuple[object, ...]]]) -> list[dict[str, object]]:
    return [dict(row._mapping) for row in rows]


def _reason(error: Exception) -> str:
    """The driver's first line: those that follow quote the row."""
    return str(getattr(error, "orig", error)).partition("\n")[0]


def _verify(source: Connection, target: Connection, table: Table, expected: Digest) -> None:
    """Read the table again where it is now."""
    found = Digest()
    for rows in batches(target, table):
        for row in rows:
            found.add(row)
    if found != expected:
        raise CopyError(f"{_first_other(source, target, table)}. Nothing was copied.")


def _first_other(source: Connection, target: Connection, table: Table) -> str:
    for rows in batches(source, table):
        for row in rows:
            this = (key == row._mapping[key] for key in table.primary_key)
            there = target.execute(select(table).where(*this)).one_or_none()
            if there is None or of_row(there) != of_row(row):
                return f"{name_of(table, row)}, is not the same in the target"
    return f"{table.name} has rows in the target that the source does not have"
