"""Who waits for a place."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from bot.models.base import Moment


class WaitingEntry(SQLModel, table=True):
    """One person waits for any place at a site between two days (both counted). One per person.
    With `offered_until`, a hold was made for them; when it lapses, the next in line is asked. With
    `unheard_at`, it lapsed and no notice of it had arrived: they keep their place in the line."""

    __tablename__ = "waiting_entries"

    person: str = Field(primary_key=True, max_length=128)
    site: str = Field(foreign_key="sites.id", index=True, max_length=32)
    first_day: date
    last_day: date
    since: datetime = Field(sa_type=Moment)
    offered_until: datetime | None = Field(default=None, sa_type=Moment)
    unheard_at: datetime | None = Field(default=None, sa_type=Moment)
