"""What was typed in pinyin and never turned into characters: jifen gou le neng luohu ma."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import chain

from dialogs.faq.topic import topics
from dialogs.sounds import spelling

LONGEST = 4
"""Characters of a word that is known as a whole."""


class Pinyin:
    """Turns a run of pinyin into the words that some texts write most often so."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter(chain.from_iterable(map(_words, texts)))
        self._words: dict[str, str] = {}
        for word, count in counts.items():
            other = self._words.setdefault(spelling(word), word)
            if (count, word) > (counts[other], other):
                self._words[spelling(word)] = word
        self._longest = max(map(len, self._words))

    def written(self, run: str) -> str:
        """The run in characters; as it is where a part of it is no word of ours.

        >>> pinyin().written("jifengoulenengluohuma"), pinyin().written("hello")
        ('积分够了能落户吗', 'hello')
        """
        # From the end: best[at] is the fewest words that write run[at:], the first of them first.
        best: list[list[str] | None] = [None] * len(run) + [[]]
        for at in reversed(range(len(run))):
            for end in range(at + 1, min(at + self._longest, len(run)) + 1):
                rest, word = best[end], self._words.get(run[at:end])
                if word and rest is not None and len(rest) + 1 < _size(best[at]):
                    best[at] = [word, *rest]
        return "".join(best[0]) if best[0] else run


def _size(words: list[str] | None) -> float:
    return float("inf") if words is None else len(words)


def _words(text: str) -> Iterable[str]:
    """The text's parts of one to LONGEST characters."""
    for length in range(1, LONGEST + 1):
        yield from (text[at : at + length] for at in range(len(text) - length + 1))


@cache
def pinyin() -> Pinyin:
    """The words of the package's own aliases."""
    return Pinyin(alias for topic in topics().values() for alias in topic.aliases)
