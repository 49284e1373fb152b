"""A desk that answers from a script: two days at 瓯北, one at 岩头 that is full."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.clock import ZONE
from dialogs.booking.protocol import (
    AtWindow,
    Cancelled,
    CancelMine,
    Confirmed,
    ConfirmPlace,
    DayOffer,
    FindNearest,
    FindSites,
    Full,
    HasOne,
    Held,
    HoldPlace,
    InQueue,
    JoinWaiting,
    KeepPhone,
    Lapsed,
    LeaveWaiting,
    Mine,
    Place,
    ShowDays,
    ShowMine,
    ShowTimes,
    SiteOffer,
    TimeOffer,
    TooOften,
    Waiting,
)
from dialogs.booking.townships import township
from dialogs.requests import Request

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)  # a Monday
DAYS = {date(2026, 11, 24): 3, date(2026, 11, 25): 12, date(2026, 11, 26): 0}

# Minutes after the appointment's time: state, window, how many are before, and about how long.
QUEUE: dict[int, tuple[str, str, int, int | None]] = {
    0: ("arrived", "", 3, None),
    5: ("arrived", "", 3, 12),
    15: ("arrived", "", 0, 0),
    20: ("called", "2", 0, None),
    25: ("passed", "", 2, 8),
    30: ("serving", "2", 0, None),
}


class ScriptedDesk:
    """Answers requests; `gone` are times that another person takes before the hold, `lapse` makes
    the next confirmation come too late; with `tired` no other place is held than `held`; without
    `published` no window has times."""

    def __init__(self) -> None:
        self.place: Place | None = None
        self.waiting: Waiting | None = None
        self.gone: set[datetime] = set()
        self.lapse = False
        self.held: Held | None = None
        self.tired = False
        self.published = True
        self.address = self.telephone = ""
        self.now = NOW
        self.asked: list[Request[object]] = []

    def __call__(self, request: Request[object]) -> object:
        self.asked.append(request)
        match request:
            case ShowMine():
                return Mine(self.place, self.waiting, None, self._queue(), self.published)
            case ShowDays(site):
                return AtWindow(self._days(site), self.address, self.telephone)
            case ShowTimes(_, day):
                return AtWindow(self._times(day), self.address, self.telephone)
            case FindSites(first, last):
                return self._sites(first, last)
            case FindNearest(latitude, _):
                return "oubei" if latitude < 29 else None
            case HoldPlace(site, starts_at):
                return self._hold(site, starts_at)
            case ConfirmPlace():
                return self._confirm(request)
            case CancelMine(starts_at):
                return self._cancel(starts_at)
            case KeepPhone(number):
                return self._keep_phone(number)
            case _:
                return self._wait(request)

    def _queue(self) -> InQueue | None:
        """On the day of the appointment: checked in, then as QUEUE says."""
        if self.place is None or self.now < self.place.starts_at:
            return None
        minutes = (self.now - self.place.starts_at) // timedelta(minutes=1)
        stands = [one for since, one in QUEUE.items() if since <= minutes]
        return InQueue("A012", stands[-1][0], self.place.title, *stands[-1][1:])

    def _keep_phone(self, number: str) -> Place | None:
        self.place = self.place and replace(self.place, phone_left=bool(number))
        return self.place

    def _days(self, site: str) -> tuple[DayOffer, ...]:
        if site in ("oubei", "yantan"):
            return tuple(DayOffer(day, free) for day, free in DAYS.items())
        return (DayOffer(date(2026, 11, 24), 0),) if site == "yantou" else ()

    def _sites(self, first: date | None, last: date | None) -> tuple[SiteOffer, ...]:
        found = []
        for site in ("oubei", "yantan", "yantou"):
            free = [one for one in self._days(site) if one.free]
            free = [one for one in free if (first or one.day) <= one.day <= (last or one.day)]
            found += [SiteOffer(site, one.day, one.free) for one in free[:1]]
        return tuple(found)

    def _wait(self, request: Request[object]) -> Waiting | None:
        assert isinstance(request, JoinWaiting | LeaveWaiting)
        joined = isinstance(request, JoinWaiting)
        days = date(2026, 11, 23), date(2026, 12, 7)
        self.waiting = Waiting(request.site, *days) if joined else None
        return self.waiting

    def _times(self, day: date) -> tuple[TimeOffer, ...]:
        if not DAYS.get(day):
            return ()
        nine = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
        starts = [nine + timedelta(minutes=30 * i) for i in (0, 1, 2, 11)]
        return tuple(
            TimeOffer(start, start + timedelta(minutes=30), int(start not in self.gone))
            for start in starts
        )

    def _hold(self, site: str, starts_at: datetime) -> Held | Full | TooOften:
        if starts_at in self.gone:
            return Full()
        if self.tired:
            return TooOften(self.held)
        self.held = Held(site, starts_at, NOW + timedelta(minutes=10))
        return self.held

    def _cancel(self, starts_at: datetime) -> Cancelled | HasOne:
        if self.place is not None and self.place.starts_at != starts_at:
            return HasOne(self.place)
        self.place = None
        return Cancelled()

    def _confirm(self, wish: ConfirmPlace) -> Confirmed | Lapsed:
        if self.lapse:
            self.lapse = False
            return Lapsed()
        made = Place(
            site=wish.site,
            title=township(wish.site).title,
            address=self.address,
            telephone=self.telephone,
            sample=False,
            window="1",
            starts_at=wish.starts_at,
            ends_at=wish.starts_at + timedelta(minutes=30),
            code="271828",
            purpose=wish.purpose,
            reminders=wish.reminders,
            closed=False,
            movable=True,
        )
        self.place = made if self.place is None else replace(made, code=self.place.code)
        return Confirmed(self.place)
