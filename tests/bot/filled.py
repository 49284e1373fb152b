"""Databases with something in every table, whatever their version."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    Time,
    func,
    insert,
    select,
    type_coerce,
)
from sqlalchemy.types import TypeEngine

from bot.database import reading, writing
from bot.keys.reseal import sealed_columns
from bot.migrations import VERSION_TABLE
from bot.sealing.keyring import is_sealed, keyring_of

_KINDS: tuple[type[TypeEngine[Any]], ...] = (
    Boolean, Integer, Float, Numeric, JSON, String, DateTime, Date, Time,
)  # fmt: skip


def tables_of(connection: Connection) -> list[Table]:
    """All there are, each after those it refers to."""
    found = MetaData()
    found.reflect(connection)
    return [one for one in found.sorted_tables if one.name != VERSION_TABLE]


def fill(engine: Engine, rows: int = 1) -> None:
    """So many rows for each table that has none."""
    with writing(engine) as connection:
        for table in tables_of(connection):
            if connection.scalar(select(func.count()).select_from(table)) == 0:
                for number in range(1, rows + 1):
                    connection.execute(insert(table).values(_row(connection, table, number)))


def values_of(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by its key."""
    with reading(engine) as connection:
        return {table.name: list(_rows(connection, table)) for table in tables_of(connection)}


def opened(engine: Engine, values: dict[str, list[dict[str, Any]]]) -> None:
    """Put what lies sealed among these values into the clear, and leave out what is found by."""
    keyring = keyring_of(engine.dialect)
    for one in sealed_columns():
        for row in values.get(one.table.name, ()):
            if is_sealed(str(row.get(one.name))):
                identity = str(row[one.kind.row])
                row[one.name] = keyring.open(one.kind.name, identity, row[one.name])
            for index, _ in one.kind.indexes:
                row.pop(index, None)


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    keys = list(table.primary_key)
    columns = [  # a column that lies sealed now may be declared as what it was before, on SQLite
        type_coerce(one, Text).label(one.name) if isinstance(one.type, JSON | Numeric) else one
        for one in table.columns
    ]
    rows = [dict(row._mapping) for row in connection.execute(select(*columns))]
    yield from sorted(rows, key=lambda row: str([row[key.name] for key in keys]))


def _row(connection: Connection, table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(connection, column, number) for column in table.columns}


def _value(connection: Connection, column: Column[Any], number: int) -> object:
    for key in column.foreign_keys:
        others = connection.scalars(select(key.column).order_by(key.column)).all()
        return others[(number - 1) % len(others)]
    if column.nullable and number % 3 == 0:
        return None
    kind = next(one for one in _KINDS if isinstance(column.type, one))
    return _of_kind(kind, number, column.type)


def _of_kind(kind: type[TypeEngine[Any]], number: int, type: TypeEngine[Any]) -> object:
    moment = datetime(2026, 11, 22, 23, 59, 59, 999_000) + timedelta(days=number)  # noqa: DTZ001
    given: dict[type[TypeEngine[Any]], object] = {
        Boolean: number % 2 == 1,
        Integer: number,
        Float: number + 1 / 3,
        Numeric: number,
        JSON: {"数": number},
        String: _text(number, getattr(type, "length", None)),
        DateTime: moment,
        Date: date(2026, 11, 23) + timedelta(days=number),
        Time: time(8 + number % 10, 30),
    }
    return given[kind]


def _text(number: int, length: int | None) -> str:
    """What programs stumble over, as far as there is room; another one for each number. Where there
    is no end of room it is JSON, which such columns hold, of talks among others."""
    text = f"{number}字'\"\\N\t\n😀"
    return text[:length] if length else json.dumps({"数": text, "early": []}, ensure_ascii=False)
