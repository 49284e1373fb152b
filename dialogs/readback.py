"""Saying back what was understood, and what it is worth."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from pydantic import JsonValue

from dialogs.agenda import has_follow_up, told_by
from dialogs.conversation import Facts
from dialogs.flow import Talk
from dialogs.phrases import say
from dialogs.questions import (
    Answer,
    Question,
    Tick,
    facts_behind,
    followers,
    is_something,
    nothing,
    questions,
    stand_ins,
)
from dialogs.sensitive import SENSITIVE, askable
from scoring import FACTS, Ruleset
from scoring.ages import complete_years
from scoring.engine.results import CategoryResult, ItemResult

SHOWN = 5
"""Lines of a list that are said back."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer said back; `points` is None where it is worth none of its own, or none yet."""

    text: str
    points: Decimal | None = None
    full: bool = False
    over: bool = False
    """The category is full, and would be without a part of this."""
    category: CategoryResult | None = None
    unpublished: bool = False


def heard(talk: Talk, ids: Collection[str], before: Talk | None = None) -> str:
    """“记下：大专，8 分。” for the questions just answered, with a caution where sources differ; a
    difference that was open `before`, or for the other person, was explained then."""
    answered = [question for question in questions().values() if question.id in ids]
    told = [_told(one, talk, ids) for one in answered if not _is_detailed(one, talk, ids)]
    permit = talk.conversation.facts.get("permit") if "permit" in ids else None
    disputed = {one.category.id: one.category for one in told if one.category}
    disputes, whose = list(disputed.values()), talk.conversation.whose
    open_ = any(one.low != one.high for one in disputes)
    return say(
        "told/heard",
        told=told,
        permit=permit,
        other_permit=talk.conversation.other_permit,
        disputed=disputes,
        explained=_explained(talk, before) if open_ else frozenset(),
        whose=whose,
    )


def said_back(before: Talk, talk: Talk, facts: Facts) -> str:
    """The same for facts just told; what was taken back (None) is named as it was before."""
    told: Facts = {fact: value for fact, value in facts.items() if value is not None}
    gone = [one for one in questions().values() if facts.keys() - told.keys() & set(one.facts)]
    values = [value(question, before) for question in gone if not question.ticks]
    note = say("told/gone", values=values) if values else ""
    return f"{heard(talk, told_by(told), before)}\n{note}".strip()


def _explained(talk: Talk, before: Talk | None) -> frozenset[str]:
    """The differences between sources that earlier cautions told of."""
    aside = talk.conversation.aside
    talks = [before, aside and talk.after(talk.conversation.turned())]
    estimates = [one.estimate for one in talks if one]
    return frozenset(
        reading.conflict
        for estimate in estimates
        for category in estimate.categories()
        if not any(one.kind == "unanswered" for one in category.unsettled)
        for reading in category.readings
        if reading.points != category.points
    )


def category_of(question: Question, talk: Talk) -> CategoryResult | None:
    """The one category in which a question counts; None where it counts in none, or in several."""
    homes = {_homes(talk.rules).get(fact) for fact in question.domain}
    home = homes.pop()
    return None if homes or home is None else talk.estimate.category(home)


@lru_cache
def _homes(rules: Ruleset) -> Mapping[str, str]:
    """The category of each fact that counts."""
    return {
        fact: category.id
        for category in rules.categories()
        for item in category.items
        for fact in item.fact_ids()
    }


def _is_detailed(question: Question, talk: Talk, ids: Collection[str]) -> bool:
    """Whether a list names nothing but what is told in detail behind it."""
    labels = _ticks(question, talk) if question.ticks else []
    return bool(labels) and not _without_details(question, labels, ids)


def _without_details(question: Question, labels: Sequence[str], ids: Collection[str]) -> list[str]:
    """慈善捐款 beside 慈善捐款 500 元: the lines of which nothing more is told."""
    detailed = {tick.label for tick in question.ticks.values() if tick.opens in ids}
    return [label for label in labels if label not in detailed]


def _told(question: Question, talk: Talk, ids: Collection[str]) -> Told:
    if question.ticks and (labels := _ticks(question, talk)):
        left = _without_details(question, labels, ids)
        text = say("told/list", labels=left, most=SHOWN)
    else:
        text = named(question, talk, most=SHOWN)
    facts = talk.conversation.facts
    open_ = question.fields.keys() - facts.keys() and not partly_known(question, facts)
    waits = bool(open_) or has_follow_up(question, talk)
    category = None if question.ticks or waits else category_of(question, talk)
    if category is None:
        return Told(text)
    elsewhere = {fact for one in followers(question.id) if one.id in ids for fact in one.facts}
    own = set(question.domain) - elsewhere
    rows = [row for row in category.items if not own.isdisjoint(row.facts)]
    if any(one.kind == "unpublished" for row in rows for one in row.unsettled):
        return Told(text, category=category, unpublished=True)
    if elsewhere and not any(row.points for row in rows):
        return Told(text)  # the follow-up tells what they are worth together
    worth = _together(category, rows)
    full = bool(worth) and worth == category.cap
    return Told(text, worth, full, category.capped and not full, category)


def _together(category: CategoryResult, rows: Sequence[ItemResult]) -> Decimal:
    """What some rows of a category give, within the caps they share."""
    worth = sum((row.points for row in rows), Decimal(0))
    for joint in category.joint:
        inside = sum((row.points for row in rows if row.id in joint.items), Decimal(0))
        worth -= max(inside - joint.cap, Decimal(0))
    return min(category.points, worth)


