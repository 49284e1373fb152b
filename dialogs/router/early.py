"""What is told before the consent."""

from __future__ import annotations

from dialogs.flow import Step, Talk
from dialogs.flows import is_closed
from dialogs.flows.consent import withheld
from dialogs.utterance import Said


def early(talk: Talk, said: Said) -> Step | None:
    """What tells something before the consent: held until it."""
    if talk.conversation.consented or said.tap is not None or is_closed(talk):
        return None
    return withheld(talk, said)
