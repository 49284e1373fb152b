"""Which keys the database needs. Each that seals here has a row with a known text sealed by it,
from its first start until `xinshimin db reseal` has replaced it everywhere. So a start with a wrong
key, or without one that is still needed, ends with a sentence, and no talk is lost on the way.

A key that is being replaced is retired first: nothing more is sealed with it (`in_force`), so that
what lies under it only becomes less.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Engine, Table, delete, select, update
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables
from bot.database import reading, writing
from bot.keys.reseal import counted
from bot.sealing import in_force
from bot.sealing.keyring import Keyring, SealError, keyring_of
from bot.settings import PREFIX, SettingsError
from bot.upsert import insert_if_new

PLAIN = "plain"
"""Instead of a key: a migration has left texts that are not sealed yet."""
PROOF = "data_keys.proof"
KNOWN = "what this key sealed can be read"
_keys: Table = SQLModel.metadata.tables["data_keys"]


def demand(engine: Engine, now: datetime) -> None:
    """See that everything can be opened, and note the current key before it seals anything.

    Raises:
        SettingsError: a key is missing or wrong; says which and what to do.
    """
    if found := "\n- ".join(missing(engine, starting=True)):
        raise SettingsError(found)
    keyring = keyring_of(engine.dialect)
    if keyring.current is not None:
        with writing(engine) as connection:
            note(connection, keyring, now)


def missing(engine: Engine, *, starting: bool = False) -> Iterator[str]:
    """Say what keeps this process from opening everything that is here. One that goes on while
    another key takes over is told to end; one that starts may bring a new key."""
    keyring = keyring_of(engine.dialect)
    with reading(engine) as connection:
        rows = connection.execute(select(_keys)).all()
    proofs = {row.id: row.proof for row in rows}
    in_use = {row.id for row in rows if row.retired_at is None}
    if PLAIN in proofs:
        yield "Not everything is sealed yet. Run, with the service stopped: xinshimin db upgrade"
    for id in sorted(proofs.keys() - keyring.keys.keys() - {PLAIN}):
        yield (
            f"Something here is sealed with a key ({id}) that is not in {PREFIX}DATA_KEY: put that "
            f"key back, there or into {PREFIX}DATA_KEY_PREVIOUS. Nothing is lost meanwhile."
        )
    for id in sorted(proofs.keys() & keyring.keys.keys()):
        try:
            keyring.open(PROOF, id, proofs[id])
        except SealError as error:
            yield f"{error}. Restore the database from a backup."
    current = keyring.current
    if current and not starting and current.id not in in_use:
        yield (
            f"The key of this process ({current.id}) was replaced: restart it with the "
            f"{PREFIX}DATA_KEY of the others."
        )


def note(connection: Connection, keyring: Keyring, now: datetime) -> None:
    """The current key is in use from now on, be it again."""
    key = keyring.demanded()
    proof = keyring.seal(PROOF, key.id, KNOWN)
    insert_if_new(connection, _keys, id=key.id, proof=proof, since=now)
    again = (_keys.c.id == key.id) & _keys.c.retired_at.is_not(None)
    connection.execute(update(_keys).where(again).values(retired_at=None))


def retire_others(engine: Engine, now: datetime) -> list[str]:
    """From now on the current key alone seals; which others did. A process that goes on with one of
    them writes nothing that is sealed, and says that it must be restarted."""
    current = keyring_of(engine.dialect).demanded().id
    others = _keys.c.id.not_in((current, PLAIN)) & _keys.c.retired_at.is_(None)
    with writing(engine) as connection:
        retired = list(connection.scalars(select(_keys.c.id).where(others).order_by(_keys.c.id)))
        for id in retired:
            in_force.wait_for_writers(connection, id)
        connection.execute(update(_keys).where(others).values(retired_at=now))
    return retired


def forget_unused(engine: Engine) -> list[str]:
    """Which retired keys nothing needs any more; from now on a start does without."""
    used = {of.key for of in counted(engine)}
    unused = _keys.c.retired_at.is_not(None) & _keys.c.id.not_in(used)
    with writing(engine) as connection:
        forgotten = list(connection.scalars(select(_keys.c.id).where(unused)))
        connection.execute(delete(_keys).where(unused, _keys.c.id.in_(forgotten)))
    return forgotten
