"""A conversation stored under other questions is brought up to date at its next message."""

from __future__ import annotations

from pydantic import ValidationError

from dialogs.conversation import Conversation, Facts, Frame, Profile
from dialogs.flow import Step, Talk
from dialogs.flows import FLOWS
from dialogs.phrases import say
from dialogs.questions import questions, revision
from scoring import FactsError, read_facts


def migrated(talk: Talk) -> Step | None:
    """The step that says so and asks afresh, or None when nothing has to be changed. What stood on
    top of the talk is dropped: its state may mean nothing any more."""
    conversation = talk.conversation
    if not conversation.waiting or _current(conversation):
        return None
    bottom = conversation.waiting[0]
    updated = conversation.but(
        facts=valid(conversation.facts),
        answered=tuple(id for id in conversation.answered if id in questions()),
        passed=tuple(id for id in conversation.passed if id in questions()),
        aside=conversation.aside and _updated(conversation.aside),
        waiting=(bottom if _known(bottom) else Frame(flow="home"),),
    )
    return Step(updated, note=say("migrated"))


def _updated(aside: Profile) -> Profile:
    return Profile(
        whose=aside.whose,
        facts=valid(aside.facts),
        answered=tuple(id for id in aside.answered if id in questions()),
        passed=tuple(id for id in aside.passed if id in questions()),
        papers=aside.papers,
    )


def _current(conversation: Conversation) -> bool:
    return conversation.revision == revision() and all(map(_known, conversation.waiting))


def _known(frame: Frame) -> bool:
    """Whether there is such a flow, which can still read what it was to remember."""
    if frame.flow not in FLOWS:
        return False
    try:
        frame.state_as(FLOWS[frame.flow].remembers)
    except ValidationError:
        return False
    return True


def valid(facts: Facts) -> Facts:
    """What the catalogue still knows and allows."""
    valid = {}
    for fact, value in facts.items():
        try:
            read_facts({fact: value})
        except FactsError:
            continue
        valid[fact] = value
    return valid
