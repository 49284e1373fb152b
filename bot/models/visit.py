"""Who, in an account that answers in other ways too, is talking to us."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class Visit(SQLModel, table=True):
    """What this person writes from `since` on is for us, until they leave or `until` has passed:
    each message moves that on."""

    __tablename__ = "visits"

    person: str = Field(primary_key=True, max_length=128)  # the openid
    since: datetime = Field(sa_type=Moment)
    until: datetime = Field(sa_type=Moment, index=True)
