"""Which keys the database needs to be opened."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class DataKeyRow(SQLModel, table=True):
    """One `DATA_KEY` that sealed something here; what the key is, nobody can learn from it. See
    `bot.keys.known_keys`."""

    __tablename__ = "data_keys"

    id: str = Field(primary_key=True, max_length=8)
    proof: str = Field(sa_type=Text)  # a known text, sealed with it
    since: datetime = Field(sa_type=Moment)
    # Nothing is sealed with it any more: another key takes its place. See `bot.sealing.in_force`.
    retired_at: datetime | None = Field(default=None, sa_type=Moment)
