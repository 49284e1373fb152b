"""Where reviews take place."""

from sqlmodel import Field, SQLModel


class Site(SQLModel, table=True):
    """A township's window. Address, telephone and coordinates are empty until the office fills
    them in; nothing is ever invented."""

    __tablename__ = "sites"

    id: str = Field(primary_key=True, max_length=32)  # as in dialogs/region/
    title: str = Field(max_length=32)
    address: str = Field(default="", max_length=100)
    telephone: str = Field(default="", max_length=40)
    latitude: float | None = None  # degrees, GCJ-02 as WeChat sends it
    longitude: float | None = None
    lead_minutes: int = 120  # a slot can be booked until so long before it starts
    horizon_days: int = 14  # and at most so many days ahead
    sample: bool = False  # the hours are a sample, and are shown as such
