"""Inserting what may be there already: the statements that the two databases spell apart."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Row, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_if_new(connection: Connection, table: Table, **values: Any) -> tuple[Any, ...] | None:
    """Insert a row unless a unique rule forbids it. Its primary key, or None when it was there.

    Unlike a caught IntegrityError this leaves a PostgreSQL transaction usable.
    """
    row = connection.execute(_insert(table, connection.dialect.name), values).first()
    return None if row is None else tuple(row)


def insert_or_update(
    connection: Connection, table: Table, values: dict[str, Any], grown: dict[str, Any]
) -> Row[Any]:
    """Insert a row, or change the one with its primary key as `grown` says; the row as it is then.
    Atomic: two at once count one after the other."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    keys = list(table.primary_key.columns)
    put = insert(table).values(values).on_conflict_do_update(index_elements=keys, set_=grown)
    return connection.execute(put.returning(table)).one()


@cache
def _insert(table: Table, dialect: str) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
