"""One answer changed beside the talk, on a page, with all that the chat would do of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.agenda import give_up, learn, proceed
from dialogs.conversation import Conversation, Facts
from dialogs.effects import effect
from dialogs.flow import Talk
from dialogs.papers import asked_only
from dialogs.plausibility import ruled_out
from dialogs.questions import Question, questions
from dialogs.readback import value
from dialogs.reading import Taken


@dataclass(frozen=True, slots=True)
class Correction:
    """`was`: the facts that changed as they were before, None where they were unknown; `lost`: the
    answers to other questions that it voids."""

    conversation: Conversation
    was: Facts
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer before and now, in words."""

    question: Question
    before: str
    now: str


def corrected(talk: Talk, question: Question, facts: Facts) -> Correction:
    """What the conversation is after this answer; without facts the question is open again. A page
    shows all lines of a list, so that what is not ticked there is denied, as in a changed answer.
    """
    conversation = talk.conversation
    if not facts:
        return _correction(talk, give_up(conversation, question))
    seen = tuple(dict.fromkeys((*conversation.answered, question.id)))
    change = effect(question, Taken(facts), conversation.but(answered=seen))
    ruled = ruled_out(talk, change.facts)
    changes = {**change.facts, **ruled}
    voids = {*change.voids, *(fact for fact in ruled if conversation.facts.get(fact) is not None)}
    return _correction(talk, learn(conversation, changes, [question.id]), voids)


def _correction(talk: Talk, learnt: Conversation, voids: Iterable[str] = ()) -> Correction:
    before, after = talk.conversation, asked_only(talk.after(learnt))
    names = {**before.facts, **after.facts}
    was = {fact: before.facts.get(fact) for fact in names}
    changed = {fact: old for fact, old in was.items() if old != after.facts.get(fact)}
    lost = (one.id for one in questions().values() if {*one.facts} & {*voids})
    return Correction(after, changed, tuple(lost))


def before(conversation: Conversation, was: Facts) -> Conversation:
    """The conversation with the facts as they were; what was open then is no answer."""
    merged = {**conversation.facts, **was}
    facts = {fact: one for fact, one in merged.items() if one is not None}
    touched = {one.id: one for one in questions().values() if {*one.facts} & {*was}}
    answered = [id for id in conversation.answered if id not in touched]
    answered += [id for id, one in touched.items() if {*one.facts} & {*facts}]
    return conversation.but(facts=facts, answered=tuple(answered))


def moved(talk: Talk, was: Facts) -> list[Moved]:
    """The answers that differ from what they were."""
    old = talk.after(before(talk.conversation, was))
    both = (
        Moved(question, value(question, old), value(question, talk))
        for question in questions().values()
        if not question.ticks and not question.told_only and {*question.facts} & {*was}
    )
    return [one for one in both if one.before != one.now]


def resumed(talk: Talk) -> Conversation:
    """Where the chat goes on: past the question it waits for, if that was answered meanwhile."""
    conversation = talk.conversation
    waiting = conversation.waiting
    if not waiting or waiting[-1].flow != "questionnaire":
        return conversation
    asked = waiting[-1].state.get("at")
    return proceed(talk) if asked in conversation.answered else conversation
