"""Another person of the household is to be counted."""

from __future__ import annotations

from dataclasses import replace

from dialogs.flow import Step, Talk
from dialogs.flows import is_closed, top
from dialogs.flows.profile import begin
from dialogs.intents.household import wished_for
from dialogs.utterance import Said


def accompanied(talk: Talk, said: Said) -> Step | None:
    """帮我老婆也算一下, 算我老公的: on with the other one's questions."""
    whose, told = wished_for(said)
    if not whose or is_closed(talk) or not talk.conversation.consented:
        return None
    if top(talk).picked(talk, said):
        return None
    step = begin(talk, whose)
    return replace(step, again=(Said(told),)) if told and step.reply is None else step
