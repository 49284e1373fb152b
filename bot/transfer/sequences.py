"""Where PostgreSQL goes on counting the numbers of new rows."""

from sqlalchemy import Connection, Table, func, select, text
from sqlmodel import SQLModel


def go_on(source: Connection, target: Connection) -> None:
    """Let no number be given twice: neither one that is there, nor one that a source on PostgreSQL
    gave to a row that is gone. SQLite counts on from the rows it has."""
    if target.dialect.name != "postgresql":
        return
    for table in SQLModel.metadata.sorted_tables:
        sequence = _sequence(target, table)
        if sequence and (last := max(_highest(target, table), _given(source, table))):
            target.execute(select(func.setval(sequence, last)))


def _sequence(connection: Connection, table: Table) -> str | None:
    column = table.autoincrement_column
    if column is None:
        return None
    of_column = func.pg_get_serial_sequence(table.name, column.name)
    found: str | None = connection.scalar(select(of_column))
    return found


def _highest(connection: Connection, table: Table) -> int:
    return int(connection.scalar(select(func.max(table.autoincrement_column))) or 0)


def _given(connection: Connection, table: Table) -> int:
    if connection.dialect.name != "postgresql" or not (sequence := _sequence(connection, table)):
        return 0
    last = text(f"SELECT last_value FROM {sequence} WHERE is_called")  # noqa: S608 - its own name
    return int(connection.scalar(last) or 0)
