"""A set of texts that is too large for the memory of a process."""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from bot.sqlite.library import driver

PREPARATION = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "CREATE TABLE digests (digest INTEGER PRIMARY KEY)",
)


class Register:
    """Only digests of eight bytes are put down, in a file that has lost its name by then: however
    the process ends, nothing is left. Of a million texts one more would be taken for one of them
    once in 18 million million times."""

    def __enter__(self) -> Self:
        # SQLite's own files without a name are kept in memory, as it is compiled here.
        with TemporaryDirectory() as folder:
            self._file = driver.connect(Path(folder) / "register")
            for statement in PREPARATION:
                self._file.execute(statement)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, texts: Iterable[str]) -> None:
        """Put these down, whether they are there or not."""
        rows = ((_digest(one),) for one in texts)
        with self._file:
            self._file.executemany("INSERT OR IGNORE INTO digests VALUES (?)", rows)

    def without(self, texts: Iterable[str]) -> list[str]:
        """Those of these texts that were not put down."""
        return [one for one in texts if not self._has(one)]

    def _has(self, text: str) -> bool:
        row = (_digest(text),)
        found = self._file.execute("SELECT 1 FROM digests WHERE digest = ?", row)
        return found.fetchone() is not None


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)
