"""A key is lost for good: what it sealed goes, so that the rest serves on.

Times, places, states and codes of appointments are readable without it. What cannot be read becomes
empty where a row may be without it; a row that is nothing without it goes: a talk begins anew.
"""

from collections import Counter

from sqlalchemy import ColumnElement, Connection, Engine, delete, select, update
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables
from bot.database import writing
from bot.keys.reseal import SealedColumn, sealed_columns
from bot.sealing.keyring import FORMAT, SealError, keyring_of

_keys = SQLModel.metadata.tables["data_keys"]


def abandon(engine: Engine, key: str) -> Counter[str]:
    """Give up everything that the key with this number sealed, in one transaction; how many texts
    of each column.

    Raises:
        SealError: nothing is sealed with such a key, or it is here and opens what it sealed.
    """
    if key in keyring_of(engine.dialect).keys:
        raise SealError(f"The key {key} is here, and opens what it sealed: nothing is given up.")
    with writing(engine) as connection:
        if connection.execute(select(_keys).where(_keys.c.id == key)).first() is None:
            raise SealError(f"Nothing here is sealed with a key {key}.")
        gone = {one.kind.name: _give_up(connection, one, key) for one in sealed_columns()}
        connection.execute(delete(_keys).where(_keys.c.id == key))
    return +Counter(gone)


def _give_up(connection: Connection, one: SealedColumn, key: str) -> int:
    under: ColumnElement[bool] = one.stored.like(f"{FORMAT}.{key}.%")
    if one.table.c[one.name].nullable:
        empty = dict.fromkeys((one.name, *(index for index, _ in one.kind.indexes)))
        return int(connection.execute(update(one.table).where(under).values(empty)).rowcount)
    return int(connection.execute(delete(one.table).where(under)).rowcount)
