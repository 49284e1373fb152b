"""The desk: fulfils what the chat asks about booking (see `dialogs.booking.protocol`)."""

from typing import TypeVar

from bot.booking import appointments, own_phone, reservation, sites, slots, waiting
from bot.booking.queue.standing import standing
from bot.fulfil import Desk, fulfils
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
    JoinWaiting,
    KeepPhone,
    Lapsed,
    LeaveWaiting,
    Mine,
    NotNow,
    Place,
    ShowDays,
    ShowMine,
    ShowTimes,
    SiteOffer,
    TimeOffer,
    TooOften,
    Waiting,
)

CHAT = "chat"
T = TypeVar("T")


@fulfils(ShowMine)
def show_mine(desk: Desk, _request: ShowMine) -> Mine:
    """What the person has booked, waits for, or is offered."""
    held = reservation.current(desk.connection, desk.person, desk.now)
    place = appointments.mine(desk.connection, desk.person, desk.now)
    entry = waiting.mine(desk.connection, desk.person, desk.now, held)
    if entry is not None and entry.unheard:
        waiting.look_in(desk.connection, desk.person, desk.now)
    kept = held if place is not None and place.closed and place.movable else None
    queue = standing(desk.connection, desk.person, desk.now) if place is not None else None
    has_any = place is not None or entry is not None
    published = has_any or slots.any_ahead(desk.connection, desk.now)
    return Mine(place, entry, kept, queue, published)


@fulfils(ShowDays)
def show_days(desk: Desk, request: ShowDays) -> AtWindow[DayOffer]:
    """The days one can book."""
    days = slots.open_days(desk.connection, request.site, desk.now, desk.person)
    return _at_window(desk, request.site, days)


@fulfils(ShowTimes)
def show_times(desk: Desk, request: ShowTimes) -> AtWindow[TimeOffer]:
    """The times of a day."""
    times = slots.open_times(desk.connection, request.site, request.day, desk.now, desk.person)
    return _at_window(desk, request.site, times)


def _at_window(desk: Desk, site: str, offers: tuple[T, ...]) -> AtWindow[T]:
    there = sites.site(desk.connection, site)
    return AtWindow(offers, there.address, there.telephone) if there else AtWindow(offers)


@fulfils(FindSites)
def find_sites(desk: Desk, request: FindSites) -> tuple[SiteOffer, ...]:
    """The places that have something free."""
    days = (request.first, request.last)
    return slots.open_sites(desk.connection, desk.now, desk.person, *days)


@fulfils(FindNearest)
def find_nearest(desk: Desk, request: FindNearest) -> str | None:
    """The nearest site."""
    return sites.nearest(desk.connection, request.latitude, request.longitude)


@fulfils(HoldPlace)
def hold_place(desk: Desk, request: HoldPlace) -> Held | Full | TooOften:
    """Keep a place for a while."""
    return reservation.hold(desk.connection, desk.person, request.site, request.starts_at, desk.now)


@fulfils(ConfirmPlace)
def confirm_place(desk: Desk, request: ConfirmPlace) -> Confirmed | Lapsed | HasOne:
    """Book, or move."""
    return appointments.confirm(desk.connection, desk.person, request, desk.now, CHAT)


@fulfils(CancelMine)
def cancel_mine(desk: Desk, request: CancelMine) -> Cancelled | NotNow | HasOne:
    """Cancel what was shown."""
    return appointments.cancel(desk.connection, desk.person, desk.now, request.starts_at)


@fulfils(KeepPhone)
def keep_phone(desk: Desk, request: KeepPhone) -> Place | None:
    """Keep the telephone with the appointment."""
    kept = own_phone.keep_phone(desk.connection, desk.person, request.number, desk.now)
    return appointments.mine(desk.connection, desk.person, desk.now) if kept else None


@fulfils(JoinWaiting)
def join_waiting(desk: Desk, request: JoinWaiting) -> Waiting:
    """Wait for a place."""
    return waiting.join(desk.connection, desk.person, request.site, desk.now)


@fulfils(LeaveWaiting)
def leave_waiting(desk: Desk, _request: LeaveWaiting) -> None:
    """Wait no longer, and give the offered place back."""
    waiting.give_up(desk.connection, desk.person, desk.now)
