"""What the WeChat API lends the account for two hours, where all processes see it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class AccessToken(SQLModel, table=True):
    """One account's token, and its ticket for scripts on pages. A worker with a token of its own
    would make the others' invalid. `kind`: see `bot.wechat.credentials`."""

    __tablename__ = "access_tokens"

    appid: str = Field(primary_key=True, max_length=64)
    kind: str = Field(primary_key=True, max_length=8)
    token: str = Field(max_length=512)
    until: datetime = Field(sa_type=Moment)
