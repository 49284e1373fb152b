"""What nobody understood."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from bot.models.base import UNREADABLE, Moment
from bot.sealing.column import Sealed


class UnmatchedText(SQLModel, table=True):
    """A text that no answer was found for, without the person, for the staff to learn from. It is
    found by its keyed hash. Two of the same are possible where two people sent it at the same
    moment, or under two keys."""

    __tablename__ = "unmatched_texts"

    id: str = Field(primary_key=True, max_length=16)  # random
    text: str = Field(
        sa_column=Column(
            Sealed(
                "unmatched_texts.text",
                row="id",
                instead=UNREADABLE,
                indexes=(("text_index", str),),
            ),
            nullable=False,
        )
    )
    text_index: str | None = Field(default=None, max_length=32, index=True)
    times: int
    first_at: datetime = Field(sa_type=Moment)
    last_at: datetime = Field(sa_type=Moment, index=True)
