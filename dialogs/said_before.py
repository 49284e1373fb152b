"""The same explanation never stands twice in a row: anyone who asks on wants something else."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2s

from dialogs.conversation import Recent
from dialogs.flow import Step
from dialogs.match_choice import bare
from dialogs.phrases import say
from dialogs.utterance import Said, Utterance

LONG = 40
"""Characters from which a text is felt to be the same again."""
_SENTENCE = re.compile("[^。]*。")


def once(recent: Recent, utterance: Utterance, step: Step) -> Step:
    """A step that does not explain word for word what the last reply did, unless the message was
    the same, too: shorter then, and with a person to ask. One reply later it may stand again."""
    if not isinstance(utterance, Said) or utterance.tap is not None:
        return step
    if not explained(step):
        return step
    step = replace(step, message=digest(bare(utterance.text)))
    if explained(step) != recent.note or step.message == recent.message:
        return step
    first = _SENTENCE.match(step.note)
    return replace(step, note=say("said_before", first=first[0] if first else ""))


def explained(step: Step) -> str:
    """What tells the explanation of a step from others; "" where it explains nothing at length."""
    explains = step.topic or step.hearer == "about_result"
    return digest(step.note) if explains and len(step.note) >= LONG else ""


def digest(text: str) -> str:
    """What tells one text from another, and says nothing of it.

    >>> digest("a") == digest("a"), digest("a") == digest("b"), digest("")
    (True, False, '')
    """
    return blake2s(text.encode("utf-8", "replace"), digest_size=6).hexdigest() if text else ""
