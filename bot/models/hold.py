"""Places kept for a person who has not confirmed yet."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class Hold(SQLModel, table=True):
    """One place in a slot, kept for one person until `until`. One per person. From `free_at`, a
    random while later, the place is anybody's; its owner must not know that moment."""

    __tablename__ = "holds"

    person: str = Field(primary_key=True, max_length=128)
    slot: int = Field(foreign_key="slots.id", index=True)
    since: datetime = Field(sa_type=Moment)  # prolonging ends a fixed time after it
    until: datetime = Field(sa_type=Moment)
    free_at: datetime = Field(sa_type=Moment, index=True)
