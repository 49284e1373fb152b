"""Which messages were answered, and how."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class Delivery(SQLModel, table=True):
    """One answered message. WeChat delivers up to three times; every delivery gets this reply.

    Both keys are keyed hashes, so the row says nothing about who wrote once its reply is gone.
    """

    __tablename__ = "deliveries"

    key: str = Field(primary_key=True, max_length=32)
    person: str = Field(index=True, max_length=32)
    reply: str | None = Field(default=None, sa_type=Text)  # None: nothing was said
    answered_at: datetime = Field(sa_type=Moment, index=True)
