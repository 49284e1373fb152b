"""What a person has: an appointment, a place in the waiting list, an offer; or nothing left."""

from __future__ import annotations

from dataclasses import replace

from pydantic import JsonValue

from dialogs.booking.outcomes import BookingFlow, moment, moving, ran_out, start, stopped, title, to
from dialogs.booking.protocol import CancelMine, JoinWaiting, LeaveWaiting, ShowDays
from dialogs.booking.purposes import PURPOSES
from dialogs.booking.request import wished
from dialogs.booking.select_slot import Choosing, otherwise
from dialogs.booking.when import moved_to
from dialogs.conversation import Conversation
from dialogs.flow import Step, Talk
from dialogs.phrases import reply, say
from dialogs.reply import Reply
from dialogs.utterance import Said, Utterance

PAPERS_SHOWN = 4


class Appointment(BookingFlow):
    """State: `place`, see `outcomes.place_state`."""

    name = "appointment"
    passing = True

    def ask(self, talk: Talk) -> Reply:
        place = _place(talk)
        always = [one for one in talk.estimate.evidence if not one.condition]
        papers = [paper for one in always for paper in one.papers]
        return reply(
            "booking/appointment",
            self.name,
            place=place,
            starts_at=moment(place["starts_at"]),
            purpose=PURPOSES[str(place["purpose"])],
            papers=papers[:PAPERS_SHOWN],
            count=len(papers),
        )

    def again(self, talk: Talk) -> Reply:
        """Not the whole of it after a word of thanks; and it may have been moved on the page."""
        return replace(self.ask(talk), text=say("booking/appointment_again"), links=())

    def spoken(self, talk: Talk, utterance: Utterance) -> Conversation:
        """One that is over is not shown again as if it were still to come."""
        del utterance
        over = moment(_place(talk)["ends_at"]) <= talk.now
        return talk.conversation.leave() if over else talk.conversation

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "move_booking" | "cancel_booking" as wanted:
                return start(talk, wanted)
            case "fine":
                return Step(talk.conversation.leave())
        moved = None if said.tap else moved_to(said.text)
        wish = wished(moved, talk.today) if moved else None
        return start(talk, "move_booking", wish) if wish else None


class Cancel(BookingFlow):
    """State: `place`. Asked once more; the key of the yes names the appointment. The words that led
    here are no yes, or whoever impatiently sends them twice would cancel."""

    name = "cancel_appointment"
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        place = _place(talk)
        starts_at = moment(place["starts_at"])
        return reply("booking/cancel", self.name, place=place, starts_at=starts_at)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match (self.picked(talk, said) or "").partition("-")[0]:
            case "yes":
                shown = moment(_place(talk)["starts_at"])
                return Step(talk.conversation, request=CancelMine(shown))
            case "no":
                return self.back(talk)
        if self.picked(talk, said, Appointment().ask(talk).choices) == "cancel_booking":
            return Step(talk.conversation, note=say("booking/cancel_again"))
        return None

    def back(self, talk: Talk) -> Step | None:
        shown = to(talk, "appointment", place=talk.state["place"])
        return Step(shown, note=say("booking/kept"))


class Nothing(Choosing):
    """Nothing is left, or nothing published. State: `site`, `published`."""

    name = "book_full"

    def ask(self, talk: Talk) -> Reply:
        published = bool(talk.state.get("published"))
        return reply(
            "booking/full",
            self.name,
            title=title(talk),
            published=published,
            moving=moving(talk),
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "wait":
                return Step(talk.conversation, request=JoinWaiting(str(talk.state["site"])))
            case "other":
                return Step(to(talk, "book"))
            case "stop":
                return stopped(talk)
        return otherwise(talk, said)

    def back(self, talk: Talk) -> Step | None:
        return Step(to(talk, "book"))


class InLine(BookingFlow):
    """In the waiting list. State: `site`."""

    name = "book_waiting"
    passing = True

    def ask(self, talk: Talk) -> Reply:
        return reply("booking/waiting", self.name, title=title(talk))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "look":
                return Step(talk.conversation, request=ShowDays(str(talk.state["site"])))
            case "other":
                return Step(to(talk, "book"))
            case "leave":
                return Step(talk.conversation, request=LeaveWaiting())
            case "fine":
                return Step(talk.conversation.leave())
        return None


class Offer(BookingFlow):
    """A place came free for this person. State: `site`, `starts_at`, `until`."""

    name = "book_offer"
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        return reply(
            "booking/offer",
            self.name,
            title=title(talk),
            starts_at=moment(talk.state["starts_at"]),
            until=moment(talk.state["until"]),
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "take":
                return ran_out(talk) or Step(to(talk, "book_purpose", **talk.state))
            case "leave":
                return Step(talk.conversation, request=LeaveWaiting())
        return None


def _place(talk: Talk) -> dict[str, JsonValue]:
    place = talk.state["place"]
    return dict(place) if isinstance(place, dict) else {}
