"""The window's review of a citizen's points, item by item."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from bot.models.base import Moment
from bot.sealing.column import SealedDecimal, SealedJSON


class Review(SQLModel, table=True):
    """One worksheet: the appointment it belongs to, the rules it was done under, its result.

    `lines` has, for each item (all as text): `item`, `claimed` points from the citizen's own
    estimate, `papers` seen, points `verified` (or None), `result` (open, verified, changed,
    refused), `reason`, and `facts`: what the window found, by fact. Which items a person claims
    says as much of them as the points.
    """

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
    total: Decimal | None = Field(  # as it was sent
        default=None, sa_column=Column(SealedDecimal("reviews.total", row="id"))
    )
    lines: list[dict[str, Any]] | None = Field(
        default=None, sa_column=Column(SealedJSON("reviews.lines", row="id"))
    )
