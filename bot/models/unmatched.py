"""What nobody understood."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class UnmatchedText(SQLModel, table=True):
    """A text that no answer was found for, without the person, for the staff to learn from."""

    __tablename__ = "unmatched_texts"

    text: str = Field(primary_key=True, max_length=100)
    times: int
    first_at: datetime = Field(sa_type=Moment)
    last_at: datetime = Field(sa_type=Moment, index=True)
