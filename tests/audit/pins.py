"""What the lock files pin."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.M)


class Pin(NamedTuple):
    """One version of a package."""

    name: str
    version: str


def pinned(locks: Iterable[Path]) -> list[Pin]:
    """Each pin of all files once, by name."""
    return sorted({Pin(*found) for lock in locks for found in PIN.findall(lock.read_text())})
