"""What the windows did, counted by day and by month."""

from datetime import date

from sqlmodel import Field, SQLModel


class WorkFigure(SQLModel, table=True):
    """A day or a whole month of one window, hour, purpose or clerk: the places that were offered,
    how many appointments, how many of them are over, how many stayed away; of those who were called
    up how long they had waited, of those who were served how long that took. Names nobody who came.

    A month is the sum of its days that are counted. Each of these days also has one row of the kind
    `day`, which says that it is counted, and one of the kind `changed` where it must be again."""

    __tablename__ = "work_figures"

    span: str = Field(primary_key=True, max_length=8)  # day or month
    first: date = Field(primary_key=True)  # its first day
    kind: str = Field(primary_key=True, max_length=8)  # day, window, hour, purpose or clerk
    site: str = Field(primary_key=True, max_length=32)  # of a window, otherwise ""
    name: str = Field(primary_key=True, max_length=32)  # the window, hour, purpose or account
    places: int
    booked: int
    over: int
    missed: int
    waited: int
    waited_seconds: int
    served: int
    served_seconds: int
