"""Saying back what was understood, and what it is worth."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dialogs.agenda import pending
from dialogs.conversation import Facts
from dialogs.flow import Talk
from dialogs.questions import Question, Tick, nothing, questions
from dialogs.words import say
from scoring import FACTS
from scoring.facts import complete_years
from scoring.results import CategoryResult


@dataclass(frozen=True, slots=True)
class Told:
    """One answer said back; `points` is None where it is worth none of its own, or none yet."""

    text: str
    points: Decimal | None = None
    full: bool = False
    category: CategoryResult | None = None


def heard(talk: Talk, ids: Collection[str]) -> str:
    """“记下：大专，8 分。” for the questions just answered, with a caution where sources differ."""
    told = [_told(question, talk) for question in questions().values() if question.id in ids]
    permit = talk.conversation.facts.get("permit") if "permit" in ids else None
    return say("told/heard", told=told, permit=permit)


def _told(question: Question, talk: Talk) -> Told:
    text = value(question, talk)
    waits = any(question.id == one.after for one in pending(talk))
    if question.category is None or question.ticks or waits:
        return Told(text)
    category = talk.estimate.category(question.category)
    rows = [row for row in category.items if not set(row.facts).isdisjoint(question.facts)]
    worth = min(category.points, sum((row.points for row in rows), Decimal(0)))
    return Told(text, worth, bool(worth) and worth == category.cap, category)


def value(question: Question, talk: Talk) -> str:
    """An answer in a few words: 大专；社保 42 个月；1990年5月，36 岁."""
    facts = talk.conversation.facts
    if question.id not in talk.conversation.answered:
        return say("told/open")
    if question.ticks:
        return say("told/ticks", labels=ticked_labels(question, facts))
    if question.fields:
        return say("told/fields", fields=_numbers(question, facts), title=question.title)
    answer = facts[question.facts[0]]
    if question.kind == "date":
        born = date.fromisoformat(str(answer))
        return say("told/birth", born=born, age=complete_years(born, talk.today))
    if question.kind is not None:
        unit = FACTS[question.facts[0]].unit
        return say("told/number", title=question.title, number=answer, unit=unit)
    labels = _labels(question, facts)
    none = answer == "none" or not labels
    return say("told/choice", title=question.title, labels=labels, none=none)


def ticked_labels(question: Question, facts: Facts) -> list[str]:
    """The lines that apply: their facts are something, or still to be asked."""
    return [tick.label for tick in question.ticks.values() if _applies(tick, facts)]


def _applies(tick: Tick, facts: Facts) -> bool:
    behind = (tick.sets,) if tick.sets else questions()[tick.opens or ""].facts
    return any(facts.get(fact) != nothing(fact) for fact in behind)


def _numbers(question: Question, facts: Facts) -> list[tuple[str, object, str]]:
    return [
        (field.label, facts[fact], FACTS[fact].unit)
        for fact, field in question.fields.items()
        if facts[fact]
    ]


def _labels(question: Question, facts: Facts) -> list[str]:
    answer = facts[question.facts[0]]
    if isinstance(answer, list):
        return [question.choices[str(key)].label for key in answer]
    whole = [
        choice.label
        for choice in question.choices.values()
        if choice.facts and choice.facts.items() <= facts.items()
    ]
    if whole:  # the most particular one: 都不是，也没租过 before 租的房
        return whole[-1:]
    return [choice.label for key, choice in question.choices.items() if key == answer]
