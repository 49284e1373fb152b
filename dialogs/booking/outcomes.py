"""What all flows of booking share: where they lead, and what the desk's outcomes mean.

What was on offer is kept in the state, so that a question can be asked afresh without asking the
desk again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs import faq
from dialogs.booking.protocol import (
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
from dialogs.booking.purposes import PURPOSES
from dialogs.booking.request import Wish, wish_in
from dialogs.booking.states import (
    BookingState,
    ConfirmState,
    DaysState,
    FullState,
    HeldState,
    PlaceState,
    SitesState,
    SiteState,
    TimesState,
    TownshipState,
    of_held,
    of_wish,
)
from dialogs.booking.townships import township
from dialogs.booking.when import find_time, half_of_day
from dialogs.conversation import Conversation
from dialogs.flow import Flow, Step, Talk
from dialogs.phrases import reply, say
from dialogs.requests import Request

OF_BOOKING = ("book", "book_sites", "appointment", "move_booking", "cancel_booking")
"""The words that lead to one's appointment, or to booking one."""
A_WEEK = timedelta(days=6)
"""From its first day to its last."""


def start(talk: Talk, wanted: str = "book", wish: Wish | None = None) -> Step:
    """The step of the words 预约, 我的预约, 改时间 and 取消预约: first see what the person has. Any
    other `wanted` is the topic to answer with if they have no appointment; `wish` is what was named
    along with the word."""
    conversation = talk.conversation
    if wish is None and conversation.destination:  # as it was said before the consent
        wish = wish_in(conversation.destination, talk.today)[0]
        conversation = conversation.but(destination="")
    state = TownshipState.model_validate({"wanted": wanted, **of_wish(wish or Wish())})
    return Step(conversation.enter("book", state), request=ShowMine())


class BookingFlow(Flow):
    """Base of the flows of booking."""

    remembers: type[BookingState]

    def command(self, talk: Talk, word: str) -> Step | None:
        """上一步 goes one choice back."""
        return self.back(talk) if word == "back" else None

    def back(self, talk: Talk) -> Step | None:
        """The choice before this one; None leaves booking."""
        del talk
        return None

    def fulfilled(self, talk: Talk, request: Request[object], value: object) -> Step:
        """The desk's outcome, wherever it was asked."""
        match request:
            case ShowMine():
                return _mine(talk, request.outcome(value))
            case HoldPlace():
                return _held(talk, request, request.outcome(value))
            case ConfirmPlace():
                return _confirmed(talk, request, request.outcome(value))
            case CancelMine():
                return _cancelled(talk, request.outcome(value))
            case JoinWaiting():
                return _said(talk.conversation.leave(), "joined")
            case LeaveWaiting():
                return _said(talk.conversation.leave(), "left_waiting")
        return self._shown(talk, request, value)

    def _shown(self, talk: Talk, request: Request[object], value: object) -> Step:
        match request:
            case ShowDays():
                return _days(talk, request, request.outcome(value))
            case ShowTimes():
                return _times(talk, request, request.outcome(value))
            case FindSites():
                return _sites(talk, request, request.outcome(value))
            case FindNearest():
                return _nearest(talk, request.outcome(value))
        return super().fulfilled(talk, request, value)


def here(talk: Talk) -> BookingState:
    """What goes with the person through all of booking."""
    return talk.state_as(BookingState)


def to(talk: Talk, flow: str, state: BookingState) -> Conversation:
    """The next flow of booking instead of the present one."""
    return talk.conversation.leave().enter(flow, state)


def again(talk: Talk, **changes: object) -> Conversation:
    """The present flow, in a state that differs in these values."""
    return talk.conversation.stay(here(talk).model_copy(update=changes))


def go(talk: Talk, wish: Wish) -> Step:
    """On to where and when somebody wants to come: the days of a site, the times of a day, or as
    far as a time leads. Which of several townships is asked."""
    wishing = _wishing(talk, wish)
    if len(wish.townships) != 1:
        return Step(wishing)
    site = wish.townships[0].id
    return Step(wishing, request=ShowTimes(site, wish.day) if wish.day else ShowDays(site))


def look(talk: Talk, wish: Wish) -> Step:
    """On to the places that have something free when somebody wants to come."""
    last = wish.day or (wish.week + A_WEEK if wish.week else None)
    wishing = _wishing(talk, replace(wish, townships=()))
    return Step(wishing, request=FindSites(wish.day or wish.week, last))


def _wishing(talk: Talk, wish: Wish) -> Conversation:
    return to(talk, "book", here(talk).then(TownshipState, **of_wish(wish)))


def stopped(talk: Talk) -> Step:
    """Nothing is booked or moved."""
    held = "until" in talk.state
    note = say("booking/stopped", moving=here(talk).moving, held=held)
    return Step(talk.conversation.leave(), note=note)


