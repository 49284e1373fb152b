"""What the bot remembers of each person's talk."""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class ConversationRow(SQLModel, table=True):
    """One person's conversation. `version` grows by one with every message: whoever computed a
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
    state: str = Field(sa_type=Text)  # dialogs.Conversation as JSON
    early_until: datetime | None = Field(default=None, sa_type=Moment)  # see bot/early.py
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment, index=True)
