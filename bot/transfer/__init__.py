"""A database moved to another one, of the same kind or the other: SQLite, PostgreSQL.

Everything goes in one transaction of the target, and is read again there before that commits: what
is there afterwards is whole, or nothing is. The source is frozen meanwhile: a service that went on
beside would acknowledge what the copy does not have.
"""

from bot.transfer.copier import Copied, CopyError, copy

__all__ = ["Copied", "CopyError", "copy"]
