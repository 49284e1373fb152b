"""Who let WeChat bring them notices."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class NoticeConsent(SQLModel, table=True):
    """This person agreed, in WeChat's own dialogue, to notices of a template. `left` counts the
    notices that may still be sent; None means as many as there are."""

    __tablename__ = "notice_consents"

    person: str = Field(primary_key=True, max_length=128)
    template: str = Field(primary_key=True, max_length=64)
    left: int | None = None
    at: datetime = Field(sa_type=Moment, index=True)  # of the last time
