"""Where the flows of booking lead. What goes with a person from one to the next is in the state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogs.booking.protocol import FindSites, ShowDays, ShowMine, ShowTimes
from dialogs.booking.request import Wish, wish_in
from dialogs.booking.states import BookingState, TownshipState, of_wish
from dialogs.conversation import Conversation
from dialogs.flow import Step, Talk

OF_BOOKING = ("book", "book_sites", "appointment", "move_booking", "cancel_booking", "queue")
"""The words that lead to one's appointment, or to booking one."""
A_WEEK = timedelta(days=6)
"""From its first day to its last."""


def start(talk: Talk, wanted: str = "book", wish: Wish | None = None) -> Step:
    """The step of the words 预约, 我的预约, 改时间 and 取消预约: first see what the person has. Any
    other `wanted` is the topic to answer with if they have no appointment; `wish` is what was named
    along with the word."""
    conversation = talk.conversation
    if wish is None and conversation.destination:  # as it was said before the consent
        wish, _ = wish_in(conversation.destination, talk.today)
        conversation = conversation.but(destination="")
    state = TownshipState.model_validate({"wanted": wanted, **of_wish(wish or Wish())})
    return Step(conversation.enter("book", state), request=ShowMine())


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
    """On to where and when a person wants to come: the days of a site, the times of a day, or as
    far as a time leads. Which of several townships is asked."""
    wishing = _wishing(talk, wish)
    if len(wish.townships) != 1:
        return Step(wishing)
    site = wish.townships[0].id
    return Step(wishing, request=ShowTimes(site, wish.day) if wish.day else ShowDays(site))


def look(talk: Talk, wish: Wish) -> Step:
    """On to the places that have something free when a person wants to come."""
    last = wish.day or (wish.week + A_WEEK if wish.week else None)
    wishing = _wishing(talk, replace(wish, townships=()))
    return Step(wishing, request=FindSites(wish.day or wish.week, last))


def _wishing(talk: Talk, wish: Wish) -> Conversation:
    return to(talk, "book", here(talk).then(TownshipState, **of_wish(wish)))
