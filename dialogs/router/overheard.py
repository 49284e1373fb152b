"""Facts told beside what is asked: in the middle of booking, or while a yes is waited for."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.booking.flow import BookingFlow
from dialogs.booking.when import read_when
from dialogs.flow import Step, Talk
from dialogs.flows import FLOWS, top
from dialogs.flows.change import Overwrite
from dialogs.flows.sensitive import Sensitive
from dialogs.interpret import hear
from dialogs.states import SensitiveState
from dialogs.utterance import Said


def overheard(talk: Talk, said: Said) -> Step | None:
    """A fact told in the middle of booking, or beside what waits for a yes: kept as it would be
    after the result, and back to what was asked."""
    if said.tap or not isinstance(top(talk), BookingFlow | Overwrite | Sensitive):
        return None
    if isinstance(top(talk), Sensitive) and (step := _below_consent(talk, said)):
        return step
    if isinstance(top(talk), BookingFlow) and _is_the_day(talk, said):
        return None
    conversation = talk.conversation
    step = FLOWS["result"].answer(talk.after(conversation.go("result")), said)
    if step is None or (step.conversation.facts, step.conversation.early) == (
        conversation.facts,
        conversation.early,
    ):
        return None
    waiting = step.conversation.but(waiting=conversation.waiting)
    return Step(waiting, note=step.note, question=step.question)


_BORN = re.compile("生|岁|属")


def _is_the_day(talk: Talk, said: Said) -> bool:
    """不是这周，是12月11日: a day in the middle of booking is that of coming, unless 生 is said."""
    dated = read_when(said.text, talk.today)
    told = hear(None, said, talk.today)
    born = {*told.facts, *told.confirm} & {"birth_date", "age_years"}
    return bool((dated.day or dated.week) and born) and not _BORN.search(said.text)


def _below_consent(talk: Talk, said: Said) -> Step | None:
    """Facts told while the consent to the sensitive ones is asked for, put to what waits below. A
    bare answer to a question that is not on screen is none."""
    told = hear(None, said, talk.today)
    if not (told.facts or told.confirm or told.others):
        return None
    below = talk.after(talk.conversation.leave())
    step = top(below).answer(below, said)
    if step is None or step.request is not None:
        return None
    there, state = step.conversation, talk.state_as(SensitiveState)
    asking = there if there.top.flow == Sensitive.name else there.enter(Sensitive.name, state)
    return replace(step, conversation=asking, reply=None)
