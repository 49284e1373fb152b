"""Text as people write it, brought to one form, and its character grams."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml
import zhconv

LONGEST = 200
"""Characters of a message that are read: more is rambling, and a lookup must stay short."""

_OTHER = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_NUMBER = re.compile(r"[0-9]+")


class Writing:
    """The table `normal.yaml` as three passes over a text: slips, one form for one thing, fillers."""

    def __init__(self, table: dict[str, dict[str, object]]) -> None:
        self._slips = _Replacing({str(k): str(v) for k, v in table["slips"].items()})
        same = {word: one for one, words in table["same"].items() for word in _words(words)}
        self._same = _Replacing(same)
        self._fillers = _Replacing(dict.fromkeys(_words(table["filler"]), ""))

    def plain(self, text: str) -> str:
        """Half-width, lower-case, simplified, without punctuation, slips put right."""
        text = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
        return self._slips.apply(_OTHER.sub("", zhconv.convert(text, "zh-hans")))

    def subject(self, text: str) -> str:
        """`plain`, then one form for one thing, numbers as one sign, fillers dropped."""
        text = self._fillers.apply(self._same.apply(self.plain(text)))
        return _NUMBER.sub(_number, text)


class _Replacing:
    """Many replacements in one pass, the longest word first."""

    def __init__(self, table: dict[str, str]) -> None:
        self._table = table
        longest_first = sorted(table, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def apply(self, text: str) -> str:
        return self._pattern.sub(lambda found: self._table[found[0]], text)


def _words(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(word) for word in value]


def _number(found: re.Match[str]) -> str:
    return "零" if int(found[0]) == 0 else "#"


@cache
def writing() -> Writing:
    """The table of the package, read once."""
    return Writing(yaml.safe_load((files("dialogs.faq") / "normal.yaml").read_text("utf-8")))


def grams(text: str) -> list[str]:
    """Characters and pairs of neighbouring characters.

    >>> grams("租房")
    ['租', '房', '租房']
    """
    return [*text, *(text[at : at + 2] for at in range(len(text) - 1))]
