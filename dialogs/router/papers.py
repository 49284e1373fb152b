"""What is told of papers, and of what the official site shows."""

from __future__ import annotations

from dialogs.commands import command
from dialogs.flow import Step, Talk
from dialogs.flows import beneath, top
from dialogs.flows.papers import told_later
from dialogs.intents.words import shown_elsewhere
from dialogs.utterance import Said


def brought(talk: Talk, said: Said) -> Step | None:
    """备案表打好了, after the list of papers was left."""
    return None if top(talk).guarded else told_later(beneath(talk), said)


def compared(talk: Talk, said: Said) -> Step | None:
    """系统显示我的社保是0, after the questions: what is shown there is no answer of one's own."""
    below = beneath(talk)
    if not below.conversation.facts or top(below).personal or top(below).guarded:
        return None
    found = shown_elsewhere(said)
    return command(talk, found) if found else None
