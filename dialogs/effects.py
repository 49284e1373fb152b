"""What an answer changes: the facts it sets, and the later answers it voids."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from pydantic import JsonValue

from dialogs.conversation import Conversation, Facts
from dialogs.interpret import Heard
from dialogs.questions import Question, nothing, questions
from dialogs.reading import Taken
from scoring import FACTS


@dataclass(frozen=True, slots=True)
class Effect:
    """`facts`: None makes one unknown again. `voids`: answers to follow-ups that would be lost."""

    facts: Facts
    voids: tuple[str, ...]


def effect(question: Question, taken: Taken, conversation: Conversation) -> Effect:
    """What taking this answer does.

    What a first answer only implies (an unticked line) leaves alone what is known already; a
    changed answer does not, and it reopens follow-ups that were ruled out.
    """
    known = conversation.facts
    behind = implied(question, taken)
    if question.id in conversation.answered:
        facts = {**_reopened(question, known), **taken.facts, **behind}
    else:
        kept = {f: v for f, v in behind.items() if f not in known or f in question.facts}
        facts = {**_added(question, taken.facts, known), **kept}
    voids = (
        fact
        for fact, value in facts.items()
        if fact not in question.facts and value is not None and fact in known
        if known[fact] != value and known[fact] != nothing(fact)
    )
    return Effect(facts, tuple(voids))


def _added(question: Question, facts: Facts, known: Facts) -> Facts:
    """The answer; of several numbers, those told before stay where it does not speak of them."""
    if not question.fields:
        return facts
    return {f: v for f, v in facts.items() if f not in known or v != nothing(f)}


def _reopened(question: Question, known: Facts) -> Facts:
    """Follow-ups that an earlier answer ruled out are unknown again."""
    behind = (fact for fact in question.domain if fact not in question.facts)
    return {fact: None for fact in behind if fact in known and known[fact] == nothing(fact)}


def _ticked(question: Question, ticked: Collection[str]) -> Facts:
    """Unticked means an explicit none for every fact behind the line."""
    if question.several:
        return {question.facts[0]: [key for key in question.choices if key in ticked]}
    facts: Facts = {}
    for key, tick in question.ticks.items():
        if tick.sets:
            facts[tick.sets] = key in ticked
        elif tick.opens and key not in ticked:
            facts |= {fact: nothing(fact) for fact in questions()[tick.opens].facts}
    return facts


def implied(question: Question, taken: Taken) -> Facts:
    """What an answer says of the lines of a list: its own, and that the others are none."""
    return {} if taken.ticked is None else _ticked(question, taken.ticked)


def without_denied(heard: Heard, known: Facts) -> Heard:
    """我不是党员, of a person recorded as one: what is left of the several values is told. Where
    none is left, and nothing was said of the others, all is unknown again (None)."""
    left: Facts = {}
    for fact, gone in heard.denied.items():
        values = known.get(fact)
        if isinstance(values, list) and gone.intersection(map(str, values)):
            left[fact] = [value for value in values if value not in gone] or _if_all(fact, gone)
    return replace(heard, facts={**left, **heard.facts}) if left else heard


def _if_all(fact: str, gone: Collection[str]) -> list[JsonValue] | None:
    return [] if {choice.id for choice in FACTS[fact].choices} <= set(gone) else None