def _mine(talk: Talk, mine: Mine) -> Step:
    state = talk.state_as(TownshipState)
    if state.wanted == "book_sites" and (mine.place is None or mine.place.movable):
        held = {"moving": True, "meant": mine.place.purpose} if mine.place else {}
        return look(talk.after(again(talk, **held)), state.wish)
    if mine.place is not None:
        shown = _having(talk, state, mine.place)
        return _beside(shown, mine.waiting) if mine.place.movable else shown
    if state.wanted not in OF_BOOKING:
        return _general(talk.after(talk.conversation.leave()), state.wanted)
    if mine.waiting is not None and mine.waiting.offer is not None:
        offer = state.then(HeldState, **of_held(mine.waiting.offer))
        return Step(to(talk, "book_offer", offer))
    if mine.waiting is not None:
        waiting = state.then(SiteState, site=mine.waiting.site)
        note = say("booking/unheard") if mine.waiting.unheard else ""
        return Step(to(talk, "book_waiting", waiting), note=note)
    none_yet = "" if state.wanted == "book" else say("booking/none_yet")
    return replace(go(talk, state.wish), note=none_yet)


def _having(talk: Talk, state: TownshipState, place: Place) -> Step:
    """Whoever has an appointment gets no other one; it can be moved or cancelled."""
    shown = state.then(PlaceState, place=place)
    match state.wanted:
        case "book":
            return Step(to(talk, "appointment", shown), note=say("booking/has_one"))
        case "move_booking" | "cancel_booking" if not place.movable:
            return Step(to(talk, "appointment", shown), note=say("booking/too_late"))
        case "cancel_booking":
            return Step(to(talk, "cancel_appointment", shown))
        case "move_booking":
            moving = TownshipState(moving=True, meant=place.purpose)
            there = talk.after(to(talk, "book", moving))
            return go(there, _moved(state.wish, place))
    return Step(to(talk, "appointment", shown))


def _moved(wish: Wish, place: Place) -> Wish:
    """What is not said of the new appointment is as it was with the old one."""
    where = wish.townships or (township(place.site),)
    day = wish.day or (place.starts_at.date() if wish.at and not wish.week else None)
    return replace(wish, townships=where, day=day)


def _beside(step: Step, waiting: Waiting | None) -> Step:
    """The step about an appointment, with the place that is offered besides."""
    offer = waiting.offer if waiting else None
    if offer is None:
        return step
    told = say("booking/offer_beside", offer=offer, title=township(offer.site).title)
    return replace(step, note=f"{step.note}\n{told}".strip())


def _general(talk: Talk, topic: str) -> Step:
    told = faq.answer(topic, talk.rules, talk.today)
    return Step(talk.conversation, note=told.text, links=told.links)


def _days(talk: Talk, request: ShowDays, days: tuple[DayOffer, ...]) -> Step:
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


def _times(talk: Talk, request: ShowTimes, times: tuple[TimeOffer, ...]) -> Step:
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


def _sites(talk: Talk, request: FindSites, sites: tuple[SiteOffer, ...]) -> Step:
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


def _nearest(talk: Talk, site: str | None) -> Step:
    if site is None:
        return Step(talk.conversation, note=say("booking/not_near"))
    return Step(again(talk, news="nearest"), request=ShowDays(site))


def _held(talk: Talk, request: HoldPlace, outcome: Held | Full | TooOften) -> Step:
    held = outcome.held if isinstance(outcome, TooOften) else outcome
    note = say("booking/too_often", held=held) if isinstance(outcome, TooOften) else ""
    if isinstance(held, Full):
        return _gone(talk, "taken", request.site, request.starts_at)
    if held is None:
        return Step(talk.conversation, note=note)
    state = here(talk)
    if state.meant in PURPOSES:
        confirm = state.then(ConfirmState, **of_held(held), purpose=state.meant)
        return Step(to(talk, "book_confirm", confirm), note=note)
    return Step(to(talk, "book_purpose", state.then(HeldState, **of_held(held))), note=note)


def _confirmed(talk: Talk, request: ConfirmPlace, outcome: Confirmed | Lapsed | HasOne) -> Step:
    match outcome:
        case Confirmed(place):
            said = "moved" if request.moving else "booked"
            return _said(_keeping(talk, place), said, place=place)
        case HasOne(place):
            return Step(_keeping(talk, place), note=say("booking/has_one"))
    return _gone(talk, "lapsed", request.site, request.starts_at)


def _cancelled(talk: Talk, outcome: Cancelled | NotNow | HasOne) -> Step:
    if isinstance(outcome, HasOne):
        return Step(_keeping(talk, outcome.place), note=say("booking/changed"))
    done = isinstance(outcome, Cancelled)
    return _said(talk.conversation.leave(), "cancelled" if done else "too_late")


def _keeping(talk: Talk, place: Place) -> Conversation:
    return to(talk, "appointment", PlaceState(place=place))


def _said(conversation: Conversation, name: str, **values: object) -> Step:
    """A note from a template, with its links."""
    note = reply(f"booking/{name}", **values)
    return Step(conversation, note=note.text, links=note.links)


def _gone(talk: Talk, news: str, site: str, starts_at: datetime) -> Step:
    """The place is gone: show what is left of that day."""
    return Step(again(talk, news=news, at=""), request=ShowTimes(site, starts_at.date()))


def ran_out(talk: Talk) -> Step | None:
    """Where to go when the place was kept only until a while ago."""
    held = talk.state_as(HeldState)
    return None if talk.now < held.until else _gone(talk, "lapsed", held.site.id, held.starts_at)


def _news(talk: Talk) -> str:
    news = here(talk).news
    return say(f"booking/news/{news}") if news else ""
