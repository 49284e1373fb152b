"""Checksums of tables that are alike on every kind of database, in whatever order rows come."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any

_MODULUS = 1 << 256


@dataclass
class Digest:
    """Of the rows so far: their number, and the sum of what SHA-256 makes of each."""

    rows: int = 0
    total: int = 0

    def add(self, row: Iterable[object]) -> None:
        """One row more."""
        self.rows += 1
        self.total = (self.total + int.from_bytes(of_row(row))) % _MODULUS

    def __str__(self) -> str:
        return f"{self.total:064x}"


def of_row(row: Iterable[object]) -> bytes:
    """Of one row: equal for equal values, whichever driver gave them."""
    return sha256(json.dumps([canonical(one) for one in row]).encode()).digest()


def canonical(value: object) -> Any:
    """The value with its kind, as JSON takes it.

    Raises:
        TypeError: no column of ours keeps such a thing.

    >>> canonical(True), canonical(1), canonical(Decimal("1.50")) == canonical(Decimal("1.5"))
    (['bool', 'True'], ['int', '1'], True)
    """
    match value:
        case None | str():
            return value
        case bool() | int():
            return [type(value).__name__, str(value)]
        case float() | Decimal():
            return ["number", str(Decimal(str(value)).normalize())]
        case bytes() | memoryview():
            return ["bytes", bytes(value).hex()]
        case datetime() if value.tzinfo:
            return ["moment", value.astimezone(UTC).replace(tzinfo=None).isoformat()]
        case datetime():
            return ["moment", value.isoformat()]
        case date() | time():
            return [type(value).__name__, value.isoformat()]
        case dict() | list():
            return ["json", json.dumps(value, sort_keys=True)]
    raise TypeError(f"{type(value).__name__} has no canonical form")
