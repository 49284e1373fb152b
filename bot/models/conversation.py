"""What the bot remembers of each person's talk."""

from datetime import datetime

from sqlalchemy import Column, Index, text
from sqlmodel import Field, SQLModel

from bot.models.base import Moment
from bot.sealing.column import Sealed


class ConversationRow(SQLModel, table=True):
    """One person's conversation. `version` grows by one with every message: anyone who computed a
    reply from an older version must compute again, so one person's messages go one at a time."""

    __tablename__ = "conversations"
    __table_args__ = (
        Index(
            "ix_conversations_early_until",
            "early_until",
            sqlite_where=text("early_until IS NOT NULL"),
            postgresql_where=text("early_until IS NOT NULL"),
        ),
    )

    person: str = Field(primary_key=True, max_length=128)  # the openid
    version: int
    # dialogs.Conversation as JSON. Programs from before it was sealed know no column of this name:
    # they stop, where they would take what they cannot read for a new talk.
    talk: str = Field(sa_column=Column(Sealed("conversations.talk", row="person"), nullable=False))
    early_until: datetime | None = Field(default=None, sa_type=Moment)  # see bot/early.py
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment, index=True)
