"""Sensitive facts that were told before the consent to them: held for some minutes among what was
said early (`dialogs.early`), so sealed and swept like it, until the consent is given or not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from dialogs import consent_texts
from dialogs.agenda import learn
from dialogs.consent_texts import outdated
from dialogs.conversation import Conversation, Early, Facts, Frame, Recent, Ticks
from dialogs.flow import Step, Talk
from dialogs.intents.household import plain_name
from dialogs.interpret import Heard
from dialogs.phrases import say
from dialogs.questions import nothing, questions
from dialogs.sensitive import SENSITIVE, declined, without_any
from dialogs.states import Carried, QuestionState, SensitiveState
from scoring import FACTS

FLOW = "sensitive"
_WITH_FACTS = frozenset({"drop", "overwrite", "own_birth", "profile", "stale"})
"""Flows whose state may hold facts."""


def keep_back(talk: Talk, step: Step | None, heard: Heard) -> Step | None:
    """The step, with the sensitive facts of the message held instead of taken. Those of another
    person are not even held: it is said that they are asked for on that person's turn; what gives
    no points here, that it does not."""
    if not heard.withheld and not heard.withheld_of and not heard.needless:
        return step
    step = step or Step(talk.conversation)
    if heard.needless and step.reply is None:
        labels = [FACTS[fact].label for fact in heard.needless]
        note = say("sensitive/not_counted", labels=labels)
        step = replace(step, note=f"{step.note}\n{note}".strip())
    for whose in heard.withheld_of if step.reply is None else ():
        note = say("sensitive/of_another", whose=plain_name(whose))
        step = replace(step, note=f"{step.note}\n{note}".strip())
    if not heard.withheld:
        return step
    if declined(step.conversation) and all(
        value is not None and value == nothing(fact) for fact, value in heard.withheld.items()
    ):
        return _none_needed(talk, step)
    return replace(step, conversation=_holding(step.conversation, heard.withheld, talk.now))


def _none_needed(talk: Talk, step: Step) -> Step:
    """What one has not needs no consent, as nothing of it is recorded; what it comes to is said."""
    if step.reply is not None:
        return step
    after = talk.after(step.conversation)
    high = without_any(after).estimate.high if after.told_what_counts else None
    note = say("sensitive/none_needed", high=high)
    return replace(step, note=f"{step.note}\n{note}".strip())


def held(conversation: Conversation) -> Facts:
    """The sensitive facts held of the one whose turn it is; None: without a clear value."""
    facts: Facts = {}
    for one in conversation.early:
        if _is_of(one, conversation):
            facts |= json.loads(one.text)
    return facts


def released(conversation: Conversation) -> Conversation:
    """The conversation that holds none of them any more."""
    early = tuple(one for one in conversation.early if not _is_of(one, conversation))
    return conversation.but(early=early)


def _is_of(one: Early, conversation: Conversation) -> bool:
    return one.kind == "sensitive" and one.whose == conversation.whose


def due(conversation: Conversation, now: datetime) -> Conversation:
    """The conversation in which the consent is asked for, where something waits for it: facts that
    are held, facts of a time before there was this consent, a new text. Otherwise the same."""
    if not conversation.consented or outdated(conversation) or not conversation.waiting:
        return conversation
    if conversation.top.flow == "guardian":  # whether a child writes comes first
        return conversation
    given = conversation.sensitive
    kept = {fact: value for fact, value in conversation.facts.items() if fact in SENSITIVE}
    if kept and not (given and given.yes):
        conversation = _holding(forgetting(conversation), kept, now)
    told = bool(held(conversation))
    if not told and not consent_texts.sensitive().is_news_to(given):
        return conversation
    if not any(frame.flow == FLOW for frame in conversation.waiting):
        return conversation.enter(FLOW, SensitiveState(told=told))
    frames = (
        _told(frame) if told and frame.flow == FLOW else frame for frame in conversation.waiting
    )
    return conversation.but(waiting=tuple(frames))


def _told(frame: Frame) -> Frame:
    return frame.keeping(frame.state_as(SensitiveState).but(told=True))


def _holding(conversation: Conversation, facts: Facts, now: datetime) -> Conversation:
    """The conversation that holds these facts too; what was said of them before is replaced."""
    kept = []
    for one in conversation.early:
        if _is_of(one, conversation):
            left = {f: v for f, v in json.loads(one.text).items() if f not in facts}
            one = one.model_copy(update={"text": json.dumps(left, ensure_ascii=False)})
            if not left:
                continue
        kept.append(one)
    text = json.dumps(facts, ensure_ascii=False)
    kept.append(Early(text=text, at=now, kind="sensitive", whose=conversation.whose))
    return conversation.but(early=tuple(kept))


def forgetting(conversation: Conversation) -> Conversation:
    """The conversation without the sensitive facts of the one whose turn it is, and without what a
    flow remembers that may tell them."""
    conversation = learn(conversation, dict.fromkeys(SENSITIVE), ())
    own = {id for id, one in questions().items() if one.fact in SENSITIVE}
    passed = tuple(id for id in conversation.passed if id not in own)
    frames = tuple(filter(None, map(_without_told, conversation.waiting)))
    return conversation.but(passed=passed, waiting=frames or (Frame(flow="home"),))


def _without_told(frame: Frame) -> Frame | None:
    """A flow without what it remembers that may tell sensitive facts: points, lines of a list;
    None where it may hold nothing else, or asks for one."""
    if frame.flow in _WITH_FACTS:
        return None
    if frame.flow == "result":
        return frame.keeping(frame.state_as(Carried).but(before=None))
    if frame.flow != "questionnaire":
        return frame
    state = frame.state_as(QuestionState)
    sensitive = questions()[state.at].fact in SENSITIVE
    return None if sensitive else frame.keeping(state.but(before=None, ticked=()))


def withdrawn(conversation: Conversation, now: datetime) -> Conversation:
    """The conversation after a consent to sensitive facts was withdrawn, for both people. What was
    spoken of last may have been one of them."""
    here = _withdrawn(conversation, now)
    return _withdrawn(here.turned(), now).turned() if here.aside else here


def _withdrawn(conversation: Conversation, now: datetime) -> Conversation:
    given = conversation.sensitive
    no = consent_texts.sensitive().answered(now, yes=False) if given and given.yes else given
    # A paper tells what it is for: which were ticked goes with the answers.
    return released(forgetting(conversation)).but(sensitive=no, recent=Recent(), papers=Ticks())
