"""Stretches of time: 三年半, 2年3个月, 俩月, 2019年3月到现在, in complete units."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from dialogs.language.lexicon import alternation, maximum
from dialogs.language.outcome import Refused, Understood, Value, Why
from dialogs.language.recognisers.amounts import (
    mask,
    mask_words,
    nothing_counted,
    settle,
    without_tally,
)
from dialogs.language.recognisers.dates_in_text import Moment, find_moments
from dialogs.language.recognisers.lunar import since_lunar
from dialogs.language.recognisers.numerals import NUMBER, START, either, read
from dialogs.language.recognisers.quantity import Quantity
from dialogs.language.recognisers.spans import Span, complete_months, find_spans

_OVER_A_YEAR = r"1[2-9]|[2-9]\d|\d{3}|十[二三四五六七八九]|[二三四五六七八九]十|.百"
"""Months that do not go with the years before them, but tell the same again: 4年 48个月."""
_YEARS = (
    rf"{START}(?P<y>{NUMBER})(?:(?<=十)来|个?(?:整|周))?[年载](?P<yh>半)?整?"
    rf"(?:(?:又|加上|外加|加|和|外|,(?=零)|\+)?零?(?!{_OVER_A_YEAR})(?:(?P<m>{NUMBER})(?P<ge>个)?(?P<mh>半)?月|(?P<hm>半个月))整?)?"
    rf"(?:[零又]?{NUMBER}(?:天|日|个?星期|周))?"
)
_MONTHS = rf"{START}(?P<m2>{NUMBER})(?P<ge2>个)?(?P<mh2>半)?月整?(?:[零又]?{NUMBER}天)?"
DURATION = re.compile(
    rf"{_YEARS}|(?P<h>半)年|{_MONTHS}|(?P<gh>个半月)|(?P<hm2>半个?月)"
    rf"|{START}(?P<d>{NUMBER})(?P<du>天|个?星期|个?礼拜|周|个?季度)"
)
_OTHER = re.compile(
    rf"(?P<n>{NUMBER})(?P<u>{alternation('units.count', 'units.yuan', 'units.other')})?"
)
_BACK_THEN = re.compile("(?:(?:回|过|出)来)?(?:又|再|接着)?[交缴住租]?了?")
_SOME_DAYS = re.compile(r"(?<=[年月整])[零又]?几天")
"""Complete months do not hang on them."""
_SOME_YEARS = re.compile("来个?年")
_OR = re.compile(r"-|~|至|到|或者?|还是|、|,|\+|加")
_EITHER_YEAR = re.compile("[,、]?(?:或者?|还是|要么)?(?:是|就是)?")
_DAYS = {"天": 1, "星期": 7, "礼拜": 7, "周": 7}

_LASTING = re.compile(r"(?<![说讲填写报])[了满有共已足待过]$")
_RECENT, _RECENT_MONTH = 10, 20
"""19年 may mean 19 years or since 2019 as long as the year lies at most this many years back; with
a month that is no 个月 (14年三月) twice as many."""


_AND_MORE = re.compile(
    r"(?<=[\d一两三四五六七八九十]年)(?:多|出头|有余|零?几个月)(?:一?[点些])?"
    r"(?=$|[,，。;! 了吧的啊嘛咯呢呀哦嘞])"
)
"""租了五年多: of full years, five."""
_SINCE = re.compile("从|起|月|(?:19|20)?\\d\\d年[^,，。]{0,8}(?:到现在|至今)")


def read_duration(
    kind: Literal["months", "years"], text: str, today: date, year: int | None = None
) -> Understood[Value] | Refused:
    """Months or complete years from a cleaned text; a bare number is in the unit asked for.

    `year`: the year said before; a bare month then tells the beginning (2019, 三月 → since
    March 2019).
    """
    per_unit = 12 if kind == "years" else 1
    if kind == "years" and not _SINCE.search(text):  # beside a beginning, the figure says it again
        text = _AND_MORE.sub("", text)
    begins = [complete_months(day, today) // per_unit for day in since_lunar(text, today, year)]
    if begins and max(begins) <= maximum(kind):
        return Refused("vague", tuple(dict.fromkeys(begins)), said=text)
    if year is not None and (month := bare_month(_without_year(text, year))):
        text = f"从{year}年{month}月"
    outcome = _read(kind, _SOME_DAYS.sub("", without_tally(text)), today, per_unit)
    if isinstance(outcome, Understood) or outcome.why != "ambiguous":
        return outcome
    most = maximum(kind)
    likely = tuple(value for value in outcome.choices if isinstance(value, int) and value <= most)
    if len(likely) > 1:
        return replace(outcome, choices=likely)
    return replace(outcome, why="vague", choices=tuple(filter(None, likely)))


def _read(
    kind: Literal["months", "years"], text: str, today: date, per_unit: int
) -> Understood[Value] | Refused:
    moments = find_moments(text, today)
    spans = find_spans(text, moments, today)
    if year_told := _told_with_its_length(text, spans):
        return _read(kind, text[: year_told.start] + text[year_told.end :], today, per_unit)
    if refused := _uncertain(spans, per_unit) or _loose(text, moments, spans, today, per_unit):
        return refused
    found = [Quantity(one.start, one.end, Fraction(one.low, per_unit)) for one in spans]
    when = [Quantity(one.start, one.end, None) for one in moments if _is_when(text, one)]
    masked = mask(mask_words(text), found + when)
    found += [_quantity(match, per_unit, masked, today) for match in DURATION.finditer(masked)]
    found += _others(mask(masked, found), per_unit, alone=not found)
    if either_way := _length_or_beginning(text, moments, found, today, per_unit):
        return either_way
    if found:
        return settle(kind, text, _sharing_units(text, found, per_unit))
    return nothing_counted(text)


_TILL_NOW = re.compile("[到至]现在|至今")
_LOOSELY = ("多", "来", "几", "出头", "左右", "不到")


def _told_with_its_length(text: str, spans: Sequence[Span]) -> Span | None:
    """今年才开始交的 11个月: the year since when, where a length that fits is told beside it."""
    if len(spans) != 1 or not spans[0].year or _TILL_NOW.search(text):
        return None
    since = spans[0]
    beside = (text[: since.start], text[since.end :])
    lengths = [one for part in beside for one in DURATION.finditer(part) if one["ge2"] or one["y"]]
    if len(lengths) != 1 or lengths[0].string.startswith(_LOOSELY, lengths[0].end()):
        return None
    length = lengths[0]
    months = _years(length) if length["y"] else _sum(length["m2"], 1, None, Fraction(0))
    return since if months is not None and since.low <= months <= since.high + 1 else None


def _length_or_beginning(
    text: str, moments: Sequence[Moment], found: list[Quantity], today: date, per_unit: int
) -> Refused | None:
    """19年: so long, or since then; 23年9月 is since then, or it would be 9个月."""
    if len(found) != 1 or len(moments) != 1 or found[0].fault != "ambiguous":
        return None
    (moment,), value = moments, found[0].value
    if not moment.short or (moment.start, moment.end) != (found[0].start, found[0].end):
        return None
    said, day = text[moment.start : moment.end], moment.first_day()
    if moment.month is None or day is None:
        length = () if value is None else (int(value),)
        return Refused("vague", length, said=said, year=moment.year)
    since = complete_months(day, today) // per_unit
    length = () if value is None or today.year - moment.year <= _RECENT else (int(value),)
    return Refused("vague", (since, *length), said=said)


def _sharing_units(text: str, found: list[Quantity], per_unit: int) -> list[Quantity]:
    """3-4年: the first number has the unit of the second, which matters for what is offered."""
    found = sorted(found, key=lambda one: one.start)
    for place, (one, other) in enumerate(pairwise(found)):
        joined = one.bare and _OR.fullmatch(text, one.end, other.start)
        if joined and one.value is not None and "年" in text[other.start : other.end]:
            found[place] = replace(one, value=one.value * 12 / per_unit)
    return found


def _without_year(text: str, year: int) -> str:
    """The text without the year that is known already, where it begins with it.

    >>> _without_year("19年3月", 2019), _without_year("3月", 2019)
    ('3月', '3月')
    """
    return re.sub(rf"^[是就,在]*(?:{year}|{year % 100:02d})年", "", text)


def bare_month(text: str) -> int | None:
    """The month that is all a text says.

    >>> bare_month("三月份吧"), bare_month("三月初")
    (3, None)
    """
    match = re.fullmatch(rf"[是就,在]*({NUMBER})月?份?[吧的了。]*", text)
    value = read(match[1]) if match else None
    return int(value) if value is not None and 1 <= value <= 12 else None


def _uncertain(spans: list[Span], per_unit: int) -> Refused | None:
    """The reason why a span has no certain length, if there is one."""
    for span in spans:
        if span.fault:
            return Refused(span.fault, said=span.said)
        low, high = span.low // per_unit, span.high // per_unit
        if low != high and span.year:
            return Refused("month_missing", said=span.said, year=span.year)
        if low != high:
            return Refused("ambiguous", (low, high) if high - low == 1 else (), said=span.said)
    return None


def _loose(
    text: str, moments: Sequence[Moment], spans: list[Span], today: date, per_unit: int
) -> Refused | None:
    """A bare 2019年3月: most likely the beginning, but that was not said."""
    for moment in moments:
        inside = any(span.start <= moment.start < span.end for span in spans)
        beside = moment.month is None and bool(spans)  # 那年2015年进的厂，16年3月开始交到现在
        if inside or moment.short or beside or _is_when(text, moment):
            continue
        said, day = text[moment.start : moment.end], moment.first_day()
        if moment.month is None:
            year = _later_of_two(text, moment, moments)
            return Refused("month_missing", said=said, year=year)
        if day is None:
            return Refused("impossible_date", said=said)
        if day > today:
            return Refused("future", said=said)
        return Refused("ambiguous", (complete_months(day, today) // per_unit,), said=said)
    return None


def _later_of_two(text: str, first: Moment, moments: Sequence[Moment]) -> int:
    """07年还是08年: the later one, since which it is so in either case."""
    others = (one for one in moments if one.month is None and one.start >= first.end)
    joined = (one for one in others if _EITHER_YEAR.fullmatch(text, first.end, one.start))
    return max([first.year, *(one.year for one in joined)])


def _is_when(text: str, moment: Moment) -> bool:
    """去年|一年，今年|十个月; 22年回来又交了|三年: when it was, right before how long. 15年两个月
    is one length."""
    length = DURATION.match(text, moment.start)
    if moment.short and length and length["m"] and "个" in length[0]:
        return False
    led = _BACK_THEN.match(text, moment.end)
    return moment.month is None and bool(led and DURATION.match(text, led.end()))


def _quantity(match: re.Match[str], per_unit: int, text: str, today: date) -> Quantity:
    start, end = match.span()
    if match["d"]:
        return _from_days(match, per_unit)
    if match["m2"]:
        months = _sum(match["m2"], 1, match["mh2"], Fraction(1, 2))
        month_of_year = not match["ge2"] and match["m2"] != "两" and months and months <= 12
        fault: Why | None = "ambiguous" if month_of_year else None
    elif match["y"]:
        months = _years(match)
        fault = _doubtful_years(match, text, today)
    else:
        months = Fraction(6) if match["h"] else Fraction(3, 2) if match["gh"] else Fraction(1, 2)
        fault = None
    if months is None:
        raw, unit = (match["y"], 12) if match["y"] else (match["m2"], 1)
        pair = tuple(value * unit / per_unit for value in either(raw))
        return Quantity(start, end, None, fault="vague", either=pair)
    return Quantity(start, end, months / per_unit, fault=fault)


def _years(match: re.Match[str]) -> Fraction | None:
    months = _sum(match["y"], 12, match["yh"], Fraction(6))
    more = _sum(match["m"], 1, match["mh"], Fraction(1, 2)) if match["m"] else Fraction(0)
    return None if months is None or more is None else months + more


def _sum(raw: str, unit: int, half: str | None, extra: Fraction) -> Fraction | None:
    value = read(raw)
    return None if value is None else value * unit + (extra if half else 0)


def _doubtful_years(match: re.Match[str], text: str, today: date) -> Why | None:
    """3.2年 may mean 3年2个月; 19年 may mean since 2019."""
    raw = match["y"]
    if "来" in match[0]:
        return "vague"  # 十来年
    value = read(raw)
    if value is not None and (value * 2).denominator != 1:
        return "ambiguous"
    plain = len(raw) == 2 and raw.isdigit() and not match["ge"] and not match["yh"]
    plain = plain and (raw[1] != "0" or bool(match["m"]))  # 20年 is a round number
    back = _RECENT_MONTH if match["m"] and "个" not in match[0] else _RECENT
    recent = plain and today.year - back <= 2000 + int(raw) <= today.year
    if recent and not _LASTING.search(text, 0, match.start()) and text[match.end() :][:1] != "了":
        return "ambiguous"
    return None


def _from_days(match: re.Match[str], per_unit: int) -> Quantity:
    """100天: certain only where no length of the months could change it."""
    value = read(match["d"])
    if value is None:
        return Quantity(*match.span(), None, fault="vague")
    if match["du"].endswith("季度"):
        return Quantity(*match.span(), value * 3 / per_unit)
    days = value * _DAYS[match["du"].removeprefix("个")]
    low, high = days // 31 // per_unit, days // 28 // per_unit
    return Quantity(*match.span(), Fraction(low), fault=None if low == high else "ambiguous")


def _others(text: str, per_unit: int, *, alone: bool) -> list[Quantity]:
    """Bare numbers, and numbers of something else."""
    found = []
    for match in _OTHER.finditer(text):
        value = read(match["n"])
        years = _SOME_YEARS.match(text, match.end())
        if years and value:  # 十来年
            months = value * 12 / per_unit
            found.append(Quantity(match.start(), years.end(), months, fault="vague"))
        elif match["u"]:
            found.append(Quantity(*match.span(), None, fault="ambiguous_unit"))
        elif value is None:
            pair = either(match["n"])
            found.append(Quantity(*match.span(), None, fault="vague", either=pair))
        elif (value.denominator > 1 and per_unit == 1) or not alone:  # 2.5 of years is certain
            found.append(Quantity(*match.span(), value, bare=True, fault="ambiguous_unit"))
        else:
            found.append(Quantity(*match.span(), value, bare=True))
    return found
