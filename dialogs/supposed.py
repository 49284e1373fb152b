"""如果……会怎样: what could be supposed of one person, in the words of the questions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dialogs.flow import Talk
from dialogs.phrases import say
from dialogs.questions import Question, needed, nothing, questions
from scoring import FACTS
from scoring.analysis.suppose import Supposition, suppositions


@dataclass(frozen=True, slots=True)
class Option:
    """`near`: it answers a question that everybody is asked, or one has some of it; the others are
    rare."""

    supposed: Supposition
    label: str
    near: bool


def options(talk: Talk) -> list[Option]:
    """What would bring points, in the order of the questions."""
    asked = needed(talk.counted)
    place = {fact: index for index, one in enumerate(asked.values()) for fact in one.facts}
    found = [
        Option(one, _label(one), _is_near(one, talk))
        for one in suppositions(talk.rules, talk.facts, on=talk.today)
        if one.fact in place
    ]
    return sorted(found, key=lambda one: place[one.supposed.fact])


def _is_near(one: Supposition, talk: Talk) -> bool:
    known, question = talk.conversation.facts.get(one.fact), _question_of(one.fact)
    asked = question.after is None and not question.ticks
    return asked or known not in (None, nothing(one.fact))


@cache
def _question_of(fact: str) -> Question:
    """The question that asks for a fact; a list only for its yes/no lines."""
    return next(one for one in questions().values() if fact in one.facts)


def _label(one: Supposition) -> str:
    question = _question_of(one.fact)
    field = question.fields.get(one.fact)
    title = f"{question.title}（{field.label}）" if field else question.title
    title = "" if question.ticks else title
    return say(
        "told/supposed",
        title=title,
        label=_choice(question, one),
        amount=one.amount,
        unit=FACTS[one.fact].unit,
    )


def _choice(question: Question, one: Supposition) -> str:
    """The words of the answer then."""
    if question.ticks:
        return next(tick.label for tick in question.ticks.values() if tick.sets == one.fact)
    stated = {one.fact: one.value}
    labels = [
        choice.label
        for key, choice in question.choices.items()
        if key == one.value
        or choice.facts == stated
        or (isinstance(one.value, frozenset) and key in one.value)
    ]
    return "、".join(labels)
