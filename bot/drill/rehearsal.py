"""The steps of a drill."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from bot.backup import BackupKey, restore
from bot.database import engine_for
from bot.drill.contents import brought_up_to_date, compared, sound
from bot.drill.served import shown, started, talked
from bot.drill.temporary import temporary_database
from bot.sealing.keyring import equipped, keyring_of
from bot.settings import Settings


def rehearse(
    settings: Settings,
    engine: Engine,
    file: Path,
    keys: Sequence[BackupKey],
    now: datetime,
    folder: Path,
) -> Iterator[str]:
    """Restore a backup beside the database that `engine` serves, and serve from it; a sentence
    after each step. `folder` takes what is written meanwhile.

    Raises:
        DrillError: the backup does not serve.
        BackupError: it cannot be restored.
    """
    with temporary_database(engine, folder) as url:
        copy = equipped(engine_for(url, bounded=False), keyring_of(engine.dialect))
        try:
            contents, _ = restore(copy, file, now, keys)
            yield compared(copy, contents)
            yield from brought_up_to_date(copy)
            yield sound(copy)
        finally:
            copy.dispose()
        with started(url, folder) as address:
            yield "started: the service is ready on it"
            yield talked(settings, address)
            yield shown(address)
