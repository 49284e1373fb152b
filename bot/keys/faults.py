"""What is not as it should lie in a database."""

from collections.abc import Iterator

from sqlalchemy import Engine

from bot.keys import known_keys
from bot.keys.reseal import Of, counted, unreadable
from bot.sealing.keyring import keyring_of
from bot.settings import DATA_KEY_MISSING


def sealing_faults(engine: Engine) -> Iterator[str]:
    """Sentences about what cannot be opened, each text tried, and what an earlier key seals."""
    keyring = keyring_of(engine.dialect)
    if keyring.current is None:
        if counted(engine):
            yield f"What is sealed was not looked at. {DATA_KEY_MISSING}"
        return
    yield from known_keys.missing(engine, starting=True)
    lost = unreadable(engine)
    for of, rows in lost.items():
        yield f"{said(of, rows)}: cannot be opened. Put the key back, or restore a backup"
    for of, rows in (counted(engine) - lost).items():
        if of.key != keyring.current.id:
            yield f"{said(of, rows)}: run xinshimin db reseal"


def said(of: Of, rows: int) -> str:
    """So many rows of a column, and how they lie."""
    under = f"under the key {of.key}" if of.key else "not sealed"
    return f"{of.column}: {rows} rows {under}"
