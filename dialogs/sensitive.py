"""What the law calls sensitive: `sensitive: true` in `scoring/rulefile/facts.yaml`. It is asked
for, and taken, only with a consent of its own; everything else goes on without it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from pydantic import JsonValue

from dialogs import consent_texts
from dialogs.conversation import Conversation, Facts
from dialogs.intents.household import same_person
from dialogs.interpret import Heard
from dialogs.questions import Question, facts_behind, list_words, questions
from dialogs.reading import Taken
from scoring import FACTS

APART = "sensitive_list"
SENSITIVE = frozenset(id for id, fact in FACTS.items() if fact.sensitive)

_EXAMPLE = re.compile(r"，比如：[\d ]+")


def permitted(conversation: Conversation) -> bool:
    """Whether sensitive facts of the one whose turn it is may be asked for and kept."""
    given = conversation.sensitive
    return given is not None and given.yes and not consent_texts.sensitive().is_news_to(given)


def declined(conversation: Conversation) -> bool:
    """Whether they were skipped, or the consent was withdrawn."""
    return conversation.sensitive is not None and not conversation.sensitive.yes


def undecided(conversation: Conversation) -> bool:
    """Whether the consent is still to be asked for, or asked again under a new text."""
    return not permitted(conversation) and not declined(conversation)


def on_offer(conversation: Conversation) -> Mapping[str, Question]:
    """The questions by id that are to be asked at some time, in their order."""
    return without_sensitive() if declined(conversation) else questions()


def askable(conversation: Conversation, id: str) -> Question:
    """A question as it may be asked now: without sensitive lines before the consent to them."""
    whole = questions()[id]
    return whole if permitted(conversation) else without_sensitive().get(id, whole)


def asks_sensitive(question: Question) -> bool:
    """Whether a question, or a line of it, asks for something sensitive."""
    return not SENSITIVE.isdisjoint(question.domain)


def lines() -> list[str]:
    """What is asked for, as the lists of the questionnaire call it."""
    return [
        tick.label
        for question in questions().values()
        for tick in question.ticks.values()
        if not SENSITIVE.isdisjoint(facts_behind(tick))
    ]


@cache
def list_apart() -> Question:
    """The sensitive lines of all lists as one list of their own: where a form asks for them
    together, behind their consent."""
    parents = [one for one in questions().values() if one.ticks and asks_sensitive(one)]
    ticks = {
        key: tick.model_dump()
        for question in parents
        for key, tick in question.ticks.items()
        if not SENSITIVE.isdisjoint(facts_behind(tick))
    }
    return Question.model_validate({**list_words(), "id": APART, "ticks": ticks})


def apart(heard: Heard, conversation: Conversation) -> Heard:
    """The same message without what there is no consent to yet. `withheld` are the sensitive facts
    of the one whose turn it is (None: named without a clear value), `withheld_of` the words for
    other people of whom some were told."""
    others = {
        whose: facts if _permitted_of(conversation, whose) else _plain(facts)
        for whose, facts in heard.others.items()
    }
    of = tuple(whose for whose, facts in heard.others.items() if facts != others[whose])
    heard = replace(heard, others=others, withheld_of=of) if of else heard
    unclear = dict.fromkeys(SENSITIVE.intersection(heard.confirm))
    told: Facts = {fact: value for fact, value in heard.facts.items() if fact in SENSITIVE}
    if permitted(conversation) or not (told or unclear):
        return heard
    answer = heard.answer
    if isinstance(answer, Taken) and (own := _plain(answer.facts)) != answer.facts:
        answer = replace(answer, facts=own) if own or answer.ticked else None
    return replace(
        heard,
        answer=answer,
        facts=_plain(heard.facts),
        confirm={fact: one for fact, one in heard.confirm.items() if fact not in SENSITIVE},
        withheld={**unclear, **told},
    )


def _plain(facts: Mapping[str, JsonValue]) -> Facts:
    return {fact: value for fact, value in facts.items() if fact not in SENSITIVE}


def _permitted_of(conversation: Conversation, whose: str) -> bool:
    theirs = conversation.other
    return theirs is not None and same_person(theirs.whose, whose) and permitted(theirs)


@cache
def without_sensitive() -> Mapping[str, Question]:
    """The questions without what is sensitive in them."""
    left = {}
    for id, question in questions().items():
        if question.facts and SENSITIVE.issuperset(question.facts) and not question.ticks:
            continue
        left[id] = _shortened(question) if asks_sensitive(question) else question
    return left


def _shortened(question: Question) -> Question:
    """A list with fewer lines; an example of numbers beyond them would mislead."""
    written = question.model_dump()
    for key, tick in question.ticks.items():
        if not SENSITIVE.isdisjoint(facts_behind(tick)):
            del written["ticks"][key]
    written["ask"] = _EXAMPLE.sub("", question.ask)
    written["retry"] = [_EXAMPLE.sub("", one) for one in question.retry]
    return Question.model_validate(written)
