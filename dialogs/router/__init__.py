"""How a text is heard: each hearer, in this order, takes it or leaves it to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dialogs.flow import Step, Talk
from dialogs.flows.guardian import guarded
from dialogs.recent import referred
from dialogs.router.answers import answered, mistaken, numbered
from dialogs.router.appointments import booked, for_another, postponed, put_aside, wanted
from dialogs.router.changes import amended, complained, tapped
from dialogs.router.conditions import with_conditions
from dialogs.router.corrections import corrected
from dialogs.router.early import early
from dialogs.router.goals import planned, waiting
from dialogs.router.household import accompanied
from dialogs.router.menus import chosen_topic, denied, refused
from dialogs.router.misses import missed
from dialogs.router.nothing import nothing_told
from dialogs.router.oneself import of_oneself
from dialogs.router.overheard import overheard
from dialogs.router.own_result import about_result
from dialogs.router.papers import brought, compared
from dialogs.router.pauses import paused
from dialogs.router.pleasantries import chatted, instructed, introduced, thanked
from dialogs.router.questions import digressed, helped, questioned, unwritten
from dialogs.router.removals import removed
from dialogs.router.silence import returned
from dialogs.router.words import called, commanded, counting, of_own_result, offered, phrased
from dialogs.utterance import Said

Hearers = tuple[Callable[[Talk, Said], Step | None], ...]

HEARERS: Hearers = (
    guarded,
    returned,
    of_own_result,
    about_result,
    referred,
    commanded,
    introduced,
    instructed,
    nothing_told,
    chosen_topic,
    denied,
    early,
    of_oneself,
    corrected,
    removed,
    paused,
    postponed,
    booked,
    accompanied,
    for_another,
    planned,
    mistaken,
    numbered,
    thanked,
    digressed,
    counting,
    compared,
    answered,
    refused,
    put_aside,
    wanted,
    overheard,
    amended,
    complained,
    offered,
    waiting,
    phrased,
    tapped,
    brought,
    chatted,
    helped,
    called,
    unwritten,
    questioned,
)
_ONLY_AT_ONCE = (returned, of_oneself, tapped, thanked, chatted)
"""What was said before whose turn it is now says nothing of that turn."""
HEARD_AGAIN = tuple(one for one in HEARERS if one not in _ONLY_AT_ONCE)
"""Who hears what was said before and is heard only now."""


def heard(talk: Talk, said: Said) -> Step:
    """The step of the first hearer that takes a text; where none does, it is missed."""
    talk = with_conditions(talk, said)
    return first_of(HEARERS, talk, said) or missed(talk, said)


def first_of(hearers: Hearers, talk: Talk, said: Said) -> Step | None:
    """The step of the first of these that takes a text. What it leaves of it is heard like a
    message of its own where that leads."""
    for hearer in hearers:
        if step := hearer(talk, said):
            return _with_rest(talk, replace(step, hearer=hearer.__name__))
    return None


def _with_rest(talk: Talk, step: Step) -> Step:
    if step.rest is None:
        return step
    after = heard(talk.after(step.conversation), step.rest)
    return replace(after, note=f"{step.note}\n{after.note}".strip(), hearer=step.hearer)
