"""Browsers that WeChat signed in to the personal pages."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class PageSession(SQLModel, table=True):
    """One browser that is known to be a person's. The cookie holds a random token, this row only
    its hash, so nobody is named in a cookie, and deleting the row signs out at once."""

    __tablename__ = "page_sessions"

    token: str = Field(primary_key=True, max_length=64)  # SHA-256
    person: str = Field(index=True, max_length=128)  # the openid
    started_at: datetime = Field(sa_type=Moment, index=True)
