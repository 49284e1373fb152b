"""What the windows did, counted by day."""

from datetime import date

from sqlmodel import Field, SQLModel


class DayFigure(SQLModel, table=True):
    """A day of a window's hour, for one purpose and one clerk: how many appointments, how many of
    them are over, how many stayed away; of those who were called up how long they had waited, of
    those who were served how long that took. Names nobody who came. A day without any has one row
    with an empty site, or it would be counted again and again."""

    __tablename__ = "day_figures"

    day: date = Field(primary_key=True)
    site: str = Field(primary_key=True, max_length=32)
    window: str = Field(primary_key=True, max_length=20)
    hour: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    purpose: str = Field(primary_key=True, max_length=20)
    clerk: str = Field(primary_key=True, max_length=32)  # the account that served, "" for none
    booked: int
    over: int
    missed: int
    waited: int
    waited_seconds: int
    served: int
    served_seconds: int
