"""What is free: days, times, places."""

from __future__ import annotations

from dialogs.booking.moves import again, here, to
from dialogs.booking.protocol import (
    DayOffer,
    FindSites,
    HoldPlace,
    ShowDays,
    ShowTimes,
    SiteOffer,
    TimeOffer,
)
from dialogs.booking.states import DaysState, FullState, SitesState, TimesState
from dialogs.booking.when import find_time, half_of_day
from dialogs.flow import Step, Talk
from dialogs.phrases import say


def days_outcome(talk: Talk, request: ShowDays, days: tuple[DayOffer, ...]) -> Step:
    """The days of a place to choose from; where none is free, what else there is."""
    state = here(talk)
    free = [(offer.day, offer.free) for offer in days if offer.free]
    if not free:
        if talk.conversation.top.flow == "book_waiting":
            return Step(talk.conversation, note=say("booking/news/still_full"))
        full = state.then(FullState, site=request.site, published=bool(days))
        news = _news(talk) if state.news == "nearest" else ""  # the others lead to what is left
        return Step(to(talk, "book_full", full), note=news, request=FindSites())
    if state.first:
        return Step(again(talk, first=False), request=ShowTimes(request.site, free[0][0]))
    offered = state.then(DaysState, site=request.site, days=free, week=state.week, at=state.at)
    return Step(to(talk, "book_day", offered), note=_news(talk))


def times_outcome(talk: Talk, request: ShowTimes, times: tuple[TimeOffer, ...]) -> Step:
    """The times of a day to choose from; one that was named already is kept at once."""
    free = [(one.starts_at, one.ends_at, one.free) for one in times if one.free]
    if not free:
        return Step(again(talk, news="day_full", first=False), request=ShowDays(request.site))
    state = here(talk)
    named, half = find_time(state.at, [start for start, _, _ in free]), half_of_day(state.at)
    offered = state.then(TimesState, site=request.site, day=request.day, times=free, half=half)
    asked = to(talk, "book_time", offered)
    if named is not None:
        return Step(asked, request=HoldPlace(request.site, named))
    return Step(asked, note=say("booking/news/not_then") if state.at and not half else _news(talk))


def sites_outcome(talk: Talk, request: FindSites, sites: tuple[SiteOffer, ...]) -> Step:
    """The places to choose from; where none is free then, those of any day."""
    state = here(talk)
    if talk.conversation.top.flow == "book_full":
        return Step(again(talk, elsewhere=bool(sites)))
    if not sites and request.first is not None:
        return Step(again(talk, news="none_then"), request=FindSites())
    if not sites:
        return Step(again(talk, nowhere=True))
    free = [(offer.site, offer.day, offer.free) for offer in sites]
    day = request.first if request.first == request.last else None
    found = state.then(SitesState, sites=free, day=day, at=state.at)
    return Step(to(talk, "book_sites", found), note=_news(talk))


def nearest_outcome(talk: Talk, site: str | None) -> Step:
    """The days of the nearest place."""
    if site is None:
        return Step(talk.conversation, note=say("booking/not_near"))
    return Step(again(talk, news="nearest"), request=ShowDays(site))


def _news(talk: Talk) -> str:
    news = here(talk).news
    return say(f"booking/news/{news}") if news else ""
