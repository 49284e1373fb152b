"""The window's review of a citizen's points, item by item."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class Review(SQLModel, table=True):
    """One worksheet: the appointment it belongs to, the rules it was done under, its result."""

    __tablename__ = "reviews"

    id: int | None = Field(default=None, primary_key=True)
    appointment: int = Field(foreign_key="appointments.id", unique=True)
    person: str | None = Field(default=None, max_length=128, index=True)
    site: str = Field(max_length=32, index=True)
    ruleset: str = Field(max_length=64)
    account: str = Field(max_length=32)  # who worked on it last
    started_at: datetime = Field(sa_type=Moment)
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # rises on saving
    sent_at: datetime | None = Field(default=None, sa_type=Moment)  # None: a draft
    taken_back_at: datetime | None = Field(default=None, sa_type=Moment)  # after it was sent
    total: Decimal | None = Field(default=None, max_digits=7, decimal_places=2)  # as it was sent


class ReviewLine(SQLModel, table=True):
    """One item: claimed points from the citizen's own estimate, papers seen, points verified."""

    __tablename__ = "review_lines"

    review: int = Field(foreign_key="reviews.id", primary_key=True)
    item: str = Field(primary_key=True, max_length=64)
    claimed: Decimal = Field(max_digits=7, decimal_places=2)
    papers: str = Field(sa_type=Text)
    verified: Decimal | None = Field(default=None, max_digits=7, decimal_places=2)
    result: str = Field(max_length=16)  # open, verified, changed, refused
    reason: str = Field(sa_type=Text)
