"""What became of a place: kept, booked, cancelled, or gone."""

from __future__ import annotations

from datetime import datetime

from dialogs.booking.moves import again, here, to
from dialogs.booking.protocol import (
    Cancelled,
    Confirmed,
    ConfirmPlace,
    Full,
    HasOne,
    Held,
    HoldPlace,
    KeepPhone,
    Lapsed,
    NotNow,
    Place,
    ShowTimes,
    TooOften,
)
from dialogs.booking.purposes import PURPOSES
from dialogs.booking.states import ConfirmState, HeldState, PlaceState, of_held
from dialogs.conversation import Conversation
from dialogs.flow import Step, Talk
from dialogs.phrases import reply, say


def hold_outcome(talk: Talk, request: HoldPlace, outcome: Held | Full | TooOften) -> Step:
    """Kept, or taken by another person before."""
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


def confirmation_outcome(
    talk: Talk, request: ConfirmPlace, outcome: Confirmed | Lapsed | HasOne
) -> Step:
    """Booked, or it ran out."""
    match outcome:
        case Confirmed(place):
            said = "moved" if request.moving else "booked"
            return told(_keeping(talk, place), said, place=place)
        case HasOne(place):
            return Step(_keeping(talk, place), note=say("booking/has_one"))
    return _gone(talk, "lapsed", request.site, request.starts_at)


def cancellation_outcome(talk: Talk, outcome: Cancelled | NotNow | HasOne) -> Step:
    """Cancelled, or it was too late, or another one than was shown."""
    if isinstance(outcome, HasOne):
        return Step(_keeping(talk, outcome.place), note=say("booking/changed"))
    done = isinstance(outcome, Cancelled)
    return told(talk.conversation.leave(), "cancelled" if done else "too_late")


def phone_outcome(talk: Talk, request: KeepPhone, place: Place | None) -> Step:
    """The telephone is kept, or forgotten; or the appointment is gone meanwhile."""
    if place is None:
        return told(talk.conversation.leave(), "phone_too_late")
    note = say("booking/phone_kept", end=request.number[-4:])
    return Step(_keeping(talk, place), note=note)


def _keeping(talk: Talk, place: Place) -> Conversation:
    return to(talk, "appointment", PlaceState(place=place))


def told(conversation: Conversation, name: str, **values: object) -> Step:
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
