"""Sign-ins to the pages that have asked WeChat."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class SpentState(SQLModel, table=True):
    """The state (OAuth) of a sign-in, a random text, by its hash: it was good once."""

    __tablename__ = "spent_states"

    state: str = Field(primary_key=True, max_length=64)  # SHA-256
    at: datetime = Field(sa_type=Moment, index=True)
