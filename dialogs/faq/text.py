"""Text as people write it, brought to one form, and its character grams."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from dialogs.faq.pinyin import pinyin
from dialogs.language.text import clean
from dialogs.region import load_local
from dialogs.sounds import sounds

NUMBER = "#"
"""What any number but nought is in a subject."""
HOW = "怎"
"""Sounds like 证 here, and often stands where that would: 居住怎么算."""
HEAD, TAIL = 30, 50
"""Characters that are read of a longer message: who rambles asks at the end."""

ASKING = r"不$|有[^没]{1,5}没$|不会.*吧|([^了])不\1"
"""How one asks without a word for it: 行不, 有用没, 不会泄漏吧, 认不认."""
_OTHER = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_LATIN = re.compile("[a-z]{5,}")
"""Long enough to be pinyin that was never turned into characters."""
_NUMBER = re.compile(r"[0-9]+|[一两二三四五六七八九十百千]++(?=年|个月|岁|块|元|万)")


class Table(BaseModel):
    """The file `normal.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    same: dict[str, list[str]]
    patterns: dict[str, str]
    ours: list[str]
    asking: list[str]
    telling: list[str]
    weak: list[str]
    whole: list[str]
    empty: str
    filler: list[str]
    heard: list[str]
    slips: dict[str, str]
    answers: list[str]
    where: str
    getting: str
    obtaining: str
    worth: str


class Writing:
    """The table `normal.yaml` at work."""

    def __init__(self, table: Table) -> None:
        self._slips = _Replacing(table.slips)
        self._heard = _Hearing(table.heard)
        same = {word: one for one, words in table.same.items() for word in (one, *words)}
        self._same = _Replacing(same)
        self._patterns = [
            (re.compile(found, re.VERBOSE), word) for word, found in table.patterns.items()
        ]
        self._fillers = _Replacing(dict.fromkeys(table.filler, ""))
        self._ours = tuple(table.ours)
        self._asking = re.compile(rf"{ASKING}|{_any_of(table.asking)}")
        self._telling = re.compile(_any_of(table.telling))
        self._weak = re.compile(f"({_any_of(table.whole)})|{_any_of(table.weak)}|{NUMBER}")
        self._where, self._getting, self._obtaining, self._worth = (
            re.compile(found, re.VERBOSE)
            for found in (table.where, table.getting, table.obtaining, table.worth)
        )
        self._empty = re.compile(table.empty)
        # Possessive: a long answer with something else at its end must not be tried in all ways.
        self._answer = re.compile(f"(?:[0-9a-z]|{_any_of(table.answers)})*+")

    def plain(self, text: str) -> str:
        """In the one form that answers have, too, but without punctuation, and slips put right."""
        if len(text) > HEAD + TAIL:
            text = text[:HEAD] + text[-TAIL:]
        text = self._slips.apply(_OTHER.sub("", clean(text)))
        return self._heard.apply(_LATIN.sub(lambda run: pinyin().written(run[0]), text))

    def subject(self, plain: str) -> str:
        """What a plain text is about: one form for one thing, numbers as one sign, no fillers."""
        for pattern, word in self._patterns:
            plain = pattern.sub(word, plain)
        return _NUMBER.sub(_number, self._fillers.apply(self._same.apply(plain)))

    def ours(self, subject: str) -> bool:
        """Whether a subject names points, so that it cannot be about a neighbouring service."""
        return any(word in subject for word in self._ours)

    def asks(self, text: str, plain: str) -> bool:
        """Whether a text, as it was written and plain, asks rather than tells.

        >>> table = writing()
        >>> texts = ("租房有分吗", "合同没签", "暫住證？", "没什么文化")
        >>> [table.asks(text, table.plain(text)) for text in texts]
        [True, False, True, False]
        """
        if "?" in text or "？" in text:
            return True
        return self._asking.search(self._telling.sub("", plain)) is not None

    def obtains(self, plain: str) -> bool:
        """Whether a plain text asks how to come by something, not what it is worth.

        >>> [writing().obtains(text) for text in ("电工证去哪里考", "考电工证加几分")]
        [True, False]
        """
        if self.values(plain):
            return False
        how = self._obtaining.search(plain)
        return bool(how or (self._where.search(plain) and self._getting.search(plain)))

    def values(self, plain: str) -> bool:
        """Whether a plain text asks what something is worth."""
        return self._worth.search(plain) is not None

    def thing(self, plain: str) -> str:
        """What is to be obtained: the text without the words that ask how."""
        return self._getting.sub("", self._where.sub("", plain))

    def content(self, subject: str) -> list[str]:
        """The words of a subject that say what it is about, run by run.

        >>> writing().content("学历有多少"), writing().content("年龄和个税")
        (['学历'], ['年龄', '个税'])
        """
        return [run for run in self._weak.split(subject) if run]

    def named(self, plain: str) -> list[str]:
        """The same of a plain text that stands alone: also without what points elsewhere.

        >>> writing().named("那种算不算"), writing().named("社保卡算不算")
        ([], ['社保卡'])
        """
        return self.content(self.subject(self._empty.sub("", plain)))

    def answers(self, plain: str) -> bool:
        """Whether a plain text only answers (三年半, 大专, 不知道) or says nothing: no question."""
        return self._answer.fullmatch(plain) is not None


class _Replacing:
    """Many replacements in one pass, the longest word first."""

    def __init__(self, table: dict[str, str]) -> None:
        self._table = table
        self._pattern = re.compile(_any_of(table))

    def apply(self, text: str) -> str:
        return self._pattern.sub(lambda found: self._table[found[0]], text)


class _Hearing:
    """Puts words in place of what only sounds like them: 居住正, 自愿者."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = {tuple(sounds(word)): word for word in words}
        lengths: dict[str, set[int]] = {}
        for heard in self._words:
            lengths.setdefault(heard[0], set()).add(len(heard))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def apply(self, text: str) -> str:
        heard, found, at = tuple(sounds(text.replace(HOW, NUMBER))), [], 0
        while at < len(text):
            lengths = self._lengths.get(heard[at], ())
            here = (self._words.get(heard[at : at + length]) for length in lengths)
            found.append(next(filter(None, here), text[at]))
            at += len(found[-1])
        return "".join(found)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _number(found: re.Match[str]) -> str:
    return "零" if set(found[0]) == {"0"} else NUMBER


@cache
def writing() -> Writing:
    """The table of the package, read once."""
    return Writing(Table.model_validate(load_local("dialogs.faq", "normal.yaml")))


def grams(text: str) -> list[str]:
    """Characters, their sounds, and pairs of neighbours with the edges.

    >>> grams("租房")
    ['租', '房', '~zu', '~fan', '^租', '租房', '房$']
    """
    return [*text, *sounds(text), *(one + other for one, other in pairwise(f"^{text}$"))]
