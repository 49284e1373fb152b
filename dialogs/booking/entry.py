"""Into booking, from wherever one is in the talk."""

from __future__ import annotations

from dialogs import faq
from dialogs.booking.flow import BookingFlow
from dialogs.booking.moves import start
from dialogs.booking.my_booking import Appointment
from dialogs.booking.request import Wish
from dialogs.conversation import Conversation
from dialogs.flow import Flow, Step, Talk
from dialogs.flows import FLOWS, layers, top
from dialogs.states import ConsentState


def enter(talk: Talk, wanted: str = "book", wish: Wish | None = None) -> Step:
    """The step of the words 预约, 我的预约, 改时间, 取消预约, from any flow of booking anew. Before
    同意 it leads there first."""
    if not talk.conversation.consented:
        return Step(talk.conversation.go("consent", ConsentState(booking=True, wanted=wanted)))
    *_, outside = layers(talk, _of_booking)
    return start(outside, wanted, wish)


def inquire(talk: Talk, topic: str) -> Step:
    """The step of 在哪里 and 电话多少: about one's own appointment; without one, on the way to one,
    and before 同意, the general answer."""
    asked = top(talk)
    on_the_way = _of_booking(asked) and not isinstance(asked, Appointment)
    if talk.conversation.consented and not on_the_way:
        return enter(talk, topic)
    told = faq.answer(topic, talk.rules, talk.today)
    return Step(talk.conversation, note=told.text, links=told.links)


def is_booking(conversation: Conversation) -> bool:
    """Whether what was asked last is of booking."""
    return _of_booking(FLOWS[conversation.top.flow])


def _of_booking(flow: Flow) -> bool:
    return isinstance(flow, BookingFlow)
