"""Names and values that are written as they sound: 居住登济 → 居住登记, 现血 → 献血.

Dictation and keyboards offer homophones. What the characters say by themselves comes first: 出现血
keeps its 出现, and what is made of common words stays as it is.
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from dialogs.language.common_words import common_words
from dialogs.language.grammar import classes
from dialogs.language.lexicon import words
from dialogs.language.vocabulary import heard_when_short, named_words, never_meant
from dialogs.region import words_of
from dialogs.sounds import sounds, spelling

_Sounds = tuple[str, ...]
_NUMERAL = re.compile(r"[\d零一二两三四五六七八九十百千万a-z]")
_SHORT = 2
_LONG = 3
"""Of more characters than this, two common words are rather the name: 高级及时."""
_LONGEST = 6
_PAPER = "正"
"""居住正|是, 居住正|在: what 证 is written as most often."""
_NAMES_BEGIN = frozenset("小老阿")
"""小雪 is a name, and no 小学."""


def as_named(text: str) -> str:
    """The text with the names of facts as the vocabulary writes them; as long as it was.

    >>> as_named("居住登济办了，现血两次"), as_named("出现血丝")
    ('居住登记办了，献血两次', '出现血丝')
    """
    heard, by_sound, parts, last = tuple(sounds(text)), _by_sound(), [], 0
    for at, both in enumerate(pairwise(heard)):
        if at < last or both not in by_sound or text[at] in _NAMES_BEGIN:
            continue
        for length, named in by_sound[both].items():
            word = named.get(heard[at : at + length])
            if word is None:
                continue
            if text.startswith(word, at) or not _is_misspelt(text, at, at + length, word):
                break
            parts += [text[last:at], word]
            last = at + length
            break
    return "".join([*parts, text[last:]])


def _is_misspelt(text: str, start: int, end: int, word: str) -> bool:
    """Whether the characters say nothing by themselves, and sound like the word."""
    run, long = text[start:end], end - start > _LONG
    if end - start == _SHORT and spelling(run) != spelling(word):
        return False
    alike = sum(one in word for one in run)
    if end - start > _LONG and alike < _SHORT:
        return False  # 组房子又, no 住房自有
    if word in _places() and not alike:
        return False  # 用假合同, no 永嘉合同
    ends_well = long or run.endswith(_PAPER) or not _goes_over(text, start, end, end)
    known = _told() if long else _known()
    return ends_well and not _goes_over(text, start, end, start) and not _is_made_of(known, run)


def _goes_over(text: str, start: int, end: int, edge: int) -> bool:
    """Whether a known word crosses one of the ends: 出现|血, 当员|工. Where another known word
    ends or begins there (成人|大砖, 欧北|开店), only a longer one does: 课题|组得."""
    beside = text[max(0, edge - 2) : edge] if edge == start else text[edge : edge + 2]
    least = _SHORT + (len(beside) > 1 and beside in _known())
    return any(
        last - first >= least
        and text[first:last] in _known()
        and not (start <= first and last <= end)
        for first in range(max(edge - 2, 0), edge)
        for last in range(edge + 1, min(first + 3, len(text)) + 1)
    )


def _is_made_of(known: frozenset[str], run: str) -> bool:
    """Whether a run divides into known words: 在|永嘉|租, and no 在永嘉住."""
    whole = {0}
    for end in range(1, len(run) + 1):
        if any(run[start:end] in known for start in whole):
            whole.add(end)
    return len(run) in whole


@cache
def _told() -> frozenset[str]:
    """Names, values, and the words that stand around them."""
    around = words("inside", "outside", "vague", "filler", "question")
    return named_words() | classes().keys() | set(around)


@cache
def _known() -> frozenset[str]:
    """The same, and common words of several characters."""
    return _told() | {one for one in common_words() if len(one) > 1} - never_meant()


@cache
def _by_sound() -> Mapping[_Sounds, Mapping[int, Mapping[_Sounds, str]]]:
    """The words by the sounds of their first two characters and their length, the longest first."""
    found: dict[_Sounds, dict[int, dict[_Sounds, str]]] = {}
    for word in sorted(_named(), key=lambda one: (-len(one), one)):
        heard = tuple(sounds(word))
        found.setdefault(heard[:2], {}).setdefault(len(word), {}).setdefault(heard, word)
    return found


def _named() -> frozenset[str]:
    long = {one for one in named_words() if _SHORT < len(one) <= _LONGEST}
    long -= {one for one in long if any(place in one for place in _places())}
    heard = long | _places() | heard_when_short()
    return frozenset(one for one in heard if not _NUMERAL.search(one))


@cache
def _places() -> frozenset[str]:
    """The names of the county and its townships: 永加, 欧北."""
    return frozenset([*words_of("$county"), *words_of("$township")])
