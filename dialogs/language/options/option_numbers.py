"""Options named by number: 3, ③, 选3, 第二个; several: 1 3 5, 1、3、5, 135, 第一个和第三个."""

import re
from fractions import Fraction
from functools import cache

from dialogs.language.lexicon import alternation, any_of, patterns
from dialogs.language.outcome import Refused
from dialogs.language.recognisers.numerals import NUMBER, read, spoken_digits

_NUMBER = re.compile(NUMBER)
_RANGE = re.compile(rf"^\s*+({NUMBER})\s*+[到至]\s*+({NUMBER})\s*+")
_DASHED = re.compile(r"^\s*+\d+\s*+[-~]\s*+\d+\s*+")
_TALLY = re.compile(r"(?<=[\d一二三四五六七八九十 ])这?[两二三四五六][个项](?:都有|都是)?[。.!]?$")
"""The closing count of 1和3两个: no number of an option."""
_HAVING = re.compile(r"^我?[只就]有(?=\d[\d\s,、和]*$)|(?<=\d)有")
"""只有6, 4有; not 只有1个, which may count."""
_LONGEST_RUN = 12
_SEPARATORS = re.compile(r"[\s,。;、.+&/|和跟与]+")


@cache
def _single() -> re.Pattern[str]:
    before = alternation("choice.before", "interjection")
    after = alternation("choice.after", "interjection", "polite")
    return re.compile(
        rf"^(?:{before}|[\s,、])*+(?P<n>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})(?:{after}|\s)*+"
    )


def number_named(text: str, options: int) -> int | None:
    """The number that a cleaned text gives and nothing else; it may lie beyond the options."""
    if any_of("choice.last").fullmatch(text.strip(" 。.!")) and options:
        return options
    match = _single().fullmatch(text)
    value = read(match["n"]) if match else None
    return int(value) if value is not None else None


def numbers_named(text: str, options: int) -> list[int] | Refused:
    """The numbers that a cleaned text lists; empty when it is no list of numbers."""
    text = _HAVING.sub("", _others_none().sub("", text))
    listed = _around().sub(" ", _TALLY.sub("", text))
    if ends := _RANGE.fullmatch(listed):
        return _range(read(ends[1]), read(ends[2]), options)
    if listed.count("-") > 1:
        listed = listed.replace("-", " ")
    parts = [part for part in _SEPARATORS.split(listed) if part]
    if any(not _NUMBER.fullmatch(part) for part in parts):
        return Refused("ambiguous") if _DASHED.fullmatch(listed) else []
    numbers: list[int] = []
    for part in parts:
        read_as = _readings(part, options, alone=len(parts) == 1)
        if len(read_as) != 1:
            return Refused("ambiguous" if read_as else "out_of_bounds")
        numbers += read_as[0]
    return numbers


@cache
def _others_none() -> re.Pattern[str]:
    """6有，其他没有: the numbers are all there is."""
    return re.compile(rf"[\s,，、]+{patterns('choice.others_none').pattern}")


@cache
def _around() -> re.Pattern[str]:
    return any_of("interjection", "choice.joiners", "choice.before", "choice.after")


def _range(first: Fraction | None, last: Fraction | None, options: int) -> list[int] | Refused:
    """1到3."""
    if first is None or last is None or not 1 <= first < last <= options:
        return Refused("out_of_bounds")
    return list(range(int(first), int(last) + 1))


def _readings(part: str, options: int, *, alone: bool) -> list[list[int]]:
    """How a run of numerals can be read: as one number, else, when it stands alone or in Chinese
    digits, as several put together (135): rising, as people list them, rather than 13, 5."""
    value = read(part)
    if value is not None and value.denominator == 1 and 1 <= value <= options:
        return [[int(value)]]
    digits = spoken_digits(part)
    if digits is None or not (alone or not part.isascii()):
        return []
    distinct = [split for split in _splits(digits, options) if len(set(split)) == len(split)]
    rising = [split for split in distinct if split == sorted(split)]
    return rising or distinct


def _splits(digits: str, options: int) -> list[list[int]]:
    """All ways to cut digits into numbers of options; none for runs nobody would type."""
    if not digits:
        return [[]]
    if len(digits) > _LONGEST_RUN:
        return []
    heads = (digits[:size] for size in (1, 2) if len(digits) >= size)
    fitting = [head for head in heads if head[0] != "0" and int(head) <= options]
    return [
        [int(head), *rest] for head in fitting for rest in _splits(digits[len(head) :], options)
    ]
