"""Which papers of the list a few words name: 1 3, 居住证, 身份证居住证, 房本, 公积金那个."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogs.intents.wording import wording
from dialogs.language.message import read_message
from dialogs.language.options.option_numbers import numbers_named
from dialogs.match_choice import bare
from dialogs.papers import Paper

SHORTEST = 2
"""Characters of a name."""


def named(
    words: str, listing: Sequence[Paper], today: date, *, by_name: bool = False
) -> list[Paper]:
    """The papers that all of these words name, or stand for; empty where that is not sure.
    `by_name`: not by number, which may be that of something else."""
    return plainly_named(words, listing, by_name=by_name) or _by_fact(words, listing, today)


def plainly_named(words: str, listing: Sequence[Paper], *, by_name: bool = False) -> list[Paper]:
    """Those that the words name as papers."""
    numbers = [] if by_name else numbers_named(words, len(listing))
    if isinstance(numbers, list) and numbers:
        return [listing[number - 1] for number in numbers]
    return _one(bare(words), listing) or _one_by_one(bare(words), listing)


def _one(name: str, listing: Sequence[Paper]) -> list[Paper]:
    """By a piece of its own name, by what people call it, by what it proves."""
    if len(name) < SHORTEST:
        return []
    own = [paper for paper in listing if name in bare(paper.name)]
    called = [paper for paper in listing if name in _called(paper)]
    return _only(own or called or [paper for paper in listing if name in paper.lines])


def _one_by_one(words: str, listing: Sequence[Paper]) -> list[Paper]:
    """身份证居住证: names without anything between them; nothing else may be left."""
    calls = [(name, paper) for paper in listing for name in (bare(paper.name), *_called(paper))]
    found = []
    for name, paper in sorted(calls, key=lambda call: -len(call[0])):
        if name in words:
            words = words.replace(name, "", 1)
            found.append(paper)
    for filler in wording()["ticking"]["fillers"]:
        words = words.replace(filler, "")
    return [] if words else [paper for paper in listing if paper in found]


def _called(paper: Paper) -> list[str]:
    """What people call a paper."""
    names = wording()["ticking"]["names"].items()
    return [name for part, listed in names if part in bare(paper.name) for name in (part, *listed)]


def _by_fact(words: str, listing: Sequence[Paper], today: date) -> list[Paper]:
    """公积金那个: by what the words stand for among the answers. What tells an answer (社保有60个
    月, 有本科学历) names no paper."""
    tokens = read_message(words, today).tokens
    if any(token.kind == "amount" or token.value for token in tokens):
        return []
    facts = {token.fact for token in tokens if token.fact}
    return _only([paper for paper in listing if not facts.isdisjoint(paper.facts)])


def _only(found: list[Paper]) -> list[Paper]:
    return found if len(found) == 1 else []
