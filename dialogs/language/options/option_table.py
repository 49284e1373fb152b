"""The words by which the options of one question are known."""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from dialogs.language.lexicon import any_of, words
from dialogs.language.outcome import Option
from dialogs.language.text import clean
from dialogs.sounds import sounds, spelling

_PARTS = re.compile(r"[,;、()/。\s]+")
_MARKS = re.compile(r"[\s,。;:!、.…()\[\]【】\"'“”‘’《》<>|+*_~-]+")
_DECISIVE = frozenset("零一二三四五六七八九十初中高低上下不没非无未省市县乡国正副男女买卖")
"""One of these swapped changes the meaning: never forgiven as a slip."""
_DENIAL = re.compile(r"(?:从来|从|一直|也|都|还)?(?:没有|没得|木有|没)(?:什么|啥|任何)?")
_DENIED_BEHIND = re.compile(r"^(?:什么|啥|任何)?(.{1,4}?)(?:也|都)?(?:没有|没得|没)(?:过)?$")
_CLOSE_FROM = 4
"""Shortest word in which one wrong character is forgiven."""
_SOUNDS_FROM = 2
"""Shortest word that is taken by its sound."""


class Word(NamedTuple):
    """A word found in a text, and the options it may stand for."""

    text: str
    ids: set[str]


@lru_cache(64)  # each of the readers of a message tidies it
def tidy(text: str) -> str:
    """The text without punctuation and spaces, in the form in which options are compared."""
    return _MARKS.sub("", text)


@lru_cache(maxsize=256)
def option_words(options: tuple[Option, ...]) -> "OptionWords":
    """The table of words of these options."""
    return OptionWords(options)


