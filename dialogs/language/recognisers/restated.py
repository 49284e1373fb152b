"""A figure told again: 36个月，也就是三年; 三年多，就是38个月; 三年多，2023年3月交到现在."""

import re
from collections.abc import Sequence
from itertools import pairwise

from dialogs.language.outcome import Kind
from dialogs.language.recognisers.quantity import Quantity

_YEAR = {"months": 12, "years": 1}
_THAT_IS = re.compile(
    r"(?P<more>多一?[点些]?|几个月|出头)?了?"
    r"(?:[,、 ]*(?:也|那|这|刚好|正好|换算|折合|相当|差不多|一共)*"
    r"(?:就?是|等于|即|于|合|=|成)|\()(?:差不多)?"
)
_AND_SINCE = re.compile("(?P<more>多一?[点些]?|几个月|出头)[了的吧]*[,、 ]*(?:我?(?:就|都|也|是)*)")
_PAUSE = re.compile("[嘛了吧呢啊]*[,、 (]+|[嘛吧呢啊]+")
_SINCE = re.compile("[到至起来始记]")
"""Stands in what tells the beginning, and in no length."""
_MORE = re.compile("多一?[点些]?|几个月|出头")


def without_restated(
    kind: Kind, text: str, found: Sequence[Quantity]
) -> tuple[str, Sequence[Quantity]]:
    """The text and its numbers without those that tell another one again, which are masked in
    place."""
    kept = sorted(found, key=lambda one: one.start)
    for one, other in pairwise(list(kept)):
        if (one.bare and other.bare) or one not in kept:
            continue
        if end := _told_again(kind, text, one, other):
            text, kept = _masked(text, one.end, end), [left for left in kept if left != other]
        elif _is_told_exactly(kind, text, one, other):
            text, kept = _masked(text, one.start, other.start), [x for x in kept if x != one]
    return text, kept


def _told_again(kind: Kind, text: str, one: Quantity, other: Quantity) -> int:
    """Where the second figure ends, which tells the first one again; 0 where it does not."""
    that_is = _THAT_IS.fullmatch(text, one.end, other.start)
    if that_is and that_is["more"]:
        return 0
    if more := _MORE.match(text, other.end):
        told = that_is or _is_since(text, one)
        return more.end() if told and _is_rounded(kind, other, one) else 0
    apart = _PAUSE.fullmatch(text, one.end, other.start) and _unit(text, one) != _unit(text, other)
    return other.end if one.value == other.value and (that_is or apart) else 0


def _is_told_exactly(kind: Kind, text: str, one: Quantity, other: Quantity) -> bool:
    """三年多，就是38个月; 三年多了，2023年3月交到现在."""
    told = _THAT_IS.fullmatch(text, one.end, other.start)
    if told is None and _is_since(text, other):
        told = _AND_SINCE.fullmatch(text, one.end, other.start)
    return bool(told and told["more"]) and _is_rounded(kind, one, other)


def _is_since(text: str, figure: Quantity) -> bool:
    return bool(_SINCE.search(text, figure.start, figure.end))


def _unit(text: str, figure: Quantity) -> str:
    return text[figure.end - 1]


def _is_rounded(kind: Kind, rough: Quantity, exact: Quantity) -> bool:
    """Whether so many full years and more may be an exact figure."""
    year = _YEAR.get(kind)
    if year is None or not rough.value or not exact.value or rough.value % year:
        return False
    return rough.value <= exact.value < rough.value + year


def _masked(text: str, start: int, end: int) -> str:
    return text[:start] + "," * (end - start) + text[end:]
