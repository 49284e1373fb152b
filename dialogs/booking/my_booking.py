"""What a person has: an appointment, a place in the waiting list, an offer; or nothing left."""

from __future__ import annotations

from dataclasses import replace

from dialogs.booking.choices.choosing import Choosing
from dialogs.booking.flow import BookingFlow
from dialogs.booking.intent import fits
from dialogs.booking.moves import here, look, start, to
from dialogs.booking.outcomes.place import ran_out
from dialogs.booking.protocol import CancelMine, JoinWaiting, KeepPhone, LeaveWaiting, ShowDays
from dialogs.booking.purposes import PURPOSES
from dialogs.booking.request import Wish
from dialogs.booking.states import FullState, HeldState, PlaceState, SiteState, TownshipState
from dialogs.booking.telephone import mobile_in
from dialogs.conversation import Conversation
from dialogs.flow import Step, Talk
from dialogs.intents.remarks import asks
from dialogs.labels import Key
from dialogs.papers import missing, papers
from dialogs.phrases import ask, say
from dialogs.reply import Reply
from dialogs.utterance import Said, Utterance

PAPERS_SHOWN = 4


class Appointment(BookingFlow):
    """The appointment, with what can be done about it."""

    name = "appointment"
    remembers = PlaceState
    passing = True

    def ask(self, talk: Talk) -> Reply:
        place = talk.state_as(PlaceState).place
        always = [paper for paper in papers(talk) if not paper.condition]
        lacking = missing(always)
        phone = "drop_phone" if place.phone_left else "leave_phone"
        changes = ("word:move_booking", "word:cancel_booking", phone) if place.movable else ()
        return ask(
            "booking/appointment",
            self.name,
            [*changes, "word:papers", *(("word:in_time",) if lacking else ()), "fine"],
            place=place,
            purpose=PURPOSES[place.purpose],
            papers=[paper.name for paper in always[:PAPERS_SHOWN]],
            count=len(always),
            missing=[paper.name for paper in lacking],
            whose=talk.conversation.whose,
        )

    def again(self, talk: Talk) -> Reply:
        """Not the whole of it after a word of thanks; and it may have been moved on the page."""
        return replace(self.ask(talk), text=say("booking/appointment_again"), links=())

    def spoken(self, talk: Talk, utterance: Utterance) -> Conversation:
        """One that is over is not shown again as if it were still to come."""
        del utterance
        over = talk.state_as(PlaceState).place.ends_at <= talk.now
        return talk.conversation.leave() if over else talk.conversation

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "move_booking" | "cancel_booking" as wanted:
                return start(talk.after(talk.conversation.leave()), wanted)
            case "leave_phone":
                return Step(to(talk, "book_phone", talk.state_as(PlaceState)))
            case "drop_phone":
                return Step(talk.conversation, request=KeepPhone(""))
            case "fine":
                return Step(talk.conversation.leave())
        if mobile_in(said.text) and talk.state_as(PlaceState).place.movable:
            return Step(to(talk, "book_phone", talk.state_as(PlaceState)))
        return None


class Cancel(BookingFlow):
    """Asked once more; the key of the yes names the appointment. The words that led here are no
    yes, or anyone who impatiently sends them twice would cancel."""

    name = "cancel_appointment"
    remembers = PlaceState
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        place = talk.state_as(PlaceState).place
        keys = (Key(f"yes-{place.code}", "yes"), "no", "word:move_booking")
        return ask("booking/cancel", self.name, keys, place=place)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match (self.picked(talk, said) or "").partition("-")[0]:
            case "yes":
                shown = talk.state_as(PlaceState).place.starts_at
                return Step(talk.conversation, request=CancelMine(shown))
            case "no":
                return self.back(talk)
        if self.picked(talk, said, Appointment().ask(talk).choices) == "cancel_booking":
            return Step(talk.conversation, note=say("booking/cancel_again"))
        return None

    def back(self, talk: Talk) -> Step | None:
        shown = to(talk, "appointment", talk.state_as(PlaceState))
        return Step(shown, note=say("booking/kept"))


class Nothing(Choosing):
    """Nothing is left, or nothing published."""

    name = "book_full"
    remembers = FullState

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(FullState)
        wait = ("wait",) if state.published else ()
        others = ("sites", Key("other", "other_place")) if state.elsewhere else ()
        return ask(
            "booking/full",
            self.name,
            (*wait, *others, "stop"),
            title=state.site.title,
            published=state.published,
            elsewhere=state.elsewhere,
            moving=state.moving,
        )

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        offered = talk.state_as(FullState).published
        if not picked and offered and fits(said.text, "await") and not asks(said.text):
            picked = "wait"
        return super().named(talk, said, picked)

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        match picked:
            case "wait":
                return Step(
                    talk.conversation, request=JoinWaiting(talk.state_as(FullState).site.id)
                )
            case "sites":
                return look(talk, Wish())
        return self.back(talk)

    def back(self, talk: Talk) -> Step | None:
        nowhere = not talk.state_as(FullState).elsewhere
        return Step(to(talk, "book", here(talk).then(TownshipState, nowhere=nowhere)))


class InLine(BookingFlow):
    """In the waiting list."""

    name = "book_waiting"
    remembers = SiteState
    passing = True

    def ask(self, talk: Talk) -> Reply:
        keys = ("look", Key("other", "other_place"), "leave", Key("fine", "wait_on"))
        return ask("booking/waiting", self.name, keys, title=talk.state_as(SiteState).site.title)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "look":
                return Step(talk.conversation, request=ShowDays(talk.state_as(SiteState).site.id))
            case "other":
                return Step(to(talk, "book", here(talk).then(TownshipState)))
            case "leave":
                return Step(talk.conversation, request=LeaveWaiting())
            case "fine":
                return Step(talk.conversation.leave())
        return None


class Offer(BookingFlow):
    """A place came free for this person."""

    name = "book_offer"
    remembers = HeldState
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(HeldState)
        return ask(
            "booking/offer",
            self.name,
            ("take", "leave"),
            title=state.site.title,
            starts_at=state.starts_at,
            until=state.until,
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "take":
                kept = talk.state_as(HeldState)
                return ran_out(talk) or Step(to(talk, "book_purpose", kept))
            case "leave":
                return Step(talk.conversation, request=LeaveWaiting())
        return None
