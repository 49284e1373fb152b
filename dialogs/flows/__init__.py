"""The flows by name. A new one is a module with a subclass of `Flow`, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

from dialogs.booking.flows import BOOKING
from dialogs.flow import Flow, Talk
from dialogs.flows.change import Change, Drop, Overwrite, OwnBirth
from dialogs.flows.consent import Consent
from dialogs.flows.goal import AskGoal
from dialogs.flows.guardian import Guardian
from dialogs.flows.home import Home
from dialogs.flows.my_data import DeleteData, MyData
from dialogs.flows.papers import Papers
from dialogs.flows.profile import Other
from dialogs.flows.questionnaire.flow import Questionnaire
from dialogs.flows.questionnaire.rest import Rest
from dialogs.flows.renewal import Renewal
from dialogs.flows.restart import Restart
from dialogs.flows.result import Result
from dialogs.flows.resume import Resume
from dialogs.flows.sensitive import Sensitive
from dialogs.flows.stale import Stale
from dialogs.flows.topics import Topics
from dialogs.flows.view import View

FLOWS: Mapping[str, Flow] = {
    flow.name: flow
    for flow in (
        Consent(),
        Renewal(),
        Guardian(),
        Sensitive(),
        Home(),
        Questionnaire(),
        Rest(),
        Change(),
        Drop(),
        Overwrite(),
        OwnBirth(),
        Result(),
        View(),
        Papers(),
        Topics(),
        Resume(),
        Restart(),
        Stale(),
        MyData(),
        DeleteData(),
        Other(),
        AskGoal(),
        *BOOKING,
    )
}


def top(talk: Talk) -> Flow:
    """The flow that was asked last."""
    return FLOWS[talk.conversation.top.flow]


def is_closed(talk: Talk) -> bool:
    """Whether nothing may interrupt what is asked, not even what is understood beyond doubt."""
    return top(talk).guarded and not top(talk).sure


def layers(talk: Talk, gives_way: Callable[[Flow], bool] = attrgetter("passing")) -> Iterator[Talk]:
    """The talk, then what lies below each flow on top of it that gives way, as passing ones do:
    they hear one after the other what those leave."""
    yield talk
    while gives_way(top(talk)):
        talk = talk.after(talk.conversation.leave())
        yield talk


def beneath(talk: Talk) -> Talk:
    """The talk without the passing flows on top."""
    return list(layers(talk))[-1]
