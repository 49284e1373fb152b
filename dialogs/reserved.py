"""Reserved words (上一步, 结果 …): matched as whole messages only, never inside a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from dialogs.choosing import bare
from dialogs.utterance import Said

TAP = "word."
"""Tap ids of offered words start so; they work from any bubble, however old."""


@cache
def spellings(section: str) -> Mapping[str, str]:
    """Every way to say a word of a section (`words`, `small_talk`), bare → the word's id."""
    data = yaml.safe_load((files("dialogs") / "reserved.yaml").read_text(encoding="utf-8"))
    return {bare(way) or way: word for word, ways in data[section].items() for way in ways}


def word(said: Said) -> str | None:
    """The reserved word a message is, or None.

    >>> [word(Said(text)) for text in ("「結果」", "为什么问", "你说结果怎样")]
    ['result', 'why', None]
    """
    if said.tap is not None:
        return said.tap.removeprefix(TAP) if said.tap.startswith(TAP) else None
    return spellings("words").get(bare(said.text) or said.text.strip())


def small_talk(said: Said) -> str | None:
    """The kind of pleasantry a message is, or None."""
    return spellings("small_talk").get(bare(said.text)) if said.tap is None else None
