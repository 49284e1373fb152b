"""Answers to what waits."""

from __future__ import annotations

from dataclasses import replace

from dialogs.early import without_identity
from dialogs.flow import Step, Talk
from dialogs.flows import is_closed, layers, top
from dialogs.flows.topics import tell
from dialogs.intents.remarks import other_permit
from dialogs.language import id_number
from dialogs.language.text import clean
from dialogs.phrases import say
from dialogs.recent import OTHER_PERMIT, asked
from dialogs.router.overheard import overheard
from dialogs.router.questions import questioned
from dialogs.utterance import Said


def answered(talk: Talk, said: Said) -> Step | None:
    """An answer to what was asked, or to what waits below a passing flow."""
    steps = (top(layer).answer(layer, said) for layer in layers(talk))
    return next(filter(None, steps), None)


def numbered(talk: Talk, said: Said) -> Step | None:
    """A number that names a person is not heard; what else the message tells or asks is. Where a
    question waits and there is nothing else, that says so."""
    rest = Said(without_identity(said.text))
    if said.tap or is_closed(talk) or rest.text == clean(said.text, keep_spaces=True):
        return None
    note = say("id_number")
    for hearer in (answered, overheard, questioned):
        step = hearer(talk, rest)
        if step is not None and step.reply is None and not step.misses:
            refused = step.topic == "others_data"  # says so itself
            return step if refused else replace(step, note=f"{note}\n{step.note}".strip())
    at_question = top(talk).personal and id_number(said.text)
    return None if at_question else Step(talk.conversation, note=note)


def mistaken(talk: Talk, said: Said) -> Step | None:
    """台湾居民居住证, where the 浙江省居住证 is asked for: another one, and the question stays."""
    question = asked(talk.conversation)
    at_permit = top(talk).personal and question is not None and question.id == "permit"
    if said.tap or not at_permit or not other_permit(said.text):
        return None
    return tell(talk, OTHER_PERMIT)
