"""Which messages were answered, and how."""

from datetime import datetime

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from bot.models.base import Moment
from bot.sealing.column import Sealed


class Delivery(SQLModel, table=True):
    """One answered message. WeChat delivers up to three times; every delivery gets this reply.

    The key is a keyed hash. When a person is forgotten, the row stays, without person and reply, so
    that a late delivery of an old message does not begin a new talk.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "ix_deliveries_address",
            "address",
            unique=True,
            sqlite_where=text("address IS NOT NULL"),
            postgresql_where=text("address IS NOT NULL"),
        ),
    )

    key: str = Field(primary_key=True, max_length=32)
    person: str | None = Field(default=None, index=True, max_length=128)  # the openid
    reply: str | None = Field(  # None: nothing was said
        default=None, sa_column=Column(Sealed("deliveries.reply", row="key"))
    )
    answered_at: datetime = Field(sa_type=Moment, index=True)
    # By which address it came, in plain mode, where the address alone is signed: a keyed hash. An
    # address that carried no message of its own has a row too, without person and reply.
    address: str | None = Field(default=None, max_length=32)
