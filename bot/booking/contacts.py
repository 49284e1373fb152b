"""Names and telephone numbers of appointments: sealed, and found by keyed hashes."""

from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Connection

from bot.booking.tables import appointments
from bot.models.appointment import TAIL
from bot.sealing.column import Sealed, of_row
from bot.sealing.keyring import keyring_of


def of_contact(
    connection: Connection, appointment: int, name: str = "", phone: str = ""
) -> dict[str, Any]:
    """The columns of an appointment that keep this name and number; empty for neither."""
    given = {"name": name, "phone": phone}
    columns: dict[str, Any] = {}
    for column, text in given.items():
        if text:
            key = keyring_of(connection.dialect).demanded()
            columns |= {column: of_row(appointment, text), **_kind(column).indexed(key, text)}
    return columns


def has_phone(connection: Connection, digits: str) -> ColumnElement[bool]:
    """That an appointment has this number, given whole or by its last four digits: under whichever
    key its row lies. Rows that only end alike are among them."""
    index = "phone_tail_index" if len(digits) == TAIL else "phone_index"
    return _found_by(connection, "phone", index, digits)


def has_name(connection: Connection, name: str) -> ColumnElement[bool]:
    """That an appointment has this whole name, under whichever key its row lies. A part of a name
    finds nothing: hashes of single letters would tell, of a copy of the database, who is called
    Wang, since every fifteenth person is."""
    return _found_by(connection, "name", "name_index", name)


def _found_by(connection: Connection, column: str, index: str, text: str) -> ColumnElement[bool]:
    keys = keyring_of(connection.dialect).keys.values()
    kept: Column[Any] = appointments.c[index]
    return kept.in_([_kind(column).indexed(key, text)[index] for key in keys])


def _kind(column: str) -> Sealed:
    return cast(Sealed, appointments.c[column].type)
