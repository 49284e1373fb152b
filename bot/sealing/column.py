"""The type of a column whose texts lie sealed in the database.

    phone: str | None = Field(sa_column=Column(Sealed("appointments.phone", row="id")))

Reading opens by itself. A writer says whose row it is, since that is sealed in with the text:

    update(appointments).values(phone=of_row(5, "0577…"))
    insert(notices).values(sealing(notices, values))      # where `values` has the row's own column

A sealed text cannot be compared in SQL. What must be found has a keyed index (`Key.index`).
"""

import json
import logging
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Dialect, Table, Text, cast, type_coerce
from sqlalchemy.types import TypeDecorator

from bot.sealing.keyring import DamagedError, Key, SealError, keyring_of

log = logging.getLogger(__name__)
Indexes = tuple[tuple[str, Callable[[str], str]], ...]
"""A column with keyed hashes, and what of a text is found by it."""


class OfRow(NamedTuple):
    """A value on its way into a sealed column, and whose row it is."""

    row: str
    value: Any


def of_row(row: object, value: Any) -> OfRow | None:
    """The value for the row with this identity; None stays None."""
    return None if value is None else OfRow(str(row), value)


class Sealed(TypeDecorator[Any]):
    """A text that is sealed under a name (`table.column`) for the row that the column `row` of the
    same table tells from others. Takes `OfRow` only, so that nothing is written in the clear."""

    impl = Text
    cache_ok = True

    def __init__(
        self, name: str, row: str, instead: str | None = None, indexes: Indexes = ()
    ) -> None:
        """`instead`: what is read of a text that is damaged, where one that only shows it must not
        stop the rest. `indexes`: columns by which a text is found."""
        super().__init__()
        self.name, self.row, self.instead, self.indexes = name, row, instead, indexes

    @property
    def python_type(self) -> type[Any]:
        """Of the opened value."""
        return str

    def process_bind_param(self, value: OfRow | None, dialect: Dialect) -> str | None:
        """Seal it. Raises TypeError: nobody said whose row it is."""
        if value is None:
            return None
        if not isinstance(value, OfRow):
            raise TypeError(f"{self.name} is sealed: say whose row it is with of_row()")
        return keyring_of(dialect).seal(self.name, value.row, self.text_of(value.value))

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Row and text together, so that `process_result_value` knows both."""
        return type_coerce(self.with_row(column), self)

    def with_row(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """What a result gets: row and text."""
        identity = column.table.c[self.row]
        return cast(identity, Text).concat(" ").concat(type_coerce(column, Text))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Open it. Raises SealError."""
        if value is None:
            return None
        row, _, sealed = value.rpartition(" ")
        try:
            return self.value_of(keyring_of(dialect).open(self.name, row, sealed))
        except DamagedError as error:
            if self.instead is None:
                raise
            log.error("%s", error)
            return self.value_of(self.instead)

    def indexed(self, key: Key, text: str) -> dict[str, str]:
        """The text's keyed hashes, by the column of each."""
        return {column: key.index(f"{self.name} {column}", of(text)) for column, of in self.indexes}

    def text_of(self, value: Any) -> str:
        """What is sealed of a value."""
        return str(value)

    def value_of(self, text: str) -> Any:
        """The value again."""
        return text


class SealedJSON(Sealed):
    """The same for what JSON takes."""

    cache_ok = True

    @property
    def python_type(self) -> type[Any]:
        """Of the opened value."""
        return dict

    def text_of(self, value: Any) -> str:
        """As JSON."""
        return json.dumps(value, ensure_ascii=False)

    def value_of(self, text: str) -> Any:
        """From JSON."""
        return json.loads(text)


class SealedDecimal(Sealed):
    """The same for a number."""

    cache_ok = True

    @property
    def python_type(self) -> type[Any]:
        """Of the opened value."""
        return Decimal

    def value_of(self, text: str) -> Any:
        """The number again, exactly."""
        return Decimal(text)


class _Opening(TypeDecorator[Any]):
    """See `opening`."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Sealed) -> None:
        super().__init__()
        self.kind = kind

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        try:
            return self.kind.process_result_value(value, dialect)
        except SealError:
            return None


def opening(column: Column[Any]) -> ColumnElement[Any]:
    """The sealed column, None where a text does not open: for who must go on without it, and says
    so."""
    kind = column.type
    if not isinstance(kind, Sealed):
        raise TypeError(f"{column} is not sealed")
    return type_coerce(kind.with_row(column), _Opening(kind))


def sealing(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row, those of sealed columns said to be of it. `values` has the column that
    tells the row from others."""
    types = {name: table.c[name].type for name in values}
    return {
        name: of_row(values[kind.row], value) if isinstance(kind := types[name], Sealed) else value
        for name, value in values.items()
    }
