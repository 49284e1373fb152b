"""Whether a restored database holds what the backup said, and opens."""

from collections.abc import Iterator

from sqlalchemy import Engine

from bot import migrations
from bot.backup import Contents, faults
from bot.backup.contents import read
from bot.database import reading
from bot.keys.faults import sealing_faults
from bot.keys.reseal import counted


class DrillError(Exception):
    """The backup does not serve; the message is a sentence that says why."""


def compared(engine: Engine, contents: Contents) -> str:
    """What was found, in a sentence. Raises DrillError: not what the backup said."""
    with reading(engine) as connection:
        found = read(connection)
    for table, rows in contents.rows.items():
        if found.rows.get(table) != rows:
            there = found.rows.get(table, 0)
            raise DrillError(f"{table} has {there:,} rows, in the backup it had {rows:,}.")
    return f"restored: {found}, as many of each as in the backup"


def brought_up_to_date(engine: Engine) -> Iterator[str]:
    """Bring it to this program's version, if it is of an older one."""
    version = migrations.current(engine)
    if version != migrations.newest():
        migrations.upgrade(engine)
        yield f"upgraded: from version {version} to {migrations.newest()}"


def sound(engine: Engine) -> str:
    """What was looked at, in a sentence. Raises DrillError: something is damaged or locked."""
    found = faults(engine) or list(sealing_faults(engine))
    if found:
        raise DrillError("\n- ".join(["The restored database is not sound:", *found]))
    return f"checked: sound, and each of {counted(engine).total():,} sealed texts opens"
