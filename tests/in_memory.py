"""A folder in memory for what tests write: none of it outlives them, and no test cuts the power, so
nobody waits for a disk."""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes; all tests together take half of that."""


def in_memory() -> Path | None:
    """The folder; None where there is no room or programs may not be run, and any other will do."""
    if not MEMORY.is_dir() or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None
