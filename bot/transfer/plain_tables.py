"""The tables as the database keeps them: what is sealed stays sealed, a moment stays in UTC."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Row, Table, select
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables

AT_ONCE = 500  # rows in memory

Rows = Sequence[Row[Any]]


def plain_tables() -> list[Table]:
    """All tables, each after those it refers to."""
    metadata = MetaData()
    return [_plain(table, metadata) for table in SQLModel.metadata.sorted_tables]


def batches(connection: Connection, table: Table) -> Iterator[Rows]:
    """All rows, few at a time."""
    query = select(table).execution_options(yield_per=AT_ONCE)
    return connection.execute(query).partitions()


def name_of(table: Table, row: Row[Any]) -> str:
    """A row in words: its table and its key."""
    keys = (f"{key.name}={row._mapping[key]!r}" for key in table.primary_key)
    return f"{table.name}, row {', '.join(keys)}"


def _plain(table: Table, metadata: MetaData) -> Table:
    columns = (
        Column(one.name, _kept(one.type), primary_key=one.primary_key, autoincrement=False)
        for one in table.columns
    )
    return Table(table.name, metadata, *columns)


def _kept(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind
