"""What a message says of papers on the list: 有 1 3, 居住证有了, 身份证和居住证都有，缺备案表."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from dialogs.intents.wording import wording
from dialogs.language.message import read_message
from dialogs.language.options.option_numbers import numbers_named
from dialogs.language.text import clean
from dialogs.match_choice import bare
from dialogs.papers import Paper, State, missing

_BETWEEN = re.compile(r"[\s,，。;；、!！和跟与]+")
_STATES: tuple[State, ...] = ("have", "missing")


def told(
    text: str, listing: Sequence[Paper], today: date, *, by_name: bool = False
) -> Mapping[str, State] | None:
    """The papers by name that a whole message says one has or misses; None where it says anything
    else, or may mean several. `by_name`: the list is not on screen, so that numbers and 都有 are of
    something else."""
    if not by_name and (said_of := _of_all(text, listing)):
        return said_of
    pieces = [_parted(piece) for piece in _BETWEEN.split(clean(text, keep_spaces=True)) if piece]
    if not any(state for _, state, _ in pieces):
        return None
    said: dict[str, State] = {}
    running: State = ""
    pending: list[str] = []
    for content, state, follows in pieces:
        named = _named(content, listing, today, by_name) if content else []
        if named is None:
            return None
        running = state or running
        if follows or (state and not content and pending):  # 身份证、居住证有了
            said |= dict.fromkeys((*pending, *named), state)
            running, pending = "", []
        elif running:
            said |= dict.fromkeys(named, running)
        else:
            pending += named
    return None if pending or not said else said


def asked_about(text: str, listing: Sequence[Paper], today: date) -> Paper | None:
    """The paper that a message asks about, or only names: 3去哪办, 备案表."""
    said = bare(text)
    ends = sorted(wording()["ticking"]["asking"], key=len, reverse=True)
    end = next((end for end in ends if said.endswith(end) and said != end), "")
    named = _named(said.removesuffix(end), listing, today, by_name=False) or []
    return next((paper for paper in listing if [paper.name] == named), None)


def _of_all(text: str, listing: Sequence[Paper]) -> dict[str, State]:
    """都有了, 都没有; 缺的都有了 of those that were missing."""
    said, ticking = bare(text), wording()["ticking"]
    if said in ticking["have"]["lacking"]:
        return {paper.name: "have" for paper in missing(listing)}
    found = next((state for state in _STATES if said in ticking[state]["all"]), None)
    return {paper.name: found for paper in listing if not paper.condition} if found else {}


def _parted(piece: str) -> tuple[str, State, bool]:
    """What is named in a piece, the state it says, and whether that follows the name."""
    for word, state in _words("after"):
        if piece.endswith(word) and piece != word:
            return piece.removesuffix(word), state, True
    for word, state in _words("before"):
        if piece.startswith(word):
            return piece.removeprefix(word), state, False
    return piece, "", False


@cache
def _words(place: str) -> tuple[tuple[str, State], ...]:
    """The words before or after a name, the longest first."""
    ticking = wording()["ticking"]
    words = [(word, state) for state in _STATES for word in ticking[state][place]]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))


def _named(content: str, listing: Sequence[Paper], today: date, by_name: bool) -> list[str] | None:
    """The papers that a piece names, by number or by word; None where it names none for sure."""
    numbers = [] if by_name else numbers_named(content, len(listing))
    if isinstance(numbers, list) and numbers:
        return [listing[number - 1].name for number in numbers]
    paper = _by_name(bare(content), listing) or _by_fact(content, listing, today)
    return [paper.name] if paper else None


def _by_name(name: str, listing: Sequence[Paper]) -> Paper | None:
    if len(name) < 2:
        return None
    called = [part for part, names in wording()["ticking"]["names"].items() if name in names]
    for parts in ([name], called):
        named = [paper for paper in listing if any(part in bare(paper.name) for part in parts)]
        if named:
            return _only(named)
    return _only([paper for paper in listing if name in paper.lines])


def _by_fact(content: str, listing: Sequence[Paper], today: date) -> Paper | None:
    """公积金那个有了: by what the word stands for among the answers. What tells an answer (社保有60
    个月, 有本科学历) names no paper."""
    tokens = read_message(content, today).tokens
    if any(token.kind == "amount" or token.value for token in tokens):
        return None
    facts = {token.fact for token in tokens if token.fact}
    return _only([paper for paper in listing if not facts.isdisjoint(paper.facts)])


def _only(found: Sequence[Paper]) -> Paper | None:
    return found[0] if len(found) == 1 else None
