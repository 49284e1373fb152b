"""What all flows of booking share: where they lead, and what the desk's outcomes mean.

The state says what was chosen so far: `site`, `moving` (an appointment is being moved), `day`,
`starts_at`, `until`. What was on offer is in it too, so that a question can be asked afresh without
asking the desk again.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime

from pydantic import JsonValue

from dialogs import faq
from dialogs.booking.protocol import (
    Cancelled,
    Confirmed,
    ConfirmPlace,
    DayOffer,
    FindNearest,
    HasOne,
    Held,
    HoldPlace,
    Mine,
    NotNow,
    Place,
    ShowDays,
    ShowMine,
    ShowTimes,
    TimeOffer,
    TooOften,
    Waiting,
)
from dialogs.booking.request import Wish, wished
from dialogs.booking.townships import township
from dialogs.booking.when import find_time, half_of_day
from dialogs.conversation import Conversation
from dialogs.flow import Flow, Step, Talk
from dialogs.phrases import reply, say
from dialogs.requests import Request

FLOWS = (
    "book",
    "book_day",
    "book_time",
    "book_purpose",
    "book_confirm",
    "book_full",
    "book_waiting",
    "book_offer",
    "appointment",
    "cancel_appointment",
)
_CARRIED = ("moving", "wanted")
OF_BOOKING = ("book", "appointment", "move_booking", "cancel_booking")
"""The words that lead to one's appointment, or to booking one."""


def to(talk: Talk, flow: str, **state: JsonValue) -> Conversation:
    """The next flow of booking instead of the present one."""
    carried = {name: talk.state[name] for name in _CARRIED if name in talk.state}
    return talk.conversation.leave().enter(flow, **(carried | state))


def start(talk: Talk, wanted: str = "book", wish: Wish | None = None) -> Step:
    """The step of the words 预约, 我的预约, 改时间 and 取消预约: first see what the person has. Any
    other `wanted` is the topic to answer with if they have no appointment; `wish` is what was named
    along with the word."""
    conversation = talk.conversation
    while conversation.top.flow in FLOWS:
        conversation = conversation.leave()
    if wish is None and wanted == "book" and conversation.destination:
        wish = wished(conversation.destination, talk.today, asked_where=True)
        conversation = conversation.but(destination="")
    begun = conversation.enter("book", wanted=wanted, **_wish_state(wish or Wish()))
    return Step(begun, request=ShowMine())


def inquire(talk: Talk, topic: str) -> Step:
    """The step of 在哪里 and 电话多少: about one's own appointment; without one, on the way to one,
    and before 同意, the general answer."""
    if not talk.conversation.consented:
        return _general(talk, topic)
    if talk.conversation.top.flow in FLOWS and talk.conversation.top.flow != "appointment":
        return _general(talk, topic)
    return start(talk, wanted=topic)


class BookingFlow(Flow):
    """Base of the flows of booking."""

    def command(self, talk: Talk, word: str) -> Step | None:
        """上一步 goes one choice back."""
        return self.back(talk) if word == "back" else None

    def back(self, talk: Talk) -> Step | None:
        """The choice before this one; None leaves booking."""
        del talk
        return None

    def fulfilled(self, talk: Talk, request: Request[object], value: object) -> Step:
        """The desk's outcome, wherever it was asked."""
        match request, value:
            case ShowMine(), Mine():
                return _mine(talk, value)
            case ShowDays(site), tuple():
                return _days(talk, site, value)
            case ShowTimes(), tuple():
                return _times(talk, request, value)
            case FindNearest(), _:
                return _nearest(talk, value)
            case HoldPlace(), _:
                return _held(talk, request, value)
            case ConfirmPlace(), _:
                return _confirmed(talk, request, value)
        return _ended(talk, value)


def place_state(place: Place) -> dict[str, JsonValue]:
    """A place as a state can keep it."""
    times = {"starts_at": place.starts_at.isoformat(), "ends_at": place.ends_at.isoformat()}
    return asdict(place) | times


def moment(value: JsonValue) -> datetime:
    """A moment kept in a state."""
    return datetime.fromisoformat(str(value))


def go(talk: Talk, wish: Wish) -> Step:
    """On to where and when somebody wants to come: the days of a site, the times of a day, or as
    far as a time leads. Which of several townships is asked."""
    if len(wish.townships) != 1:
        return Step(to(talk, "book", **_wish_state(wish)))
    said = talk.conversation.stay(**{**talk.state, **_wish_state(wish)})
    site = wish.townships[0].id
    return Step(said, request=ShowTimes(site, wish.day) if wish.day else ShowDays(site))


def stopped(talk: Talk) -> Step:
    """Nothing is booked or moved."""
    note = say("booking/stopped", moving=moving(talk), held="until" in talk.state)
    return Step(talk.conversation.leave(), note=note)


def moving(talk: Talk) -> bool:
    """Whether this is to replace an appointment."""
    return bool(talk.state.get("moving"))


def _wish_state(wish: Wish) -> dict[str, JsonValue]:
    return {
        "among": [one.id for one in wish.townships],
        "day": _iso(wish.day),
        "at": wish.at,
        "week": _iso(wish.week),
    }


