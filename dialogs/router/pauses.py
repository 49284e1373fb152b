"""社保其实中间断了两年: what is left of a length that was recorded, asked back."""

from __future__ import annotations

import re

from dialogs.booking.flow import BookingFlow
from dialogs.fact_names import named_in
from dialogs.flow import Step, Talk
from dialogs.flows import top
from dialogs.flows.questionnaire.asked import NAME, asked
from dialogs.language import Understood, parse
from dialogs.language.analysis import analyse
from dialogs.language.mention import SELF
from dialogs.language.precheck import asks
from dialogs.language.recognisers.durations import DURATION
from dialogs.language.text import clean
from dialogs.phrases import say
from dialogs.router.corrections import before
from dialogs.sensitive import SENSITIVE
from dialogs.states import OverwriteState
from dialogs.utterance import Said
from scoring import FACTS

_PAUSE = re.compile(
    f"(?<![没不])(?:断|停|空|歇|漏)[了过掉缴交]*(?:有|差不多|大概|大约|将近|足足)*(?P<length>{DURATION.pattern})"
)
_MONTHS = {"months": 1, "years": 12}


def paused(talk: Talk, said: Said) -> Step | None:
    """The shorter length, where the pause is told after the length itself and both are certain."""
    flow = top(talk)
    if said.tap or not talk.conversation.consented or asks(said.text):
        return None
    if flow.guarded and not isinstance(flow, BookingFlow):
        return None
    text = clean(said.text, keep_spaces=True)
    found = _PAUSE.search(text)
    gap = parse("months", found["length"], talk.today) if found else None
    if not isinstance(gap, Understood) or not isinstance(gap.value, int):
        return None
    if any(one != SELF for one in _owners(talk, text)):
        return None
    left = _left(talk, text, gap.value)
    if left is None:
        return None
    waits = OverwriteState(facts=dict([left]), before=before(talk).before)
    note = say("change/pause", said=found["length"] if found else "")
    return Step(talk.conversation.enter("overwrite", waits), note=note)


def _owners(talk: Talk, text: str) -> tuple[str, ...]:
    return analyse(text, talk.today).message.owners


def _left(talk: Talk, text: str, gap: int) -> tuple[str, int] | None:
    """The one recorded length that the text names, less the pause."""
    now = asked(talk).facts if top(talk).name == NAME else ()
    named = {*named_in(text).values()} - {*now} - SENSITIVE
    fact = named.pop() if len(named) == 1 else ""
    unit = _MONTHS.get(FACTS[fact].type) if fact else None
    value = talk.conversation.facts.get(fact)
    if unit is None or not isinstance(value, int) or value * unit <= gap:
        return None
    return fact, (value * unit - gap) // unit
