"""Telephone numbers of appointments: sealed, and found by keyed hashes."""

from typing import Any, cast

from sqlalchemy import ColumnElement, Connection

from bot.booking.tables import appointments
from bot.models.appointment import TAIL
from bot.sealing.column import Sealed, of_row
from bot.sealing.keyring import keyring_of


def of_phone(connection: Connection, appointment: int, phone: str) -> dict[str, Any]:
    """The columns of an appointment that keep this number; empty for none."""
    if not phone:
        return {}
    key = keyring_of(connection.dialect).demanded()
    return {"phone": of_row(appointment, phone), **_kind().indexed(key, phone)}


def has_phone(connection: Connection, digits: str) -> ColumnElement[bool]:
    """That an appointment has this number, given whole or by its last four digits: under whichever
    key its row lies. Rows that only end alike are among them."""
    column = "phone_tail_index" if len(digits) == TAIL else "phone_index"
    keys = keyring_of(connection.dialect).keys.values()
    return appointments.c[column].in_([_kind().indexed(key, digits)[column] for key in keys])


def _kind() -> Sealed:
    return cast(Sealed, appointments.c.phone.type)
