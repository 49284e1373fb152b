"""The words by which the options of one question are known."""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from dialogs.answers.clean import clean
from dialogs.answers.lexicon import any_of
from dialogs.answers.outcome import Option

_PARTS = re.compile(r"[,;、()/。\s]+")
_MARKS = re.compile(r"[\s,。;:!、.…()\[\]【】\"'“”‘’《》<>|+*_~-]+")
_DECISIVE = frozenset("零一二三四五六七八九十初中高低上下不没非无未省市县乡国正副男女")
"""One of these swapped changes the meaning: never forgiven as a slip."""
_CLOSE_FROM = 4
"""Shortest word in which one wrong character is forgiven."""


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
    claims them.
    """

    options: tuple[Option, ...]

    @cached_property
    def table(self) -> dict[str, set[str]]:
        """Every word with the options it may stand for."""
        table: dict[str, set[str]] = {}
        for option in self.options:
            for word in (option.label, *option.aliases):
                table.setdefault(_plain(word), set()).add(option.id)
        own = set(table)
        for option in self.options:
            for part in _PARTS.split(clean(option.label, keep_spaces=True)):
                word = tidy(part).removeprefix("或")
                if word and word not in own:
                    table.setdefault(word, set()).add(option.id)
        table.pop("", None)
        return table

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any word of two or more characters, the longest first."""
        long = sorted((word for word in self.table if len(word) > 1), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, long)) or r"(?!)")

    def exact(self, text: str) -> str | None:
        """The one option of which the tidy text is a word."""
        ids = self.table.get(text, set())
        return next(iter(ids)) if len(ids) == 1 else None

    def scan(self, text: str) -> tuple[list[set[str]], str]:
        """The options of each word found in a tidy text, and the text without those words.

        A word that is mere company elsewhere (办了) counts only where no other is found.
        """
        if (ids := self.table.get(text)) is not None:
            return [ids], ""
        named = [match[0] for match in self.pattern.finditer(text)]
        telling = [word for word in named if not any_of("choice.around").fullmatch(word)]
        return [self.table[word] for word in telling or named], self.pattern.sub(" ", text)

    def close(self, text: str) -> set[str]:
        """The options one of whose longer words is the text but for one harmless slip."""
        near = [word for word in self.table if _one_slip(text, word)]
        return set().union(*(self.table[word] for word in near)) if near else set()


@cache
def _plain(word: str) -> str:
    return tidy(clean(word))


def _one_slip(text: str, word: str) -> bool:
    """Whether one character was mistyped, added or left out."""
    if len(word) < _CLOSE_FROM or abs(len(text) - len(word)) > 1:
        return False
    start = 0
    while start < min(len(text), len(word)) and text[start] == word[start]:
        start += 1
    for left, right in ((1, 1), (1, 0), (0, 1)):
        if text[start + left :] == word[start + right :]:
            return not _DECISIVE & {*text[start : start + left], *word[start : start + right]}
    return False
