"""What the reserved words and the account's menu do, wherever one is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from dialogs.agenda import pending, proceed
from dialogs.booking.entry import enter as enter_booking
from dialogs.booking.entry import inquire
from dialogs.booking.moves import OF_BOOKING
from dialogs.conversation import Conversation
from dialogs.flow import Step, Talk
from dialogs.flows import FLOWS, beneath, layers, top
from dialogs.flows import profile as other
from dialogs.flows.goal import gap
from dialogs.flows.my_data import show
from dialogs.flows.papers import in_time
from dialogs.flows.questionnaire.words import QUESTION_WORDS
from dialogs.flows.sensitive import resume_asking, withdraw
from dialogs.intents.words import ALWAYS
from dialogs.next_step import next_step
from dialogs.phrases import exists, reply, say
from dialogs.result_views import VIEWS
from dialogs.states import ViewState

SHORTEST = 3
"""Lines that are named as furthest from their cap."""


def command(talk: Talk, word: str) -> Step:
    """The step for a word: the asked flow may have its own; else the general one."""
    inside = word in ("back", "resume") and len(talk.conversation.waiting) > 1
    if not talk.conversation.consented and word not in ALWAYS and not inside:
        if word in OF_BOOKING:
            return enter_booking(talk, word)
        note = "" if word == "start" else say("command/consent_first")
        return Step(talk.conversation.go("consent"), note=note)
    return top(talk).command(talk, word) or _general(talk, word)


def known_words() -> set[str]:
    """The ids of all words that do something somewhere."""
    return {*_COMMANDS, *_ENTERED, *VIEWS, *QUESTION_WORDS}


def _general(talk: Talk, word: str) -> Step:
    if word in VIEWS:
        return Step(view(talk, ViewState(view=word)))
    if word in FLOWS and word in _ENTERED:
        entered = talk.conversation.top.flow == word
        return Step(talk.conversation if entered else talk.conversation.enter(word))
    if word in _COMMANDS:
        return _COMMANDS[word](talk)
    return _beneath(talk, word) or _nothing(talk)


def _beneath(talk: Talk, word: str) -> Step | None:
    """跳过, said to what waits under a text that was looked at meanwhile."""
    _, *others = layers(talk)
    return next(filter(None, (top(one).command(one, word) for one in others)), None)


_ENTERED = frozenset({"change", "restart", "delete_my_data"})
"""Words that open the flow of the same name on top of what waits."""


def view(talk: Talk, state: ViewState) -> Conversation:
    """A longer text on top of what waits, instead of another one that is open."""
    return _without_view(talk.conversation).enter("view", state)


def _without_view(conversation: Conversation) -> Conversation:
    return conversation.leave() if conversation.top.flow in ("view", "papers") else conversation


def _papers(talk: Talk) -> Step:
    return Step(_without_view(talk.conversation).enter("papers"))


def _nothing(talk: Talk) -> Step:
    return Step(talk.conversation, note=say("command/nothing"))


def _start(talk: Talk) -> Step:
    return Step(proceed(talk))


def _back(talk: Talk) -> Step:
    return Step(talk.conversation.leave()) if len(talk.conversation.waiting) > 1 else _nothing(talk)


def _resume(talk: Talk) -> Step:
    if len(talk.conversation.waiting) > 1:
        return Step(talk.conversation.leave())
    return Step(talk.conversation if top(talk).about(talk) else proceed(talk))


def _result(talk: Talk) -> Step:
    return Step(talk.conversation.go("result"))


def _leave(talk: Talk) -> Step:
    return Step(
        talk.conversation.go("home"), note=say("command/left", begun=bool(talk.conversation.facts))
    )


def _next(talk: Talk) -> Step:
    """那我下一步做什么: one's own next step, and how to go about it."""
    return Step(beneath(talk).conversation, note=say("result/next", next=next_step(talk)))


def _reasons(talk: Talk) -> Step:
    """怎么才56分: the lines that gave points, and which of them are furthest from their cap."""
    categories = [category for part in talk.estimate.parts for category in part.categories]
    have = [one for one in categories if one.points]
    gaps = {one.id: (one.cap or one.points) - one.points for one in have}
    short = sorted(filter(lambda one: gaps[one.id], have), key=lambda one: -gaps[one.id])[:SHORTEST]
    left = len(pending(talk))
    note = say("result/reasons", estimate=talk.estimate, have=have, short=short, left=left)
    return Step(talk.conversation, note=note)


def _help(talk: Talk) -> Step:
    name = f"help/{top(talk).name}"
    return Step(talk.conversation, note=say(name if exists(name) else "help/general"))


def _mistaken(talk: Talk) -> Step:
    """我怕答错了: nothing comes of it."""
    return Step(talk.conversation, note=say("command/mistaken"))


def _person(talk: Talk) -> Step:
    return Step(talk.conversation, note=say("command/person"))


def _cost(talk: Talk) -> Step:
    return Step(talk.conversation, note=say("command/cost"))


def _verified(talk: Talk) -> Step:
    """What the window decided is on the sheet; the conversation does not know it."""
    told = reply("command/verified")
    return Step(talk.conversation, note=told.text, links=told.links)


def _progress(talk: Talk) -> Step:
    return FLOWS["questionnaire"].command(talk, "progress") or _nothing(talk)


_COMMANDS: Mapping[str, Callable[[Talk], Step]] = {
    "start": _start,
    "back": _back,
    "resume": _resume,
    "result": _result,
    "verified": _verified,
    "leave": _leave,
    "next": _next,
    "reasons": _reasons,
    "help": _help,
    "person": _person,
    "cost": _cost,
    "mistaken": _mistaken,
    "my_data": show,
    "book": enter_booking,
    "appointment": partial(enter_booking, wanted="appointment"),
    "move_booking": partial(enter_booking, wanted="move_booking"),
    "cancel_booking": partial(enter_booking, wanted="cancel_booking"),
    "book_sites": partial(enter_booking, wanted="book_sites"),
    "queue": partial(enter_booking, wanted="queue"),
    "sensitive": lambda talk: resume_asking(beneath(talk)),
    "withdraw": withdraw,
    "gap": gap,
    "papers": _papers,
    "in_time": in_time,
    "other": other.begin,
    "self": other.back,
    "forget_other": other.forget,
    "where": partial(inquire, topic="which_window"),
    "telephone": partial(inquire, topic="human_contact"),
}
