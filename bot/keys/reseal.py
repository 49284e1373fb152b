"""Everything under the current key, while the service runs.

In small transactions with pauses. A row is written only where its sealed text is still the one that
was opened, so a message that comes meanwhile wins, and any number may run side by side or be ended
at any moment: what is left is found again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import sleep
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Table,
    Text,
    cast,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables
from bot.database import reading, writing
from bot.sealing.column import Sealed
from bot.sealing.keyring import FORMAT, Keyring, SealError, is_sealed, keyring_of

STEP = 50  # rows in one transaction
PAUSE_SECONDS = 0.02  # after each, for anyone who waits to write

Tell = Callable[[str, int], None]
"""Is told, after each step, which column and how many rows of it are done so far."""


class SealedColumn(NamedTuple):
    """One column of the database whose texts lie sealed."""

    table: Table
    name: str
    kind: Sealed

    @property
    def stored(self) -> ColumnElement[Any]:
        """Its texts as they lie there."""
        return type_coerce(self.table.c[self.name], Text)

    @property
    def row(self) -> ColumnElement[Any]:
        """What tells a row from others, as it is sealed in."""
        return cast(self.table.c[self.kind.row], Text)


class Of(NamedTuple):
    """Of which column, and by which key: "" where it is not sealed."""

    column: str
    key: str


@dataclass
class Resealed:
    """What was done. `unreadable` cannot be opened with the keys that are here; `left` is what lies
    under another key still."""

    done: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[Of] = field(default_factory=Counter)
    left: Counter[Of] = field(default_factory=Counter)

    @property
    def is_complete(self) -> bool:
        """Whether nothing needs an earlier key any more."""
        return not self.left


def sealed_columns() -> Iterator[SealedColumn]:
    """All that there are."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Sealed):
                yield SealedColumn(table, column.name, column.type)


def reseal(
    engine: Engine,
    tell: Tell = lambda _column, _rows: None,
    *,
    pause: float = PAUSE_SECONDS,
    plain: bool = False,
) -> Resealed:
    """Seal with the current key what lies under another one (which is retired, so that nothing is
    added); with `plain` also what is not sealed yet. What cannot be opened stays as it is.

    Raises:
        SealError: there is no current key, and something to do.
    """
    result = Resealed()
    for column in sealed_columns():
        _pass(engine, column, result, tell, pause, plain)
    current = keyring_of(engine.dialect).demanded().id
    result.left = Counter({of: rows for of, rows in counted(engine).items() if of.key != current})
    return result


def counted(engine: Engine) -> Counter[Of]:
    """How many texts lie under which key."""
    counts: Counter[Of] = Counter()
    prefix = len(FORMAT) + 1
    with reading(engine) as connection:
        for one in sealed_columns():
            key = func.substr(one.stored, prefix + 1, 8)
            sealed = one.stored.like(f"{FORMAT}.%")
            query = select(sealed, key, func.count()).where(one.stored.is_not(None))
            for is_one, id, count in connection.execute(query.group_by(sealed, key)):
                counts[Of(one.kind.name, id if is_one else "")] += count
    return counts


def unreadable(engine: Engine) -> Counter[Of]:
    """How many texts do not open, each tried, by the key that they name."""
    keyring, counts = keyring_of(engine.dialect), Counter[Of]()
    for one in sealed_columns():
        for rows in _steps(engine, one, one.stored.is_not(None)):
            for row in rows:
                try:
                    keyring.open(one.kind.name, row.row, row.stored)
                except SealError:
                    counts[Of(one.kind.name, _key(row.stored))] += 1
    return counts


def _pass(
    engine: Engine, one: SealedColumn, result: Resealed, tell: Tell, pause: float, plain: bool
) -> None:
    keyring = keyring_of(engine.dialect)
    current = keyring.current
    others: ColumnElement[bool] = one.stored.is_not(None)
    if current is not None:
        others &= ~one.stored.like(f"{FORMAT}.{current.id}.%")
    for rows in _steps(engine, one, others):
        opened = [(row, _opened(keyring, one, row, result, plain)) for row in rows]
        with writing(engine) as connection:
            for row, text in opened:
                if text is not None:
                    result.done[one.kind.name] += _write(connection, one, row, text, keyring)
        tell(one.kind.name, result.done[one.kind.name])
        sleep(pause)


def _steps(
    engine: Engine, one: SealedColumn, which: ColumnElement[bool]
) -> Iterator[list[Row[Any]]]:
    """The rows, `STEP` at a time, in the order of their keys."""
    keys = list(one.table.primary_key.columns)
    query = (
        select(*keys, one.row.label("row"), one.stored.label("stored"))
        .where(which)
        .order_by(*keys)
        .limit(STEP)
    )
    after: ColumnElement[bool] | None = None
    while True:
        with reading(engine) as connection:
            some = query if after is None else query.where(after)
            rows: list[Row[Any]] = list(connection.execute(some))
        if rows:
            yield rows
        if len(rows) < STEP:
            return
        after = tuple_(*keys) > tuple_(*rows[-1][: len(keys)])


def _opened(
    keyring: Keyring, one: SealedColumn, row: Row[Any], result: Resealed, plain: bool
) -> str | None:
    """The row's text; None where it cannot be opened."""
    name = one.kind.name
    if plain and not is_sealed(row.stored):
        return str(row.stored)
    try:
        return keyring.open(name, row.row, row.stored)
    except SealError:
        result.unreadable[Of(name, _key(row.stored))] += 1
        return None


def _write(
    connection: Connection, one: SealedColumn, row: Row[Any], text: str, keyring: Keyring
) -> int:
    sealed = literal(keyring.seal(one.kind.name, row.row, text), Text)
    found_by = one.kind.indexed(keyring.demanded(), text)
    keys = one.table.primary_key.columns
    same = [column == value for column, value in zip(keys, row, strict=False)]
    this = update(one.table).where(*same, one.stored == row.stored)
    return int(connection.execute(this.values({one.name: sealed, **found_by})).rowcount)


def _key(stored: str) -> str:
    return stored.split(".")[1] if is_sealed(stored) else ""
