"""What must still be told to people outside the chat, and what became of it."""

from datetime import datetime

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from bot.models.base import Moment
from bot.sealing.column import SealedJSON

# Stored words.
WAITING = "waiting"
DELIVERED = "delivered"  # the platform took it
REFUSED = "refused"  # the person does not want it; never tried again
FAILED = "failed"  # it cannot be sent, or was tried too often
DROPPED = "dropped"  # no longer true, so never sent


class Notice(SQLModel, table=True):
    """One notice of the outbox. Written in the transaction that makes it necessary.

    A worker claims it by setting `claimed_until`; if that worker dies, the claim ends by itself and
    another sends it again under the same `key`, which the platform swallows.
    """

    __tablename__ = "notices"
    __table_args__ = (Index("notices_by_state", "state", "due_at"),)  # few wait, of very many

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=32)  # the platform's client_msg_id
    person: str = Field(index=True, max_length=128)
    kind: str = Field(max_length=20)
    appointment: int | None = Field(default=None, foreign_key="appointments.id", index=True)
    words: dict[str, str] = Field(
        sa_column=Column(SealedJSON("notices.words", row="key", instead="{}"), nullable=False)
    )
    state: str = Field(max_length=10)
    due_at: datetime = Field(sa_type=Moment)
    useless_from: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0
    claimed_until: datetime | None = Field(default=None, sa_type=Moment)
    error: str = Field(default="", max_length=120)  # for the staff; names no person
    created_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    receipt: str | None = Field(default=None, index=True, max_length=32)  # the platform's number
    cause: str = Field(default="", max_length=36)  # the request or the run of a job it comes from
    way: str | None = Field(default=None, max_length=10)  # it goes, or went; None before the first


class NoticeRefusal(SQLModel, table=True):
    """This person said no to a template, or blocked the account: nothing more is sent under it."""

    __tablename__ = "notice_refusals"

    person: str = Field(primary_key=True, max_length=128)
    template: str = Field(primary_key=True, max_length=64)
    at: datetime = Field(sa_type=Moment, index=True)
