"""So much each time, over so long: 每月两百，交了三年."""

import re
from datetime import date
from fractions import Fraction
from functools import cache

from dialogs.language.lexicon import alternation
from dialogs.language.outcome import Kind, Understood
from dialogs.language.recognisers.durations import read_duration
from dialogs.language.recognisers.numerals import NUMBER, START, read

_MONTHS = {
    "月": Fraction(1),
    "年": Fraction(12),
    "季度": Fraction(3),
    "学期": Fraction(6),
    "半年": Fraction(6),
}
_DONE = "[都就给交缴捐存献去做参加扣要是有能固定大概了一]{0,12}?"
_UNITS = {"yuan": "units.yuan", "count": "units.count", "months": ""}
_TIMES = re.compile(rf"{START}({NUMBER})(?:次|回|趟)")


def product(kind: Kind, text: str, today: date) -> int | None:
    """What a rate comes to over the time that is told beside it; None where a text tells no rate,
    or not for how long.

    >>> day = date(2026, 11, 28)
    >>> product("yuan", "每月两百交了三年", day), product("count", "一年两次,献了三年", day)
    (7200, 6)
    >>> product("yuan", "捐了两百", day), product("months", "每年交六个月,交了三年", day)
    (None, 18)
    """
    rate = rate_in(kind, text)
    if rate is None:
        return None
    each = read(rate["n"])
    rest = f"{text[: rate.start()]},{text[rate.end() :]}"
    once = rate["per"] in ("次", "回")
    times = _times(rest) if once else _periods(rest, rate["per"], today)
    if each is None or times is None:
        return None
    total = each * times
    return int(total) if total.denominator == 1 else None


def rate_in(kind: Kind, text: str) -> re.Match[str] | None:
    """Where a text tells how much it was each time: no figure in it is the whole."""
    return _rate(kind).search(text) if kind in _UNITS else None


@cache
def _rate(kind: Kind) -> re.Pattern[str]:
    """Without its unit a figure is yuan, where yuan are asked for."""
    unit = alternation(_UNITS[kind]) if _UNITS[kind] else "个?月"
    unit = f"{unit}?" if kind == "yuan" else unit
    return re.compile(
        rf"(?:每一?个?|(?<![\d一二两三四五六七八九十了过])一个?(?![次回]))(?P<per>半年|月|年|季度|学期|次|回|周|星期|礼拜|天)"
        rf"(?![零又半]){_so_long(kind)}{_DONE}(?P<n>{NUMBER}){unit}(?![年月个天])"
    )


def _so_long(kind: Kind) -> str:
    """一年两个月 is so long, and 每年两个月 a rate."""
    return r"(?:(?<=每年)|(?![\d一二两三四五六七八九十]))" if kind == "months" else ""


def _periods(text: str, per: str, today: date) -> Fraction | None:
    lasted = read_duration("months", text, today)
    months = lasted.value if isinstance(lasted, Understood) else 0
    return months / _MONTHS[per] if isinstance(months, int) and months and per in _MONTHS else None


def _times(text: str) -> Fraction | None:
    told = {read(match[1]) for match in _TIMES.finditer(text)}
    return told.pop() if len(told) == 1 else None
