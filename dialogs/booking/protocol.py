"""What the chat and the pages ask of the booking desk, and what it answers. Data only:
`bot.booking` fulfils the requests, tests use a scripted desk. A request names the type of its
outcome: `Request[Mine]` is answered with `Mine`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from dialogs.requests import Request

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DayOffer:
    """A day with slots; `free` places are left on it."""

    day: date
    free: int


@dataclass(frozen=True, slots=True)
class TimeOffer:
    """A stretch of time; `free` places are left over all windows."""

    starts_at: datetime
    ends_at: datetime
    free: int


@dataclass(frozen=True, slots=True)
class AtWindow(Generic[T]):
    """What one window offers, with its address and telephone: empty where the office gave none."""

    offers: tuple[T, ...]
    address: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class SiteOffer:
    """A place that has something free: its first such day, and how much is free on it."""

    site: str
    day: date
    free: int


@dataclass(frozen=True, slots=True)
class Place:
    """An appointment as its owner sees it. `sample`: the hours are only a sample. `closed`: the
    office closed this time; the appointment is kept until its owner moves it."""

    site: str
    title: str
    address: str
    telephone: str
    sample: bool
    window: str
    starts_at: datetime
    ends_at: datetime
    code: str
    purpose: str
    reminders: bool
    closed: bool
    movable: bool
    """Nobody at the window has checked it in yet, and it has not begun."""
    why_closed: str = ""
    """As the office gave it, or "" where it gave none."""
    phone_left: bool = False
    """The person left a telephone with it."""


@dataclass(frozen=True, slots=True)
class Held:
    """A place is kept until `until`; it must be confirmed before."""

    site: str
    starts_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place in the waiting list. `offer` is a place held for this person now; `unheard`: there
    was one of which they could not be told, and they are still in the line."""

    site: str
    first_day: date
    last_day: date
    offer: Held | None = None
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class InQueue:
    """How a person who came stands in today's queue at the window `title`. `state` is that of the
    appointment: arrived or passed (called in vain) waits, called and serving is at `window`."""

    number: str
    state: str
    title: str
    window: str = ""
    ahead: int = 0
    """So many are called before."""
    minutes: int | None = None
    """About how long that takes, by today's pace; None where too little was measured."""


@dataclass(frozen=True, slots=True)
class Mine:
    """All a person has at the desk. `kept`: a place held for a person whose own window closed;
    `published`: whether any window has times ahead, free or not."""

    place: Place | None = None
    waiting: Waiting | None = None
    kept: Held | None = None
    queue: InQueue | None = None
    published: bool = True


@dataclass(frozen=True, slots=True)
class Full:
    """Nothing is left there (a person was faster, or the time is closed or past)."""


@dataclass(frozen=True, slots=True)
class TooOften:
    """This person let go of so many places just now that they get no other one until some of those
    are back. `held` is what they hold, which stays theirs."""

    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The hold ran out before it was confirmed; nothing was booked."""


@dataclass(frozen=True, slots=True)
class HasOne:
    """This person has an appointment already, and may have only one."""

    place: Place


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Booked, or moved. Saying it twice changes nothing."""

    place: Place


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The appointment is cancelled. Saying it twice changes nothing."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """It cannot be cancelled or moved any more: checked in, begun, or there is none."""


@dataclass(frozen=True, slots=True)
class ShowMine(Request[Mine]):
    """What this person has at the desk."""


@dataclass(frozen=True, slots=True)
class ShowDays(Request[AtWindow[DayOffer]]):
    """The days with slots at a site, full ones included."""

    site: str


@dataclass(frozen=True, slots=True)
class ShowTimes(Request[AtWindow[TimeOffer]]):
    """The times of a day at a site, full ones included."""

    site: str
    day: date


@dataclass(frozen=True, slots=True)
class FindSites(Request[tuple[SiteOffer, ...]]):
    """The places that have something free between two days (both counted), the earliest first;
    an open end leaves out no day that can be booked."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class FindNearest(Request[str | None]):
    """The id of the nearest site with known coordinates. Degrees, GCJ-02."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class HoldPlace(Request[Held | Full | TooOften]):
    """Keep a place. A new hold replaces the person's old one."""

    site: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class ConfirmPlace(Request[Confirmed | Lapsed | HasOne]):
    """Book what is held. `moving` gives up the old appointment for this one."""

    site: str
    starts_at: datetime
    purpose: str
    reminders: bool
    moving: bool = False


@dataclass(frozen=True, slots=True)
class CancelMine(Request[Cancelled | NotNow | HasOne]):
    """Cancel the appointment that was shown. `HasOne` when it is at another time by now (it was
    moved on the page, or by the office): what was not shown is not cancelled."""

    starts_at: datetime


@dataclass(frozen=True, slots=True)
class JoinWaiting(Request[Waiting]):
    """Wait for a place. Replaces an earlier entry of this person."""

    site: str


@dataclass(frozen=True, slots=True)
class LeaveWaiting(Request[None]):
    """Wait no longer, and give an offered place back."""


@dataclass(frozen=True, slots=True)
class KeepPhone(Request[Place | None]):
    """Keep this telephone with the person's appointment, "" to forget it. The appointment as it is
    then; None where there is none any more."""

    number: str
