"""The telephone that a person leaves with their appointment, if they want to."""

from __future__ import annotations

from dialogs.booking.flow import BookingFlow
from dialogs.booking.moves import to
from dialogs.booking.protocol import KeepPhone
from dialogs.booking.states import PlaceState
from dialogs.booking.telephone import mobile_in, seems_number
from dialogs.flow import Step, Talk
from dialogs.phrases import ask, say
from dialogs.reply import Reply
from dialogs.utterance import Said


class OwnPhone(BookingFlow):
    """What it is for and how long it is kept stands in the question: sending a number agrees."""

    name = "book_phone"
    remembers = PlaceState
    guarded = True
    sure = True
    personal = True

    def ask(self, talk: Talk) -> Reply:
        return ask("booking/phone", self.name, ("skip",))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        if number := mobile_in(said.text):
            return Step(talk.conversation, request=KeepPhone(number))
        if self.picked(talk, said) == "skip":
            return self.back(talk)
        if seems_number(said.text):
            return Step(talk.conversation, note=say("booking/phone_wrong"))
        return None

    def back(self, talk: Talk) -> Step:
        """The appointment again, in short."""
        shown = to(talk, "appointment", talk.state_as(PlaceState))
        return Step(shown, note=say("booking/phone_skipped"))
