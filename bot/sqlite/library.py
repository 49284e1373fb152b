"""Which SQLite this is. All of `bot` takes its driver from here.

`pysqlite3` carries a recent library with it; where it has no wheels, Python's own driver uses
whatever the system has. Libraries from 3.7.0 to 3.51.2 can corrupt a database in WAL mode: if one
connection resets the log while another one writes it back, committed pages are skipped
(https://sqlite.org/wal.html#the_wal_reset_bug). Two earlier lines got the fix as well.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as driver
else:
    try:
        import pysqlite3 as driver
    except ImportError:
        import sqlite3 as driver

__all__ = ["ADVICE", "VERSION", "driver", "fault", "is_sound"]

Version = tuple[int, ...]

VERSION: Version = driver.sqlite_version_info
WAL_APPEARED = (3, 7, 0)
FIXED = (3, 51, 3)
FIXED_LINES = ((3, 44, 6), (3, 50, 7))  # each up to the end of its own line
ADVICE = "Install SQLite 3.51.3 or newer, or use PostgreSQL"


def is_sound(version: Version | None = None) -> bool:
    """Whether several connections may write with this version, or the one that is here.

    >>> is_sound((3, 40, 1)), is_sound((3, 50, 7)), is_sound((3, 51, 2)), is_sound((3, 53, 0))
    (False, True, False, True)
    """
    version = version or VERSION
    if any(fixed[:2] == version[:2] and version >= fixed for fixed in FIXED_LINES):
        return True
    return version < WAL_APPEARED or version >= FIXED


def fault() -> str:
    """The beginning of a sentence: what is wrong with this library."""
    name = ".".join(map(str, VERSION))
    return f"SQLite {name} can corrupt a database that two processes write to"
