"""What the staff taught the bot: another way to ask for a topic."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class TopicAlias(SQLModel, table=True):
    """A text nobody understood, now an alias of a topic."""

    __tablename__ = "topic_aliases"

    text: str = Field(primary_key=True, max_length=100)
    topic: str = Field(max_length=64, index=True)
    account: str = Field(max_length=32)
    added_at: datetime = Field(sa_type=Moment)
