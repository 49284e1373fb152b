"""Where reviews take place."""

from sqlmodel import Field, SQLModel


class Site(SQLModel, table=True):
    """A township's window. Title, address and telephone follow the county's file at each
    `db upgrade`; what is not published is empty."""

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
    # Of a hundred who are called within an hour, so many who came without an appointment.
    walk_in_share: int = Field(default=25, sa_column_kwargs={"server_default": "25"})
    # Part of the address of the screen in the hall: with the next version the old address is dead.
    display_version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
