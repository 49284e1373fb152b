"""Drafts of changes of the county's files, and what became of them."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, update
from sqlmodel import col

from bot.models.file_change import APPROVED, DECLINED, WAITING, FileChange
from bot.office_files import writing

LONGEST = 160  # of what a change is
SHOWN = 40  # decided ones on a page


class Draft(NamedTuple):
    """A new text for a file, instead of the one it was made from. `what`: in a few words."""

    file: str
    before: str | None
    after: str | None
    what: str
    undoes: int | None = None


class RefusedError(Exception):
    """A draft cannot be kept or approved; `args[0]` names the sentence that says why."""


def add(connection: Connection, draft: Draft, author: str, now: datetime) -> int:
    """Keep a draft; its number."""
    row = {"author": author, "drafted_at": now, "state": WAITING, **draft._asdict()}
    row["what"] = draft.what[:LONGEST]
    made = connection.execute(insert(FileChange).values(row))
    return int((made.inserted_primary_key or (0,))[0])


def by_id(connection: Connection, id: int) -> FileChange | None:
    """A change, whatever became of it."""
    row = connection.execute(select(FileChange).where(col(FileChange.id) == id)).one_or_none()
    return FileChange.model_construct(**row._mapping) if row else None


def waiting(connection: Connection) -> list[FileChange]:
    """What waits for a second person, the oldest first."""
    query = select(FileChange).where(col(FileChange.state) == WAITING).order_by(col(FileChange.id))
    return [FileChange.model_construct(**row._mapping) for row in connection.execute(query)]


def decided(connection: Connection) -> list[FileChange]:
    """What was decided last, the newest first."""
    query = select(FileChange).where(col(FileChange.state) != WAITING)
    latest = query.order_by(col(FileChange.decided_at).desc(), col(FileChange.id).desc())
    rows = connection.execute(latest.limit(SHOWN))
    return [FileChange.model_construct(**row._mapping) for row in rows]


def latest(connection: Connection, file: str) -> FileChange | None:
    """The last approved change of a file."""
    query = select(FileChange).where(
        col(FileChange.file) == file, col(FileChange.number).is_not(None)
    )
    row = connection.execute(query.order_by(col(FileChange.number).desc()).limit(1)).one_or_none()
    return FileChange.model_construct(**row._mapping) if row else None


def approve(connection: Connection, change: FileChange, by: str, now: datetime, path: Path) -> None:
    """Write the file. The row is claimed first, so of two people at once one does it; where the
    transaction then fails, the file is there already, and approving once more only notes it.

    Raises:
        RefusedError: it was decided, it is one's own, or the file is another one by now.
        sqlalchemy.exc.IntegrityError: another change of the same file was first.
        OSError: it cannot be written.
    """
    if change.author == by:
        raise RefusedError("file_own")
    if not _decide(connection, change, by, now, APPROVED, _next(change.file)):
        raise RefusedError("file_decided")
    found = writing.read(path)
    if found not in (change.before, change.after):
        raise RefusedError("file_changed")
    if found != change.after:
        writing.replace(path, change.after)


def decline(connection: Connection, change: FileChange, by: str, now: datetime) -> None:
    """Lay a draft aside: its author may, too. Raises RefusedError where it was decided."""
    if not _decide(connection, change, by, now, DECLINED, None):
        raise RefusedError("file_decided")


def _decide(
    connection: Connection, change: FileChange, by: str, now: datetime, state: str, number: object
) -> bool:
    this = col(FileChange.id) == change.id, col(FileChange.state) == WAITING
    values = {"state": state, "decided_by": by, "decided_at": now, "number": number}
    return bool(connection.execute(update(FileChange).where(*this).values(values)).rowcount)


def _next(file: str) -> object:
    """The number of a file's next approved change."""
    earlier = FileChange.__table__.alias()  # type: ignore[attr-defined]
    last = select(func.coalesce(func.max(earlier.c.number), 0) + 1).where(earlier.c.file == file)
    return last.scalar_subquery()
