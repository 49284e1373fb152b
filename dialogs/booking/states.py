"""What the flows of booking remember. The names are those of the stored talks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, PlainSerializer

from dialogs.booking.protocol import Held, Place
from dialogs.booking.purposes import PURPOSES
from dialogs.booking.request import Wish
from dialogs.booking.townships import township
from dialogs.conversation import FlowState
from dialogs.region import Township

S = TypeVar("S", bound="BookingState")


def _site(id: Any) -> Any:
    return township(id) if isinstance(id, str) else id


def _purpose(id: str) -> str:
    if id not in PURPOSES:
        raise ValueError(f"no purpose is called {id}")
    return id


Site = Annotated[Township, BeforeValidator(_site), PlainSerializer(lambda one: one.id)]
"""A township, kept by its id."""
PurposeId = Annotated[str, AfterValidator(_purpose)]


class BookingState(FlowState):
    """What goes with a person through all of booking, beside what the asked flow keeps: whether an
    appointment is being moved; where and when they want to come, as far as it was said; and what
    is said with the next outcome, a template of `booking/news`."""

    model_config = ConfigDict(extra="allow")

    moving: bool = False
    meant: str = ""
    """What the appointment that is moved is for."""
    among: tuple[Site, ...] = ()
    """The townships that what was said can mean."""
    day: date | None = None
    at: str = ""
    week: date | None = None
    first: bool = False
    loose: bool = False
    news: str = ""
    told: str = ""
    """The id of the window of which it was told where it is."""

    @property
    def wish(self) -> Wish:
        """Where and when."""
        return Wish(self.among, self.day, self.at, self.week, self.first, self.loose)

    def then(self, kind: type[S], **values: Any) -> S:
        """The state of the next flow; the time of day goes along to another day or place."""
        kept = {"moving": self.moving, "meant": self.meant, "told": self.told, "at": self.at}
        return kind.model_validate({**kept, **values})


def of_wish(wish: Wish) -> dict[str, Any]:
    """A wish as the values of a state."""
    return {
        "among": wish.townships,
        "day": wish.day,
        "at": wish.at,
        "week": wish.week,
        "first": wish.first,
        "loose": wish.loose,
    }


class TownshipState(BookingState):
    """Where does one want to come? `wanted`: the word that led here; `nowhere`: no place has
    anything free."""

    wanted: str = "book"
    nowhere: bool = False


class SitesState(BookingState):
    """Places that have something free, each with its first such day and how many; `day` is asked
    for, or all days are."""

    sites: tuple[tuple[Site, date, int], ...]
    page: int = 0


class SiteState(BookingState):
    """A place was chosen."""

    site: Site


class DaysState(SiteState):
    """`days` on offer, each with what is free; `page` from 0, where none was asked for that of the
    `week`."""

    days: tuple[tuple[date, int], ...]
    page: int | None = None


class TimesState(SiteState):
    """`times` of the `day` on offer: start, end, free; `page` from 0; `half`, the half of the day
    to show first."""

    day: date
    times: tuple[tuple[datetime, datetime, int], ...]
    page: int = 0
    half: Literal["", "am", "pm"] = ""


class FullState(SiteState):
    """Nothing is left there, or nothing is `published`; `elsewhere`: other places have some."""

    published: bool = False
    elsewhere: bool = True


class HeldState(SiteState):
    """A place is kept for this person."""

    starts_at: datetime
    until: datetime


class ConfirmState(HeldState):
    """Only the yes is missing."""

    purpose: PurposeId


class PlaceState(BookingState):
    """The appointment as it was shown last."""

    place: Place


def of_held(held: Held | HeldState) -> dict[str, Any]:
    """A kept place as the values of a state."""
    return {"site": held.site, "starts_at": held.starts_at, "until": held.until}
