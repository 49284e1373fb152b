"""Which messages were answered, and how."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class Delivery(SQLModel, table=True):
    """One answered message. WeChat delivers up to three times; every delivery gets this reply.

    The key is a keyed hash. When a person is forgotten, the row stays, without person and reply, so
    that a late delivery of an old message does not begin a new talk.
    """

    __tablename__ = "deliveries"

    key: str = Field(primary_key=True, max_length=32)
    person: str | None = Field(default=None, index=True, max_length=128)  # the openid
    reply: str | None = Field(default=None, sa_type=Text)  # None: nothing was said
    answered_at: datetime = Field(sa_type=Moment, index=True)
