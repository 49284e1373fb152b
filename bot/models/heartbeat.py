"""Signs of life of what happens by itself."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class Heartbeat(SQLModel, table=True):
    """When a job of the worker last did its work without an error, and what it wants to be known:
    empty, or a sentence for an operator."""

    __tablename__ = "heartbeats"

    job: str = Field(primary_key=True, max_length=16)
    at: datetime = Field(sa_type=Moment)
    note: str = ""
