"""What all flows of booking share: the way back, and what comes of what was asked of the desk.

What was on offer is kept in the state, so that a question can be asked afresh without asking the
desk again.
"""

from __future__ import annotations

from dialogs.booking.moves import here
from dialogs.booking.outcomes.free import (
    days_outcome,
    nearest_outcome,
    sites_outcome,
    times_outcome,
)
from dialogs.booking.outcomes.mine import mine_outcome
from dialogs.booking.outcomes.place import (
    cancellation_outcome,
    confirmation_outcome,
    hold_outcome,
    phone_outcome,
    told,
)
from dialogs.booking.protocol import (
    CancelMine,
    ConfirmPlace,
    FindNearest,
    FindSites,
    HoldPlace,
    JoinWaiting,
    KeepPhone,
    LeaveWaiting,
    ShowDays,
    ShowMine,
    ShowTimes,
)
from dialogs.booking.states import BookingState, HeldState
from dialogs.flow import Flow, Step, Talk
from dialogs.phrases import say
from dialogs.requests import Request


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

    def stopped(self, talk: Talk) -> Step:
        """Nothing is booked or moved."""
        held = issubclass(self.remembers, HeldState)
        note = say("booking/stopped", moving=here(talk).moving, held=held)
        return Step(talk.conversation.leave(), note=note)

    def fulfilled(self, talk: Talk, request: Request[object], value: object) -> Step:
        """The desk's outcome, wherever it was asked."""
        match request:
            case ShowMine():
                return mine_outcome(talk, request.outcome(value))
            case HoldPlace():
                return hold_outcome(talk, request, request.outcome(value))
            case ConfirmPlace():
                return confirmation_outcome(talk, request, request.outcome(value))
            case CancelMine():
                return cancellation_outcome(talk, request.outcome(value))
            case JoinWaiting():
                return told(talk.conversation.leave(), "joined")
            case KeepPhone():
                return phone_outcome(talk, request, request.outcome(value))
            case LeaveWaiting():
                return told(talk.conversation.leave(), "left_waiting")
        return self._shown(talk, request, value)

    def _shown(self, talk: Talk, request: Request[object], value: object) -> Step:
        match request:
            case ShowDays():
                return days_outcome(talk, request, request.outcome(value))
            case ShowTimes():
                return times_outcome(talk, request, request.outcome(value))
            case FindSites():
                return sites_outcome(talk, request, request.outcome(value))
            case FindNearest():
                return nearest_outcome(talk, request.outcome(value))
        return super().fulfilled(talk, request, value)
