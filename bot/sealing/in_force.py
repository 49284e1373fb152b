"""The database itself refuses what no key in force has sealed.

A process that was left behind with the key before would seal what nobody can open later. So each
sealed column has triggers that look the text's key up in `data_keys`, inside the statement that
writes it: no way of writing can forget it, and it costs no round trip.
"""

from sqlalchemy import Connection, func, select

from bot.key_refusal import REFUSED

LOCK = 4711
"""The space of PostgreSQL's advisory locks in which each key has one. Transactions that write with
the key share it; the one that replaces the key takes it alone, and so waits for them."""

_FUNCTION = """
CREATE FUNCTION demand_key_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    key text := substr(to_jsonb(NEW) ->> TG_ARGV[0], 4, 8);  -- of s1.KEY.…, see `keyring`
BEGIN
    PERFORM pg_advisory_xact_lock_shared({lock}, hashtext(key));
    IF NOT EXISTS (SELECT 1 FROM data_keys WHERE id = key AND retired_at IS NULL) THEN
        RAISE EXCEPTION '{refused}' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END $$
"""
_ON_POSTGRESQL = """
CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {column} ON {table} FOR EACH ROW
WHEN (starts_with(NEW.{column}, 's1.')) EXECUTE FUNCTION demand_key_in_force('{column}')
"""
_ON_SQLITE = """
CREATE TRIGGER {name}_{event} BEFORE {event} {of} ON {table}
WHEN substr(NEW.{column}, 1, 3) = 's1.' AND NOT EXISTS (
    SELECT 1 FROM data_keys WHERE id = substr(NEW.{column}, 4, 8) AND retired_at IS NULL
) BEGIN SELECT RAISE(ABORT, '{refused}'); END
"""


def prepare(connection: Connection) -> None:
    """Before the first `guard`, in a migration."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_FUNCTION.format(lock=LOCK, refused=REFUSED))


def guard(connection: Connection, table: str, column: str) -> None:
    """Refuse from now on what is written to this column under a key that is not in force. On
    SQLite a migration that makes the table anew has to call it again."""
    names = {"name": f"in_force_{table}_{column}", "table": table, "column": column}
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_ON_POSTGRESQL.format(**names))
        return
    for event, of in (("INSERT", ""), ("UPDATE", f"OF {column}")):
        trigger = _ON_SQLITE.format(**names, event=event, of=of, refused=REFUSED)
        connection.exec_driver_sql(trigger)


def unguard(connection: Connection, table: str, column: str) -> None:
    """Take that back."""
    name = f"in_force_{table}_{column}"
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
        return
    for event in ("INSERT", "UPDATE"):
        connection.exec_driver_sql(f"DROP TRIGGER {name}_{event}")


def clear_away(connection: Connection) -> None:
    """After the last `unguard`."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION demand_key_in_force()")


def wait_for_writers(connection: Connection, key: str) -> None:
    """Until no transaction is under way that wrote with this key. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK, func.hashtext(key))))
