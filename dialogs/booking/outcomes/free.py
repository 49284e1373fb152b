"""What is free: days, times, places."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from dialogs.booking.moves import A_WEEK, again, here, to
from dialogs.booking.protocol import (
    AtWindow,
    DayOffer,
    FindSites,
    HoldPlace,
    ShowDays,
    ShowTimes,
    SiteOffer,
    TimeOffer,
)
from dialogs.booking.states import DaysState, FullState, SitesState, TimesState
from dialogs.booking.when import find_time, half_of_day, suits
from dialogs.flow import Step, Talk
from dialogs.phrases import say

T = TypeVar("T")


def days_outcome(talk: Talk, request: ShowDays, window: AtWindow[DayOffer]) -> Step:
    """The days of a place to choose from; where none is free, what else there is."""
    state = here(talk)
    there = {"site": request.site, "told": request.site}
    free = [(offer.day, offer.free) for offer in window.offers if offer.free]
    if not free:
        if talk.conversation.top.flow == "book_waiting":
            return Step(talk.conversation, note=say("booking/news/still_full"))
        full = state.then(FullState, **there, published=bool(window.offers))
        news = "nearest" if state.news == "nearest" else ""  # the others lead to what is left
        note = _arriving(talk, request.site, window, news, full=True)
        return Step(to(talk, "book_full", full), note=note, request=FindSites())
    if state.first:
        return Step(again(talk, first=False), request=ShowTimes(request.site, free[0][0]))
    offered = state.then(DaysState, **there, days=free, week=state.week)
    news = state.news
    if state.day and news == "day_full" and _is_never(state.day, window.offers):
        news = "day_closed"
    if state.week and not news and max(free)[0] < state.week:
        news = "week_full"
    note = _arriving(talk, request.site, window, news, day=state.day)
    return Step(to(talk, "book_day", offered), note=note)


def _is_never(day: date, offers: tuple[DayOffer, ...]) -> bool:
    """Whether a window has no hours on such a weekday, though it has some for a whole week."""
    days = [offer.day for offer in offers]
    whole = bool(days) and max(days) - min(days) >= A_WEEK
    return whole and day.weekday() not in {one.weekday() for one in days}


def times_outcome(talk: Talk, request: ShowTimes, window: AtWindow[TimeOffer]) -> Step:
    """The times of a day to choose from; one that was named already is kept at once."""
    free = [(one.starts_at, one.ends_at, one.free) for one in window.offers if one.free]
    if not free:
        full = again(talk, news="day_full", first=False, day=request.day)
        return Step(full, request=ShowDays(request.site))
    state = here(talk)
    there = {"site": request.site, "told": request.site}
    named, half = find_time(state.at, [start for start, _, _ in free]), half_of_day(state.at)
    at = state.at if half else ""  # an exact one is taken once
    offered = state.then(TimesState, **there, day=request.day, times=free, half=half, at=at)
    asked = to(talk, "book_time", offered)
    if named is not None:
        note = _arriving(talk, request.site, window, "")
        return Step(asked, note=note, request=HoldPlace(request.site, named))
    if state.at and not (half and any(suits(state.at, start) for start, _, _ in free)):
        return Step(asked, note=_arriving(talk, request.site, window, "not_then"))
    return Step(asked, note=_arriving(talk, request.site, window, state.news))


def sites_outcome(talk: Talk, request: FindSites, sites: tuple[SiteOffer, ...]) -> Step:
    """The places to choose from; where none is free then, those of any day."""
    state = here(talk)
    if talk.conversation.top.flow == "book_full":
        return _full_here(talk, elsewhere=bool(sites))
    if not sites and request.first is not None:
        return Step(again(talk, news="none_then"), request=FindSites())
    if not sites:
        return Step(again(talk, nowhere=True))
    free = [(offer.site, offer.day, offer.free) for offer in sites]
    day = request.first if request.first == request.last else None
    found = state.then(SitesState, sites=free, day=day)
    return Step(to(talk, "book_sites", found), note=_news(state.news))


def _full_here(talk: Talk, elsewhere: bool) -> Step:
    """What else there is; where there is nothing to wait for either, out of booking."""
    state = talk.state_as(FullState)
    if elsewhere or state.published:
        return Step(again(talk, elsewhere=elsewhere))
    note = say("booking/none_published", title=state.site.title, moving=state.moving)
    return Step(talk.conversation.leave(), note=note)


def nearest_outcome(talk: Talk, site: str | None) -> Step:
    """The days of the nearest place."""
    if site is None:
        return Step(talk.conversation, note=say("booking/not_near"))
    return Step(again(talk, news="nearest"), request=ShowDays(site))


def _news(news: str, day: date | None = None) -> str:
    return say(f"booking/news/{news}", day=day) if news else ""


def _arriving(
    talk: Talk,
    site: str,
    window: AtWindow[T],
    news: str,
    full: bool = False,
    day: date | None = None,
) -> str:
    """The news of a `day`, and once, before anything is booked there, where the window is and who
    answers; where it is `full`, whom else to call is said anyway."""
    if here(talk).told == site:
        return _news(news, day)
    known = {"address": window.address, "telephone": window.telephone}
    there = say("booking/_whereabouts", **known, full=full)
    return f"{_news(news, day)}\n{there}".strip()