@dataclass(frozen=True)
class OptionWords:
    """Words to option ids.

    Labels and aliases come first; parts of a label (五级，初级工) serve where no other option
    claims them. A word with which another's begins (中级, 中级职称) may mean either.
    """

    options: tuple[Option, ...]

    @cached_property
    def table(self) -> dict[str, set[str]]:
        """Every word with the options it may stand for."""
        table: dict[str, set[str]] = {}
        for option in self.options:
            for word in (option.label, *option.aliases):
                table.setdefault(_plain(word), set()).add(option.id)
        labels = {_plain(option.label): {option.id} for option in self.options}
        parts = self._parts()
        table = {word: set(ids) for word, ids in parts.items()} | table
        for word in table.keys() - labels.keys():
            table[word] |= _begun(word, table[word], labels, parts)
        table.pop("", None)
        return table

    def _parts(self) -> dict[str, set[str]]:
        """The parts of the labels, with the options they are a part of."""
        parts: dict[str, set[str]] = {}
        for option in self.options:
            for part in _PARTS.split(clean(option.label, keep_spaces=True)):
                parts.setdefault(tidy(part).removeprefix("或"), set()).add(option.id)
        return parts

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any word of two or more characters, the longest first."""
        found = (word for word in self.table if len(word) > 1 and word not in _only_whole())
        long = sorted(found, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, long)) or r"(?!)")

    def exact(self, text: str) -> str | None:
        """The one option of which the tidy text is a word."""
        ids = self.table.get(text, set())
        if not ids and "没" in text:
            ids = self.denials.get(_denial(text), set())
        return next(iter(ids)) if len(ids) == 1 else None

    @cached_property
    def denials(self) -> dict[str, set[str]]:
        """The words that deny, in their shortest form: 没有证, 没什么证 → 没证."""
        denials: dict[str, set[str]] = {}
        for word, ids in self.table.items():
            if _DENIAL.search(word):
                denials.setdefault(_denial(word), set()).update(ids)
        return denials

    def none_of(self, text: str) -> set[str]:
        """The option meant by a word of denial: its own, else the one that 没有 stands for, where
        that is one and the text says 没 too (啥都没有)."""
        if text in self.table:
            return self.table[text]
        ids = set().union(
            *(self.table[word] for word in words("choice.none") if word in self.table)
        )
        return ids if len(ids) == 1 and "没" in text else set()

    def scan(self, text: str) -> tuple[list[Word], str]:
        """The words found in a tidy text, and the text without them.

        A word that is mere company elsewhere (办了) counts only where no other is found.
        """
        if (ids := self.table.get(text)) is not None:
            return [Word(text, ids)], ""
        named = [match[0] for match in self.pattern.finditer(text)]
        telling = [word for word in named if not any_of("choice.around").fullmatch(word)]
        found = [Word(word, self.table[word]) for word in telling or named]
        return found, self.pattern.sub(" ", text)

    def sounding(self, text: str) -> set[str]:
        """The options one of whose words sounds like the text (大转 for 大专), character by
        character, where nothing decisive was typed."""
        if len(text) < _SOUNDS_FROM:
            return set()
        if text.isascii() and text.isalpha():
            return self.spellings.get(text, set())
        alike = self.alike.get(tuple(sounds(text)), ())
        return set().union(*(self.table[word] for word in alike if not _decided(text, word)))

    @cached_property
    def alike(self) -> dict[tuple[str, ...], list[str]]:
        """The words by how they sound."""
        words: dict[tuple[str, ...], list[str]] = {}
        for word in self.table:
            words.setdefault(tuple(sounds(word)), []).append(word)
        return words

    @cached_property
    def spellings(self) -> dict[str, set[str]]:
        """Every word as it is typed without an input method: dazhuan, meiyou; not a character that
        is decisive by itself (shi may be 市, and 是)."""
        spelled: dict[str, set[str]] = {}
        for word, ids in self.table.items():
            if word not in _DECISIVE:
                spelled.setdefault(spelling(word), set()).update(ids)
        return spelled

    def in_order(self, ids: set[str]) -> tuple[str, ...]:
        """The ids in the order in which they are offered."""
        return tuple(option.id for option in self.options if option.id in ids)

    def close(self, text: str) -> set[str]:
        """The options one of whose longer words is the text but for one harmless slip."""
        alike = range(max(_CLOSE_FROM, len(text) - 1), len(text) + 2)
        near = (word for length in alike for word in self.by_length.get(length, ()))
        return set().union(*(self.table[word] for word in near if _one_slip(text, word)))

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        """The words by how many characters they have."""
        words: dict[int, list[str]] = {}
        for word in self.table:
            words.setdefault(len(word), []).append(word)
        return words


def _begun(
    word: str, own: set[str], labels: dict[str, set[str]], parts: dict[str, set[str]]
) -> set[str]:
    """The options whose names begin with a word of another (中级: 中级职称), unless its own label
    begins with it too (专项能力)."""
    named = [ids for label, ids in labels.items() if label.startswith(word)]
    if len(word) < 2 or any(ids & own for ids in named):
        return set()
    return set().union(*named, *(ids for part, ids in parts.items() if part.startswith(word)))


@cache
def _only_whole() -> frozenset[str]:
    return frozenset(words("choice.only_whole"))


def _denial(text: str) -> str:
    text = _DENIED_BEHIND.sub(r"没\1", text)  # 啥证也没有
    return _DENIAL.sub("没", text).removesuffix("过")


def _decided(text: str, word: str) -> bool:
    """Whether one of the characters typed otherwise is decisive (十级 is not 四级)."""
    return any(
        typed in _DECISIVE for typed, meant in zip(text, word, strict=True) if typed != meant
    )


@cache
def _plain(word: str) -> str:
    return tidy(clean(word))


def _one_slip(text: str, word: str) -> bool:
    """Whether one character was mistyped, added or left out."""
    start = 0
    while start < min(len(text), len(word)) and text[start] == word[start]:
        start += 1
    for left, right in ((1, 1), (1, 0), (0, 1)):
        if text[start + left :] == word[start + right :]:
            return not _DECISIVE & {*text[start : start + left], *word[start : start + right]}
    return False
