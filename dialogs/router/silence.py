"""Back after a silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogs.flow import Step, Talk
from dialogs.flows import beneath, top
from dialogs.intents.words import word
from dialogs.router.answers import answered
from dialogs.states import ResumeState
from dialogs.utterance import Said

SILENCE = timedelta(minutes=30)
"""After this long the person is asked whether to go on."""
FORGOTTEN = timedelta(days=1)
"""After this long even a message that answers what was asked is heard only when one goes on."""


def returned(talk: Talk, said: Said) -> Step | None:
    """Back after a silence in the middle of something: go on, or start again?"""
    heard = talk.conversation.heard
    if said.tap or word(said) or heard is None or talk.now - heard < SILENCE:
        return None
    talk = beneath(talk)
    step = answered(talk, said) if talk.now - heard < FORGOTTEN else None
    if step and not step.reply:  # it answers what is still on screen
        after = talk.after(step.conversation)
        about = top(after).about(after)
        resumed = step.conversation.enter("resume", ResumeState(about=about))
        return replace(step, conversation=resumed) if about else step
    about = top(talk).about(talk)
    return (
        Step(talk.conversation.enter("resume", ResumeState(about=about, said=said.text)))
        if about
        else None
    )
