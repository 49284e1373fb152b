"""What stands in a question without being told: 考个四级能加多少, 租房没备案怎么办."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.conversation import Facts
from dialogs.interpret import Heard

_ASKED_OF = re.compile("[我俺咱](?:[只就]?是?|就只是?)问(?:的|一下|下)?(?:是|要是|如果|以后|万一)")
_TOLD = re.compile("[我俺咱](?!们?[自问])|本人|了|过|一共|其实|一直|现在|[说记写填]错")
_TOLD_DENIAL = re.compile("[我俺咱][^,，。;；?？!！ 能会要可]{0,6}[没不无冇]")
_DENIED = ("denied", "a noun denied")


def without_asked(heard: Heard, text: str, known: Facts) -> Heard:
    """What a message tells, without what only its question names: that changes no answer, and what
    is recorded already need not be recorded again.

    >>> from datetime import date
    >>> from dialogs.interpret import hear
    >>> from dialogs.utterance import Said
    >>> def told(text):
    ...     heard = hear(None, Said(text), date(2026, 11, 23))
    ...     return without_asked(heard, text, {"skill": "level_3"}).facts
    >>> told("考个电工中级 能加多少"), told("我考的是中级工，能加多少")
    ({}, {'skill': 'level_4'})
    """
    asked_of = _ASKED_OF.search(text) is not None
    if heard.corrects or not (heard.question or asked_of):
        return heard
    kept = {
        fact: value
        for fact, value in heard.facts.items()
        if fact not in known
        or (
            known[fact] != value
            and not asked_of
            and _is_told(value, heard.rules.get(fact, ""), text)
        )
    }
    return replace(heard, facts=kept)


def _is_told(value: object, rule: str, text: str) -> bool:
    """Whether one says it of oneself: 献血五次为什么没有加分, 我考的是中级工."""
    if type(value) is int and value:
        return True
    return (_TOLD_DENIAL if rule in _DENIED else _TOLD).search(text) is not None
