"""The index of questions: BM25 over character pairs, blended with the likest single alias.

Word segmentation, trigram full-text search and fuzzy ratios did worse on the questions of
`tests/dialogs/faq/tuning.yaml`: short colloquial Chinese has few words and many spellings.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

from dialogs.faq.text import Writing, grams

SATURATION = 1.2
"""BM25's k1: how much a repeated gram still adds."""
LENGTH = 0.6
"""BM25's b: how much a long entry is held back."""
ALIAS = 0.3
"""Share of the likest alias in the score; the rest is BM25 over the whole entry."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`score` lies between 0 (nothing in common) and about 1 (an alias, word for word)."""

    id: str
    score: float


class Index:
    """Entries with their phrases, built once; a lookup walks only the grams of the question."""

    def __init__(self, entries: Mapping[str, Iterable[str]], writing: Writing) -> None:
        self._writing = writing
        self._ids = tuple(entries)
        phrases = [[grams(writing.subject(phrase)) for phrase in entries[id]] for id in self._ids]
        counts = [Counter(gram for phrase in own for gram in phrase) for own in phrases]
        holders = Counter(gram for count in counts for gram in count)
        self._weight = {gram: _rarity(len(counts), held) for gram, held in holders.items()}
        self._unseen = _rarity(len(counts), 0)
        self._entries = self._entry_postings(counts)
        self._owners = [at for at, own in enumerate(phrases) for _ in own]
        self._phrases = self._phrase_postings([phrase for own in phrases for phrase in own])

    def hits(self, text: str, most: int = 4) -> tuple[Hit, ...]:
        """The entries that fit `text` best, best first; none when nothing is in common."""
        asked = {
            gram: self._weight.get(gram, self._unseen)
            for gram in grams(self._writing.subject(text))
        }
        if not asked:
            return ()
        whole = _added(self._entries, asked, len(self._ids))
        single = _added(self._phrases, asked, len(self._owners))
        likest = [0.0] * len(self._ids)
        for owner, value in zip(self._owners, single, strict=True):
            likest[owner] = max(likest[owner], value)
        total = sum(asked.values())
        length = sqrt(sum(weight * weight for weight in asked.values()))
        scores = [
            (1 - ALIAS) * entry / total + ALIAS * phrase / length
            for entry, phrase in zip(whole, likest, strict=True)
        ]
        best = sorted(range(len(scores)), key=lambda at: -scores[at])[:most]
        return tuple(Hit(self._ids[at], scores[at]) for at in best if scores[at] > 0)

    def _entry_postings(self, counts: list[Counter[str]]) -> dict[str, list[tuple[int, float]]]:
        lengths = [count.total() for count in counts]
        mean = sum(lengths) / len(lengths)
        postings: dict[str, list[tuple[int, float]]] = {}
        for at, count in enumerate(counts):
            held_back = SATURATION * (1 - LENGTH + LENGTH * lengths[at] / mean)
            for gram, times in count.items():
                value = self._weight[gram] * times / (times + held_back)
                postings.setdefault(gram, []).append((at, value))
        return postings

    def _phrase_postings(self, phrases: list[list[str]]) -> dict[str, list[tuple[int, float]]]:
        postings: dict[str, list[tuple[int, float]]] = {}
        for at, phrase in enumerate(phrases):
            weights = {gram: self._weight[gram] for gram in phrase}
            length = sqrt(sum(weight * weight for weight in weights.values()))
            for gram, weight in weights.items():
                postings.setdefault(gram, []).append((at, weight * weight / length))
        return postings


def _rarity(entries: int, holders: int) -> float:
    return log(1 + (entries - holders + 0.5) / (holders + 0.5))


def _added(
    postings: dict[str, list[tuple[int, float]]], asked: Iterable[str], size: int
) -> list[float]:
    sums = [0.0] * size
    for gram in asked:
        for at, value in postings.get(gram, ()):
            sums[at] += value
    return sums
