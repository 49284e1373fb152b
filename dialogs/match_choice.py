"""Which of the offered choices a person means: by tap, by number, by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from dialogs.language import Option, Understood, choose
from dialogs.reply import Choice
from dialogs.simplified import simplified
from dialogs.utterance import Said

_NOISE = re.compile(r"[\s\W_]+")


@lru_cache(16)  # each of the hearers of a message strips it
def bare(text: str) -> str:
    """A message stripped to what was meant: simplified, half-width, lower case, no punctuation.

    >>> bare(" 「結果」！ ")
    '结果'
    """
    text = _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())
    return simplified(text)


def options(choices: Sequence[Choice]) -> list[Option]:
    """The choices as the answers' reader takes them."""
    return [Option(choice.key, choice.label, choice.aliases) for choice in choices]


def chosen(said: Said, choices: Sequence[Choice]) -> str | None:
    """The key of the one choice a message means, or None. A tap counts only if it is on offer.

    >>> offered = (Choice(1, "大专", "education.1.junior_college", ("专科",)),)
    >>> [chosen(Said(text), offered) for text in ("1", "专科", "本科")]
    ['junior_college', 'junior_college', None]
    """
    choice = named(said, choices)
    return choice.key if choice else None


def named(said: Said, choices: Sequence[Choice]) -> Choice | None:
    """The one choice a message means."""
    if said.tap is not None:
        return next((choice for choice in choices if choice.tap == said.tap), None)
    if bare(said.text).isdecimal() and not any(choice.sign for choice in choices):
        return None  # where choices go by their labels, a number is that of something else
    match choose(said.text, options(choices)):
        case Understood(value):
            return next(choice for choice in choices if choice.key == value)
        case _:
            return None
