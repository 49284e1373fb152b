"""What lies in the clear since before it was sealed: noted by a migration, sealed after it.

A migration is one transaction; sealing goes in steps that may end at any moment and be taken up by
the next `xinshimin db upgrade`. Until all is done no service starts.
"""

from datetime import datetime

from sqlalchemy import Connection, Engine, Text, delete, func, inspect, select, text
from sqlalchemy import column as column_named
from sqlalchemy import table as table_named

from bot.database import looking, reading, writing
from bot.keys import known_keys
from bot.keys.known_keys import PLAIN
from bot.keys.reseal import counted, reseal, sealed_columns
from bot.sealing.keyring import is_sealed, keyring_of
from bot.settings import DATA_KEY_MISSING, SettingsError

_keys = table_named("data_keys", column_named("id"), column_named("proof"), column_named("since"))


def mark(connection: Connection) -> None:
    """Note, in a migration, that there may be texts in the clear in columns that are sealed now."""
    if connection.execute(select(_keys).where(_keys.c.id == PLAIN)).first() is None:
        row = {"id": PLAIN, "proof": "", "since": func.current_timestamp()}
        connection.execute(_keys.insert().values(row))


def demand_key(engine: Engine) -> None:
    """Before a migration that makes columns sealed: there is a key, or nothing to seal.

    Raises:
        SettingsError: there is not.
    """
    tables = inspect(engine).get_table_names()
    if keyring_of(engine.dialect).current or "data_keys" in tables or "conversations" not in tables:
        return
    with reading(engine) as connection:
        if connection.execute(text("SELECT 1 FROM conversations LIMIT 1")).first():
            raise SettingsError(DATA_KEY_MISSING)


def seal(engine: Engine, now: datetime) -> None:
    """Seal what a migration has left in the clear.

    Raises:
        SettingsError: there is something, and no key.
    """
    with reading(engine) as connection:
        if connection.execute(select(_keys).where(_keys.c.id == PLAIN)).first() is None:
            return
    texts = counted(engine)
    if any(not of.key for of in texts):
        if keyring_of(engine.dialect).current is None:
            raise SettingsError(DATA_KEY_MISSING)
        with writing(engine) as connection:
            known_keys.note(connection, keyring_of(engine.dialect), now)
        reseal(engine, pause=0, plain=True)
    if texts:  # also where an earlier run sealed the last of them, and was ended here
        _overwrite(engine)
    with writing(engine) as connection:
        connection.execute(delete(_keys).where(_keys.c.id == PLAIN))


def unseal(connection: Connection, table: str, column: str, *, row: str) -> None:
    """Put a column back into the clear, in the migration that takes its seal away."""
    keyring, name = keyring_of(connection.dialect), f"{table}.{column}"
    kept = table_named(table, column_named(row), column_named(column, Text))
    rows = connection.execute(select(kept).where(kept.c[column].is_not(None))).all()
    for identity, stored in rows:
        if is_sealed(stored):
            this = kept.update().where(kept.c[row] == identity)
            connection.execute(this.values({column: keyring.open(name, str(identity), stored)}))


def _overwrite(engine: Engine) -> None:
    """No page of the files keeps what lay there before. SQLite overwrites what is deleted, but for
    its log; PostgreSQL keeps it until the table is written anew."""
    if engine.dialect.name == "sqlite":
        with looking(engine) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in _sealed_tables():
            connection.exec_driver_sql(f'VACUUM FULL "{table}"')
        connection.exec_driver_sql("CHECKPOINT")


def _sealed_tables() -> list[str]:
    return sorted({one.table.name for one in sealed_columns()})
