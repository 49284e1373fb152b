"""Copies of the database that can be trusted, and the way back from one.

A copy is written under a temporary name, opened and read through, and gets its own name only
after that: what has the name is whole.
"""

from bot.backup.contents import BackupError, Contents
from bot.backup.sealed_file import BackupKey
from bot.backup.whole import back_up, faults, restore

__all__ = ["BackupError", "BackupKey", "Contents", "back_up", "faults", "restore"]
