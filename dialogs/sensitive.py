"""What the law calls sensitive: `sensitive: true` in `scoring/rulefile/facts.yaml`. It is asked
for, and taken, only with a consent of its own; everything else goes on without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from pydantic import JsonValue

from dialogs import consent_texts
from dialogs.conversation import Conversation, Facts
from dialogs.flow import Talk
from dialogs.intents.household import same_person
from dialogs.interpret import Heard
from dialogs.questions import Question, facts_behind, list_words, needed, nothing, questions
from dialogs.reading import Taken
from scoring import FACTS

V = TypeVar("V")

APART = "sensitive_list"
SENSITIVE = frozenset(id for id, fact in FACTS.items() if fact.sensitive)


def permitted(conversation: Conversation) -> bool:
    """Whether sensitive facts of the one whose turn it is may be asked for and kept."""
    given = conversation.sensitive
    return given is not None and given.yes and not consent_texts.sensitive().is_news_to(given)


def declined(conversation: Conversation) -> bool:
    """Whether they were skipped, or the consent was withdrawn."""
    return conversation.sensitive is not None and not conversation.sensitive.yes


def allowed(facts: Facts, conversation: Conversation) -> Facts:
    """The facts that may be kept of the one whose turn it is: all, or those not sensitive."""
    return facts if permitted(conversation) else _plain(facts)


def undecided(conversation: Conversation) -> bool:
    """Whether the consent is still to be asked for, or asked again under a new text."""
    return not permitted(conversation) and not declined(conversation)


def on_offer(talk: Talk) -> Mapping[str, Question]:
    """The questions by id that are to be asked at some time, in their order."""
    return without_sensitive(talk.counted) if declined(talk.conversation) else needed(talk.counted)


def askable(talk: Talk, id: str) -> Question:
    """A question as it may be asked now: without sensitive lines before the consent to them."""
    counted = talk.counted
    whole = needed(counted).get(id) or questions()[id]
    return whole if permitted(talk.conversation) else without_sensitive(counted).get(id, whole)


def without_any(talk: Talk) -> Talk:
    """The talk of a person who has none of them: for what it would come to, never to be kept."""
    none = {fact: nothing(fact) for fact in SENSITIVE}
    return talk.after(talk.conversation.but(facts={**none, **talk.conversation.facts}))


def asks_sensitive(question: Question) -> bool:
    """Whether a question, or a line of it, asks for something sensitive."""
    return not SENSITIVE.isdisjoint(question.domain)


def lines(counted: frozenset[str]) -> list[str]:
    """What is asked for under rules with these facts, as the lists of the questionnaire call it."""
    return [tick.label for tick in list_apart(counted).ticks.values()]


@lru_cache(maxsize=64)
def list_apart(counted: frozenset[str]) -> Question:
    """The sensitive lines of all lists as one list of their own: where a form asks for them
    together, behind their consent."""
    parents = [one for one in needed(counted).values() if one.ticks and asks_sensitive(one)]
    ticks = {
        key: tick.model_dump()
        for question in parents
        for key, tick in question.ticks.items()
        if not SENSITIVE.isdisjoint(facts_behind(tick))
    }
    return Question.model_validate({**list_words(), "id": APART, "ticks": ticks})


def without_needless(heard: Heard, counted: frozenset[str]) -> Heard:
    """The same message without sensitive facts that give no points here: they are not even held."""
    needless = SENSITIVE - counted
    answer = heard.answer
    told = answer.facts if isinstance(answer, Taken) else {}
    if needless.isdisjoint({*heard.facts, *heard.confirm, *told, *_of_others(heard)}):
        return heard
    if isinstance(answer, Taken):
        answer = replace(answer, facts=_but(needless, answer.facts))
    return replace(
        heard,
        answer=answer if not told or (isinstance(answer, Taken) and answer.facts) else None,
        facts=_but(needless, heard.facts),
        confirm=_but(needless, heard.confirm),
        others={whose: _but(needless, facts) for whose, facts in heard.others.items()},
        needless=tuple(fact for fact, value in heard.facts.items() if fact in needless and value),
    )


def _of_others(heard: Heard) -> set[str]:
    return {fact for facts in heard.others.values() for fact in facts}


def _but(gone: frozenset[str], facts: Mapping[str, V]) -> dict[str, V]:
    return {fact: value for fact, value in facts.items() if fact not in gone}


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


@lru_cache(maxsize=64)
def without_sensitive(counted: frozenset[str]) -> Mapping[str, Question]:
    """The needed questions without what is sensitive in them; a list of nothing else goes too."""
    left = {}
    for id, question in needed(counted).items():
        keys = [
            key
            for key, line in question.ticks.items()
            if not SENSITIVE.isdisjoint(facts_behind(line))
        ]
        own = question.facts and SENSITIVE.issuperset(question.facts) and not question.ticks
        if not own and not (keys and len(keys) == len(question.ticks)):
            left[id] = question.without(keys)
    return left
