"""Figures in texts of rules and questions: they are places, filled by the values in force."""

import re
from collections.abc import Callable, Iterator

_PLACE = re.compile(r"\{([a-zA-Z][\w.+]*)\}")
BY = "by"
"""The place of who says it, in a reading's label."""

_HAN = "零〇一二两三四五六七八九十百千万半"
_NUMBER = rf"(?:\d[\d,]{{0,15}}(?:\.\d{{1,4}})?\s{{0,2}}[十百千万亿]{{0,2}}|[{_HAN}]{{1,12}})"
_UNIT = "分(?![钟类档别开之为成层])|(?:周)?岁|个月|年|天|元|次|倍|％|%|积分"
_AMOUNT = re.compile(rf"{_NUMBER}\s*(?:{_UNIT})")
_HARMLESS = re.compile(
    r"“[^”]*”|‘[^’]*’"  # what is quoted, or what to type
    r"|(?:比如|例如|譬如)[^。；！？\n]*"  # examples
    r"|(?:19|20)\d\d\s*年(?:度|\s*\d+\s*月(?:\s*\d+\s*日)?)?"  # days
    r"|(?<![\d.])0\s*分"  # nothing
    r"|[每满轻]\s*(?:1|一)\s*(?:年|个月|岁|次)"  # the step of a rate
    r"|一(?=[年天岁次])|两(?=次)|第.{1,2}次|[十充部]分"  # no amounts
)


def places(text: str) -> Iterator[str]:
    """The paths of the figures that a text names, in order.

    >>> list(places("每月 {residence.rate} 分，最高 {residence.cap} 分"))
    ['residence.rate', 'residence.cap']
    """
    return (found[1] for found in _PLACE.finditer(text))


def filled(text: str, value: Callable[[str], str]) -> str:
    """The text with every place filled in by `value(path)`."""
    return _PLACE.sub(lambda found: value(found[1]), text) if "{" in text else text


def amounts(text: str) -> list[str]:
    """What a text states by itself in numbers and a unit, Arabic or Chinese: neither a place, nor
    quoted, an example, a date or a telephone number.

    >>> amounts("每月 0.25 分，满 {let_home.cap} 分为止，比如：3年；五周岁以上")
    ['0.25 分', '五周岁']
    """
    own = _HARMLESS.sub("·", _PLACE.sub("·", text))
    return [found[0].strip() for found in _AMOUNT.finditer(own)]