def value(question: Question, talk: Talk, most: int | None = None) -> str:
    """An answer in a few words, as it stands after the question's title: 大专；42 个月；没有.

    `most`: how many lines of a list are named.
    """
    facts = talk.conversation.facts
    told = partly_known(question, facts) or is_denied(question, facts)
    told = told or not facts.keys().isdisjoint(question.fields)
    if question.id not in talk.conversation.answered and not told:
        return say("told/open")
    if question.ticks:
        return say("told/list", labels=_ticks(question, talk), most=most)
    if question.fields:
        return say("told/list", labels=_numbers(question, facts), most=most)
    if question.kind == "date" and question.facts[0] not in facts:
        return say("told/age", age=next(facts[one] for one in stand_ins(question.facts[0])))
    answer = facts[question.facts[0]]
    if question.kind == "date":
        born = date.fromisoformat(str(answer))
        return say("told/birth", born=born, age=complete_years(born, talk.today))
    if question.kind is not None:
        return say("told/number", number=answer, unit=FACTS[question.facts[0]].unit)
    return say("told/list", labels=_labels(question, facts), most=most)


def named(question: Question, talk: Talk, most: int | None = None) -> str:
    """The same where it stands alone: numbers and 没有 need the title before them."""
    told = value(question, talk, most)
    none = told == _none()
    if question.kind == "date" or not (none or question.kind):
        return told
    values = {
        "title": question.title,
        "value": told,
        "nothing": none,
        "if_nothing": question.none,
    }
    return say("told/named", **values)


@cache
def _none() -> str:
    """How a list without a line reads: 没有."""
    return say("told/list", labels=[], most=None)


def _ticks(question: Question, talk: Talk) -> list[str]:
    """The lines that apply; of a list left open only those told of, since its other lines deny
    nothing yet."""
    conversation = talk.conversation
    if question.id not in conversation.answered:
        return [*known_already(question, conversation.facts), say("told/rest")]
    asked = askable(talk, question.id)
    return ticked_labels(asked, conversation.facts, conversation.passed)


def ticked_so_far(talk: Talk, question: Question, keys: Collection[JsonValue]) -> list[str]:
    """The lines named so far of a list, with what is known already of a follow-up (献血 2 次)."""
    follow_ups = {key: tick.opens for key, tick in question.ticks.items()}
    labels = []
    for option in question.options:
        follow_up = questions().get(follow_ups.get(option.id) or "")
        known = follow_up and partly_known(follow_up, talk.conversation.facts)
        if option.id in keys:
            labels.append(named(follow_up, talk) if follow_up and known else option.label)
    return labels


def ticked_labels(question: Question, facts: Facts, passed: Collection[str] = ()) -> list[str]:
    """The lines that apply: their facts are something, or still to be asked. A sensitive one whose
    question was passed may never have been shown in the list."""
    return [
        tick.label
        for tick in question.ticks.values()
        if _applies(tick, facts)
        if tick.opens not in passed or SENSITIVE.isdisjoint(facts_behind(tick))
    ]


def partly_known(question: Question, facts: Facts) -> bool:
    """Whether another message said something of it already."""
    own = (one for fact in question.facts for one in (fact, *stand_ins(fact)))
    return any(is_something(fact, facts) for fact in own)


def is_denied(question: Question, facts: Facts) -> bool:
    """Whether a follow-up is known to be none: 志愿没做过, whether or not its list was asked."""
    return question.after is not None and all(
        facts.get(fact) == nothing(fact) and fact in facts for fact in question.facts
    )


def known_already(question: Question, facts: Facts, ticked: Collection[str] = ()) -> list[str]:
    """The lines of a list, or the numbers, that other messages have told already; and those that
    were `ticked` before something else came between."""
    if question.fields:
        return [field.label for fact, field in question.fields.items() if facts.get(fact)]
    told = {*lines_known(question, facts), *ticked}
    return [tick.label for key, tick in question.ticks.items() if key in told]


def lines_known(question: Question, facts: Facts) -> tuple[str, ...]:
    """The lines of a list of which something was told already."""
    return tuple(
        key
        for key, tick in question.ticks.items()
        if any(is_something(fact, facts) for fact in facts_behind(tick))
    )


def _applies(tick: Tick, facts: Facts) -> bool:
    return any(facts.get(fact) != nothing(fact) for fact in facts_behind(tick))


def _numbers(question: Question, facts: Facts) -> list[str]:
    told = [
        f"{field.label} {facts[fact]} {FACTS[fact].unit}"
        for fact, field in question.fields.items()
        if facts.get(fact)
    ]
    if facts.keys() >= question.fields.keys():
        return told
    none = [field.label for fact, field in question.fields.items() if facts.get(fact) == 0]
    return [*told, *(say("told/none", label=label) for label in none), say("told/rest")]


def _labels(question: Question, facts: Facts) -> list[str]:
    answer = facts[question.facts[0]]
    if isinstance(answer, list):
        return [_label(question.choices[str(key)]) for key in answer]
    whole = [
        choice
        for choice in question.choices.values()
        if choice.facts and choice.facts.items() <= facts.items()
    ]
    if whole:  # the most particular one: neither bought nor ever rented, before rented
        told_beside = [choice for choice in whole if choice.facts.keys() & question.beside]
        return [_label((told_beside or whole)[-1])]
    told = [_label(choice) for key, choice in question.choices.items() if key == answer]
    return list(filter(None, told))


def _label(choice: Answer) -> str:
    return choice.label if choice.told is None else choice.told
