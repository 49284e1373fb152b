"""The index of questions: BM25 over characters, sounds and pairs, blended with the likest alias.

Tried on the questions under `tests/dialogs/faq` and by leaving aliases out, and worse: trigrams,
pairs of sounds, the answers' own text, a scan for the phrase that shares most, a fuzzy ratio. The
last two are compared in `tests/bench/topics.py`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from math import log, sqrt
from operator import truediv
from typing import Any

from dialogs.faq.text import grams
from dialogs.sounds import sounds

SATURATION = 1.5
"""BM25's k1: how much a repeated gram still adds."""
LENGTH = 0.6
"""BM25's b: how much a long entry is held back."""
ALIAS = 0.15
"""Share of the likest alias in the score; the rest is BM25 over the whole entry."""
CANDIDATES = 8
"""Entries whose aliases are looked at one by one."""
SHORT = 150.0
"""Weight of a question of some twelve characters; what is longer rambles, and must not be asked to
fit an entry as wholly."""

Weights = dict[str, float]
Holders = dict[str, bytes]
"""Of each gram the numbers of the phrases that hold it, at most 256 of an entry: as bytes they take
half of what a list does."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`score` lies between 0 (nothing in common) and about 1 (an alias, word for word); `alone` is
    the share of the question that this entry knows and the best one does not."""

    id: str
    score: float
    alone: float = 0.0


class _Same:
    """One object of each that is equal: a gram is in many phrases of many entries."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def all(self, found: Iterable[Any]) -> Iterator[Any]:
        return (self._known.setdefault(one, one) for one in found)


class Index:
    """Entries with their phrases, as `Writing.subject` gives them. Built once; a lookup walks only
    the grams of the question."""

    def __init__(self, entries: Mapping[str, Iterable[str]]) -> None:
        self._ids = tuple(entries)
        same = _Same()
        self._sounding = {
            id: frozenset(same.all(pair for one in phrases for pair in pairwise(sounds(one))))
            for id, phrases in entries.items()
        }
        self._written = {
            id: frozenset(same.all(piece for one in phrases for piece in _written(one)))
            for id, phrases in entries.items()
        }
        phrases = [[list(same.all(grams(phrase))) for phrase in entries[id]] for id in self._ids]
        counts = [Counter(gram for phrase in own for gram in phrase) for own in phrases]
        holders = Counter(gram for count in counts for gram in count)
        self._rarity = {gram: _rarity(len(counts), held) for gram, held in holders.items()}
        self._unseen = _rarity(len(counts), 0)
        self._postings = self._posted(counts)
        self._squares = {gram: rarity**2 for gram, rarity in self._rarity.items()}
        self._phrases = [self._measured(own) for own in phrases]

    def hits(self, subject: str, most: int = 6) -> tuple[Hit, ...]:
        """The entries that fit best, best first; none when nothing is in common."""
        asked = self._weights(grams(subject)) if subject else {}
        if not asked:
            return ()
        sums = [0.0] * len(self._ids)
        for gram in asked:
            for at, value in self._postings.get(gram, ()):
                sums[at] += value
        total, length = sum(asked.values()), _length(asked)
        whole = _shortened(total)
        names = frozenset(asked)
        best = nlargest(
            most,
            (
                ((1 - ALIAS) * sums[at] / whole + ALIAS * self._likest(at, names) / length, at)
                for at in nlargest(CANDIDATES, range(len(sums)), key=sums.__getitem__)
                if sums[at] > 0
            ),
        )
        return tuple(
            Hit(self._ids[at], score, self._alone(at, best[0][1], names) / total)
            for score, at in best
        )

    def covered(self, id: str, content: Sequence[str], by_sound: bool = False) -> float:
        """The share of the characters of `content` that an entry has next to the same neighbour as
        there: written so, or sounding so. A lone character counts when the entry has it at all."""
        total = sum(map(len, content))
        if not total:
            return 0.0
        return sum(self._covered(id, run, by_sound) for run in content) / total

    def _covered(self, id: str, run: str, by_sound: bool) -> int:
        written, sounding = self._written[id], self._sounding[id]
        if len(run) == 1:
            return int(run in written)
        known = [one + other in written for one, other in pairwise(run)]
        if by_sound:
            heard = pairwise(sounds(run))
            known = [one or pair in sounding for one, pair in zip(known, heard, strict=True)]
        return sum(map(max, [False, *known], [*known, False]))

    def _likest(self, at: int, asked: frozenset[str]) -> float:
        """Cosine (but for the question's length) with the likest phrase of an entry."""
        lengths, holders = self._phrases[at]
        products = [0.0] * len(lengths)
        for gram in asked:
            square = self._squares.get(gram, 0.0)
            for phrase in holders.get(gram, ()):
                products[phrase] += square
        likest: float = max(map(truediv, products, lengths))
        return likest

    def _alone(self, at: int, other: int, asked: frozenset[str]) -> float:
        """The weight of what is asked that one entry knows and another does not."""
        known, not_there = (self._phrases[one][1] for one in (at, other))
        alone = (gram for gram in asked if gram in known and gram not in not_there)
        return sum(map(self._rarity.__getitem__, alone))

    def _weights(self, found: Iterable[str]) -> Weights:
        return {gram: self._rarity.get(gram, self._unseen) for gram in found}

    def _measured(self, phrases: Iterable[Sequence[str]]) -> tuple[list[float], Holders]:
        """The lengths of an entry's phrases, and which of them hold a gram."""
        held = [frozenset(phrase) for phrase in phrases if phrase]
        places: dict[str, list[int]] = {}
        for at, phrase in enumerate(held):
            for gram in phrase:
                places.setdefault(gram, []).append(at)
        lengths = [sqrt(sum(map(self._squares.__getitem__, phrase))) for phrase in held]
        return lengths, {gram: bytes(found) for gram, found in places.items()}

    def _posted(self, counts: list[Counter[str]]) -> dict[str, list[tuple[int, float]]]:
        lengths = [count.total() for count in counts]
        mean = sum(lengths) / len(lengths)
        postings: dict[str, list[tuple[int, float]]] = {}
        for at, count in enumerate(counts):
            held_back = SATURATION * (1 - LENGTH + LENGTH * lengths[at] / mean)
            for gram, times in count.items():
                value = self._rarity[gram] * times / (times + held_back)
                postings.setdefault(gram, []).append((at, value))
        return postings


def _written(phrase: str) -> Iterator[str]:
    """Its characters, and its pairs of neighbours."""
    yield from phrase
    yield from (one + other for one, other in pairwise(phrase))


def _rarity(entries: int, holders: int) -> float:
    return log(1 + (entries - holders + 0.5) / (holders + 0.5))


def _length(weights: Weights) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


def _shortened(weight: float) -> float:
    return weight if weight <= SHORT else sqrt(weight * SHORT)
