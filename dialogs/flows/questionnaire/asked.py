"""The question that was asked last, and what is remembered of it."""

from __future__ import annotations

from dialogs.conversation import Conversation
from dialogs.flow import Talk
from dialogs.questions import Question
from dialogs.sensitive import askable
from dialogs.states import Carried, QuestionState

NAME = "questionnaire"


def state_of(talk: Talk) -> QuestionState:
    """What is remembered of it."""
    return talk.state_as(QuestionState)


def asked(talk: Talk) -> Question:
    """The question that was asked last."""
    return askable(talk, state_of(talk).at)


def carried(talk: Talk) -> Carried:
    """What goes along from question to question; from anywhere else only what goes to a result."""
    state, lists = talk.state_as(Carried), dict(talk.state_as(Carried).lists)
    if talk.conversation.top.flow == NAME and (ticked := state_of(talk).ticked):
        lists[state_of(talk).at] = ticked
    return Carried(before=state.before, doubts=state.doubts, lists=lists)


def carried_along(talk: Talk) -> Carried:
    """The same where a question waits under what was looked at meanwhile."""
    while talk.conversation.top.flow != NAME and len(talk.conversation.waiting) > 1:
        talk = talk.after(talk.conversation.leave())
    return carried(talk)


def at(conversation: Conversation, id: str, along: Carried | None = None) -> Conversation:
    """The conversation in which this question is asked, alone."""
    return conversation.go(NAME, QuestionState(at=id, **dict(along or Carried())))
