"""Reads `intents.yaml`: the ways to say what is wanted, as whole messages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from dialogs import data
from dialogs.match_choice import bare
from dialogs.utterance import Said


@cache
def spellings(section: str) -> Mapping[str, str]:
    """Every way to say a word of a section (`words`, `small_talk`), bare → the word's id."""
    return {bare(way) or way: word for word, listed in ways(section).items() for way in listed}


def ways(section: str) -> Mapping[str, Sequence[str]]:
    """The words of a section with the ways to say them, as they are written."""
    section_ways: Mapping[str, Sequence[str]] = wording()[section]
    return section_ways


@cache
def politeness() -> re.Pattern[str]:
    """What is said beside a word out of courtesy: 谢谢, 麻烦您."""
    return re.compile("|".join(wording()["politeness"]))


@cache
def wording() -> dict[str, Any]:
    """The whole file, read once: section → words or patterns."""
    return data.load("dialogs", "intents.yaml", dict[str, Any])


def meaning(said: Said, section: str) -> str | None:
    """The key of a section one of whose patterns is the whole message."""
    text = bare(said.text)
    if said.tap is not None or not any_of(section).fullmatch(text):
        return None
    for meaning, ways_to_say in wording()[section].items():
        if any(re.fullmatch(pattern, text) for pattern in ways_to_say):
            return str(meaning)
    return None


def matched(said: Said, section: str) -> str | None:
    """The first group of the pattern of a section that is the whole message."""
    text = bare(said.text)
    if said.tap is not None or not any_of(section).fullmatch(text):
        return None
    found = (re.fullmatch(pattern, text) for pattern in wording()[section])
    return next((str(match[1]) for match in found if match), None)


@cache
def _dialect() -> Sequence[tuple[re.Pattern[str], str]]:
    """What is said in a dialect, with the standard word."""
    return [(re.compile(said), word) for word, said in wording()["dialect"].items()]


def standard(text: str) -> str:
    """A text with the standard words for a question in place of those of a dialect.

    >>> standard("我要带啥子去嘛"), standard("咋个加分"), standard("好多分")
    ('我要带什么去嘛', '怎么加分', '多少分')
    """
    for pattern, word in _dialect():
        text = pattern.sub(word, text)
    return text


@cache
def any_of(section: str) -> re.Pattern[str]:
    """All patterns of a section in one: most messages match none of them."""
    entry = wording()[section]
    patterns = chain.from_iterable(entry.values()) if isinstance(entry, Mapping) else entry
    return re.compile(r"\A(?:" + "|".join(f"(?:{pattern})" for pattern in patterns) + ")")
