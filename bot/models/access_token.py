"""The WeChat API's token, where all workers see it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class AccessToken(SQLModel, table=True):
    """One account's token. A worker of its own token would make the others' invalid."""

    __tablename__ = "access_tokens"

    appid: str = Field(primary_key=True, max_length=64)
    token: str = Field(max_length=512)
    until: datetime = Field(sa_type=Moment)
