"""What the person has: an appointment, a place that is offered, a place in the waiting list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs import faq
from dialogs.booking.moves import OF_BOOKING, again, go, look, to
from dialogs.booking.protocol import Held, Mine, Place, Waiting
from dialogs.booking.request import Wish
from dialogs.booking.states import (
    ConfirmState,
    HeldState,
    PlaceState,
    SiteState,
    TownshipState,
    of_held,
)
from dialogs.booking.townships import township
from dialogs.booking.when import in_week_of
from dialogs.flow import Step, Talk
from dialogs.phrases import say


def mine_outcome(talk: Talk, mine: Mine) -> Step:
    """The step to what the person has; without anything, on to where one wanted."""
    state = talk.state_as(TownshipState)
    if state.wanted == "queue":
        return _in_queue(talk, mine)
    if not mine.published and state.wanted in OF_BOOKING:
        none_published = say("booking/none_published", title="", moving=False)
        return Step(talk.conversation.leave(), note=none_published)
    if state.wanted == "book_sites" and (mine.place is None or mine.place.movable):
        held = {"moving": True, "meant": mine.place.purpose} if mine.place else {}
        return look(talk.after(again(talk, **held)), state.wish)
    if mine.place is not None and mine.kept is not None and _asks_nothing_else(state):
        return _kept(talk, state, mine.place, mine.kept)
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
    """Anyone who has an appointment gets no other one; it can be moved or cancelled."""
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
            return go(there, _moved(state.wish, place, talk.today))
    return Step(to(talk, "appointment", shown))


def _asks_nothing_else(state: TownshipState) -> bool:
    """Whether a place that is kept may be offered first: nobody is cancelling, or named a time."""
    return state.wanted in ("book", "appointment", "move_booking") and state.wish == Wish()


def _kept(talk: Talk, state: TownshipState, place: Place, kept: Held) -> Step:
    """One tap moves the appointment of a closed window to the place that is kept for it."""
    confirm = state.then(ConfirmState, **of_held(kept), purpose=place.purpose)
    confirm = confirm.model_copy(update={"moving": True, "meant": place.purpose})
    note = say("booking/kept_for_you", place=place)
    return Step(to(talk, "book_confirm", confirm), note=note)


def _in_queue(talk: Talk, mine: Mine) -> Step:
    """前面还有几个人: how the person stands, and back to what was asked. Who has not checked in is
    told how one gets a number; one that was taken at the window is not known here."""
    note = say("booking/queue", queue=mine.queue, place=mine.place)
    return Step(talk.conversation.leave(), note=note)


def _moved(wish: Wish, place: Place, today: date) -> Wish:
    """What is not said of the new appointment is as it was with the old one: 周五 is that of the
    same week."""
    where, old = wish.townships or (township(place.site),), place.starts_at.date()
    day = wish.day or (old if wish.at and not wish.week else None)
    if day and wish.loose:
        day = in_week_of(day, old, today)
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
