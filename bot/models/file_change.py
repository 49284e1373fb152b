"""Changes of the county's own files that officers draft in the console."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.models.base import Moment

WAITING, APPROVED, DECLINED = "waiting", "approved", "declined"


class FileChange(SQLModel, table=True):
    """A new text for a file, drafted by one officer and decided by another. It stays when it is
    decided: it is the history of the file, and the way back. `number` counts the approved changes
    of a file, so that of two at the same moment one is refused."""

    __tablename__ = "file_changes"
    __table_args__ = (UniqueConstraint("file", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    file: str = Field(max_length=80)  # admissions.yaml, or rules/NAME.yaml
    before: str | None = Field(default=None, sa_type=Text)  # None: there is no file
    after: str | None = Field(default=None, sa_type=Text)  # None: the file is taken away
    what: str = Field(max_length=160)
    undoes: int | None = None
    author: str = Field(max_length=32)
    drafted_at: datetime = Field(sa_type=Moment)
    state: str = Field(max_length=16, index=True)
    decided_by: str | None = Field(default=None, max_length=32)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    number: int | None = None