def wish_of(talk: Talk) -> Wish:
    """The wish that a state keeps."""
    among = talk.state.get("among")
    return Wish(
        tuple(township(str(id)) for id in among) if isinstance(among, list) else (),
        _date(talk.state.get("day")),
        str(talk.state.get("at") or ""),
        _date(talk.state.get("week")),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(value: JsonValue) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _having(talk: Talk, place: Place) -> Step:
    """Whoever has an appointment gets no other one; it can be moved or cancelled."""
    wanted, wish, kept = talk.state.get("wanted"), wish_of(talk), place_state(place)
    shown = to(talk, "appointment", place=kept)
    match wanted:
        case "book":
            return Step(shown, note=say("booking/has_one"))
        case "move_booking" | "cancel_booking" if not place.movable:
            return Step(shown, note=say("booking/too_late"))
        case "cancel_booking":
            return Step(to(talk, "cancel_appointment", place=kept))
        case "move_booking":
            there = talk.after(talk.conversation.leave().enter("book", moving=True))
            where = wish.townships or (township(place.site),)
            day = wish.day or (place.starts_at.date() if wish.at else None)
            return go(there, replace(wish, townships=where, day=day))
    return Step(shown)


def _mine(talk: Talk, mine: Mine) -> Step:
    if mine.place is not None:
        shown = _having(talk, mine.place)
        return _beside(shown, mine.waiting) if mine.place.movable else shown
    wanted = str(talk.state.get("wanted"))
    if wanted not in OF_BOOKING:
        return _general(talk.after(talk.conversation.leave()), wanted)
    waiting = mine.waiting
    if waiting is not None and waiting.offer is not None:
        return Step(to(talk, "book_offer", **_held_state(waiting.offer)))
    if waiting is not None:
        note = say("booking/unheard") if waiting.unheard else ""
        return Step(to(talk, "book_waiting", site=waiting.site), note=note)
    wish = wish_of(talk)
    if wish.townships:
        return go(talk, wish)
    return replace(go(talk, wish), note="" if wanted == "book" else say("booking/none_yet"))


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


def _days(talk: Talk, site: str, days: tuple[DayOffer, ...]) -> Step:
    news = _news(talk)
    if not any(offer.free for offer in days):
        if talk.conversation.top.flow == "book_waiting":
            return Step(talk.conversation, note=say("booking/news/still_full"))
        return Step(to(talk, "book_full", site=site, published=bool(days)), note=news)
    offered: list[JsonValue] = [[offer.day.isoformat(), offer.free] for offer in days]
    week = talk.state.get("week")
    return Step(to(talk, "book_day", site=site, days=offered, week=week), note=news)


def _times(talk: Talk, request: ShowTimes, times: tuple[TimeOffer, ...]) -> Step:
    if not any(offer.free for offer in times):
        conversation = talk.conversation.stay(**{**talk.state, "news": "day_full"})
        return Step(conversation, request=ShowDays(request.site))
    offered: list[JsonValue] = [
        [offer.starts_at.isoformat(), offer.ends_at.isoformat(), offer.free] for offer in times
    ]
    at = str(talk.state.get("at") or "")
    named = find_time(at, [offer.starts_at for offer in times if offer.free])
    day, half = request.day.isoformat(), half_of_day(at)
    asked = to(talk, "book_time", site=request.site, day=day, times=offered, half=half)
    if named is not None:
        return Step(asked, request=HoldPlace(request.site, named))
    return Step(asked, note=say("booking/news/not_then") if at and not half else _news(talk))


def _nearest(talk: Talk, value: object) -> Step:
    if not isinstance(value, str):
        return Step(talk.conversation, note=say("booking/not_near"))
    conversation = talk.conversation.stay(**{**talk.state, "news": "nearest"})
    return Step(conversation, request=ShowDays(value))


def _held(talk: Talk, request: HoldPlace, value: object) -> Step:
    match value:
        case Held():
            return Step(to(talk, "book_purpose", **_held_state(value)))
        case TooOften(held):
            kept = to(talk, "book_purpose", **_held_state(held)) if held else talk.conversation
            return Step(kept, note=say("booking/too_often", held=held))
    return _again(talk, "taken", request.site, request.starts_at)


def _confirmed(talk: Talk, request: ConfirmPlace, value: object) -> Step:
    match value:
        case Confirmed(place):
            said = "moved" if request.moving else "booked"
            return _said(_keeping(talk, place), said, place=place)
        case HasOne(place):
            return Step(_keeping(talk, place), note=say("booking/has_one"))
    return _again(talk, "lapsed", request.site, request.starts_at)


def _keeping(talk: Talk, place: Place) -> Conversation:
    return talk.conversation.leave().enter("appointment", place=place_state(place))


def _ended(talk: Talk, value: object) -> Step:
    """After cancelling, and after joining or leaving the waiting list."""
    if isinstance(value, HasOne):
        return Step(_keeping(talk, value.place), note=say("booking/changed"))
    notes = {Waiting: "joined", Cancelled: "cancelled", NotNow: "too_late"}
    return _said(talk.conversation.leave(), notes.get(type(value), "left_waiting"))


def _said(conversation: Conversation, name: str, **values: object) -> Step:
    """A note from a template, with its links."""
    note = reply(f"booking/{name}", "", **values)
    return Step(conversation, note=note.text, links=note.links)


def _again(talk: Talk, news: str, site: str, starts_at: datetime) -> Step:
    """The place is gone: show what is left of that day."""
    conversation = talk.conversation.stay(**{**talk.state, "news": news})
    return Step(conversation, request=ShowTimes(site, starts_at.date()))


def ran_out(talk: Talk) -> Step | None:
    """Where to go when the place was kept only until a while ago."""
    if talk.now < moment(talk.state["until"]):
        return None
    return _again(talk, "lapsed", str(talk.state["site"]), moment(talk.state["starts_at"]))


def _held_state(held: Held) -> dict[str, JsonValue]:
    return {
        "site": held.site,
        "starts_at": held.starts_at.isoformat(),
        "until": held.until.isoformat(),
    }


def _news(talk: Talk) -> str:
    news = talk.state.get("news")
    return say(f"booking/news/{news}") if news else ""


def title(talk: Talk) -> str:
    """The full name of the chosen township."""
    return township(str(talk.state["site"])).title
