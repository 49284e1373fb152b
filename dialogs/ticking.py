"""What a message says of papers on the list: 有 1 3, 身份证有，其他都没有, 除了备案表都有."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from dialogs.intents.wording import wording
from dialogs.language.text import clean
from dialogs.match_choice import bare
from dialogs.paper_names import named, plainly_named
from dialogs.papers import Paper, State, missing

_BETWEEN = re.compile(r"[\s,，。;；、!！和跟与]+")
_BEHIND = re.compile(r"(?<=\d有|\d没|\d缺|有了|没有)(?=\d)")
_BEFORE = re.compile(r"(?<=\d)(?=[有没缺差])")
_ONLY = re.compile(r"我?还?[只就光]还?[缺差少]")
_STATES: tuple[State, ...] = ("have", "missing")
_OTHER: Mapping[State, State] = {"have": "missing", "missing": "have"}


def told(
    text: str,
    listing: Sequence[Paper],
    today: date,
    *,
    by_name: bool = False,
    numbers: bool = False,
) -> Mapping[str, State] | None:
    """The papers by name that a whole message says one has or misses; None where it says anything
    else, or may mean several. `by_name`: the list is not on screen, so that 都有 and numbers are of
    something else; but with `numbers` those behind a word are the papers' (有 1 2，缺 3)."""
    if not by_name and (said_of := _of_all(text, listing)):
        return said_of
    pieces = [_parted(one) for one in _pieces(clean(text, keep_spaces=True))]
    if not any(state for _, state, _ in pieces):
        return None  # as most messages are: no name is looked for
    reading = _Reading(listing, today, by_name, numbers)
    if not all(reading.takes(*piece) for piece in pieces):
        return None
    return reading.result(is_all=bool(_ONLY.match(bare(text))))


@dataclass
class _Reading:
    """What the pieces of a message said so far."""

    listing: Sequence[Paper]
    today: date
    by_name: bool
    numbers: bool
    said: dict[str, State] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)
    """Names before whose state something is still to be said: 身份证、居住证有了."""
    excepted: list[str] = field(default_factory=list)
    excepting: bool = False
    running: State = ""
    """The state that was said before names: 有 1 3."""

    def takes(self, words: str, state: State, follows: bool) -> bool:
        """Whether the next piece (see `_parted`) speaks of the papers; it is taken then."""
        but, words = _excepting(words)
        self.excepting = self.excepting or but
        behind = self.numbers and bool(self.running or (state and not follows))
        found = named(words, self.listing, self.today, by_name=self.by_name and not behind)
        names = [paper.name for paper in found]
        rest = self._means_the_rest(words)
        if words and not names and not rest:
            return False
        if self.excepting:
            self.excepted += names
            names = []
        if rest or (self.excepting and state):
            names = _others(self.listing, {*self.said, *self.pending, *self.excepted})
            self.excepting = False
        self._note(names, state, follows or bool(state and not words and self.pending))
        return True

    def _means_the_rest(self, words: str) -> bool:
        is_begun = bool(self.said or self.excepted or not self.by_name)
        return is_begun and words in wording()["ticking"]["rest"]

    def _note(self, names: list[str], state: State, follows: bool) -> None:
        self.running = state or self.running
        if follows:
            self.said |= dict.fromkeys((*self.pending, *names), state)
            self.running, self.pending = "", []
        elif self.running:
            self.said |= dict.fromkeys(names, self.running)
        else:
            self.pending += names

    def result(self, *, is_all: bool) -> Mapping[str, State] | None:
        """The state of each paper; with `is_all` those not named are the opposite (只缺4)."""
        if self.pending or not self.said:
            return None
        others = _others(self.listing, {*self.said}) if is_all else []
        opposite = _OTHER[next(reversed(self.said.values()))]
        return self.said | dict.fromkeys((*others, *self.excepted), opposite)


def asked_about(text: str, listing: Sequence[Paper]) -> Paper | None:
    """The paper that a message asks about, or only names, with the list on screen: 3去哪办, 备案表.
    Of a lost identity card and of how to get the permit others speak."""
    said = bare(text)
    ends = sorted(wording()["ticking"]["asking"], key=len, reverse=True)
    end = next((end for end in ends if said.endswith(end) and said != end), "")
    words = said.removesuffix(end)
    found = plainly_named(words, listing)
    by_number = not plainly_named(words, listing, by_name=True)
    return found[0] if len(found) == 1 and (found[0].lines or by_number) else None


def _of_all(text: str, listing: Sequence[Paper]) -> dict[str, State]:
    """都有了, 都没有; 缺的都有了 of those that were missing."""
    said, ticking = bare(text), wording()["ticking"]
    if said in ticking["have"]["lacking"]:
        return {paper.name: "have" for paper in missing(listing)}
    found = next((state for state in _STATES if said in ticking[state]["all"]), None)
    return dict.fromkeys(_others(listing, set()), found) if found else {}


def _others(listing: Sequence[Paper], without: set[str]) -> list[str]:
    """All that everybody needs but these."""
    return [paper.name for paper in listing if not paper.condition and paper.name not in without]


def _excepting(words: str) -> tuple[bool, str]:
    """Whether words leave out what they name (除了备案表), and what they name."""
    but = next((word for word in wording()["ticking"]["but"] if words.startswith(word)), "")
    return bool(but), words.removeprefix(but)


def _pieces(text: str) -> list[str]:
    """The text at its pauses; dictated without any, behind or before each word that says a state:
    1有2没有, 有1缺2.

    >>> _pieces("1有2没有"), _pieces("有1缺2"), _pieces("有 1 2")
    (['1有', '2没有'], ['有1', '缺2'], ['有', '1', '2'])
    """
    pause = _BEHIND if text[:1].isdigit() else _BEFORE
    return [one for one in _BETWEEN.split(pause.sub("，", text)) if one]


def _parted(piece: str) -> tuple[str, State, bool]:
    """What is named in a piece, the state it says, and whether that follows the name."""
    for place in ("before", "after"):
        if state := dict(_words(place)).get(piece):  # 没有 alone is no 没 that is there
            return "", state, place == "after"
    for word, state in _words("after"):
        if piece.endswith(word) and piece != word:
            return piece.removesuffix(word), state, True
    for word, state in _words("before"):
        if piece.startswith(word):
            return piece.removeprefix(word).removesuffix("了"), state, False  # 有租赁合同了
    return piece, "", False


@cache
def _words(place: str) -> tuple[tuple[str, State], ...]:
    """The words before or after a name, the longest first."""
    ticking = wording()["ticking"]
    words = [(word, state) for state in _STATES for word in ticking[state][place]]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))
