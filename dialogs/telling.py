"""Saying back what was understood, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dialogs.conversation import Facts
from dialogs.flow import Talk
from dialogs.questions import Question, questions
from dialogs.words import say
from scoring import FACTS, Category
from scoring.facts import complete_years


@dataclass(frozen=True, slots=True)
class Told:
    """One answer said back; `category` is None where it is worth no points of its own."""

    text: str
    category: Category | None


def heard(talk: Talk, facts: Iterable[str], ticked: Iterable[str] = ()) -> str:
    """“记下：大专，8 分。” for the facts just learnt, with the caution where sources differ."""
    known = set(facts)
    touched = [
        question
        for question in questions().values()
        if not question.ticks and known.intersection(question.facts)
    ]
    categories = {
        category.id: category for part in talk.estimate.parts for category in part.categories
    }
    told = [
        Told(value(question, talk), categories.get(question.category or "")) for question in touched
    ]
    return say("told/heard", told=told, ticked=tuple(ticked))


def value(question: Question, talk: Talk) -> str:
    """An answer in a few words: 大专；社保 42 个月；1990年5月，36 岁."""
    facts = talk.conversation.facts
    if question.ticks:
        return say("told/ticks", labels=ticked_labels(question, facts))
    if question.fields:
        return say("told/fields", fields=_fields(question, facts), title=question.title)
    fact = question.facts[0]
    if fact not in facts:
        return say("told/open")
    answer = facts[fact]
    if question.kind == "date":
        born = date.fromisoformat(str(answer))
        return say("told/birth", born=born, age=complete_years(born, talk.today))
    if question.kind is not None:
        return say("told/number", title=question.title, number=answer, unit=FACTS[fact].unit)
    return say("told/choice", title=question.title, labels=_labels(question, facts))


def _labels(question: Question, facts: Facts) -> list[str]:
    answer = facts[question.facts[0]]
    if isinstance(answer, list):
        return [question.choices[str(key)].label for key in answer]
    for key, choice in question.choices.items():
        if choice.facts and choice.facts.items() <= facts.items():
            return [choice.label]
        if key == answer:
            return [choice.label]
    return []
