"""Days and times that stand anywhere in a message, as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dialogs.language.recognisers.numerals import read
from dialogs.language.text import clean

_NUMBER = r"(?:[1-3]?\d|[一二三四五六七八九十]{1,3}|两)"
_EDGE = r"(?<![\d.:点/-])"
_PART = "(?:早上|早晨|清早|上午|中午|下午|傍晚|晚上)"
_MORE = "(?<![早晚快慢多少有差好大小])"  # 晚一点 is no one o'clock
_HOUR = rf"(?:\d{{1,2}}|二?十[一二三四五六七八九]?|{_MORE}一|[二三四五六七八九两])"
"""九 alone: 周三九点 is no 39."""
_MINUTE = r"(?:[0-5]?\d|[一二三四五六七八九十]{1,3}|两)"
_CLOCK = rf"{_HOUR}(?:点钟?|时(?!间|候)|:)(?:半|一刻|三刻|{_MINUTE}分?)?"
_WEEK_WORD = r"(?:周|星期|礼拜|(?<!礼)拜)"

_DAY = re.compile(
    rf"""
    (?P<iso>{_EDGE}20\d\d[-/年]\d{{1,2}}[-/月]\d{{1,2}}[日号]?)
    |(?P<month_day>{_EDGE}{_NUMBER}(?:月|[-./]){_NUMBER}(?![\d点:-])[日号]?)
    |(?P<next_month>下个?月(?:的)?{_NUMBER}[日号])
    |(?P<pair>{_EDGE}{_NUMBER}[日号]?[、,或和到至-]{_NUMBER}[日号](?!窗口|楼|线|门|机))
    |(?P<day>{_EDGE}(?:这个月|本月)?{_NUMBER}[日号](?!窗口|楼|线|门|机))
    |(?P<weekday>(?:下+个?|这个?|本)?{_WEEK_WORD}(?:[一二三四五六日天末]|[1-7](?!\d)))
    |(?P<ahead>{_NUMBER}天(?:以后|之后|后))
    |(?P<relative>大后[天日]|[今明后](?:[天日朝个]|儿个?|(?=[早晚])))
    """,
    re.VERBOSE,
)
_WEEK = re.compile(
    rf"(?P<later>下+个?|这个?|本){_WEEK_WORD}(?![一二三四五六日天末\d])"
    rf"|(?P<month>{_NUMBER}月(?:份|初)|下个?月(?:份|初)?)(?!{_NUMBER}[日号])|(?P<end>月底)"
)
_LOOSE = re.compile(rf"{_WEEK_WORD}.")
_BESIDE_A_DATE = 2
"""Characters between a date and its weekday: 12月11日（周五）."""
_OPEN = re.compile("^(?:以|之)?[前后](?!面|边|天)")
_TIME = re.compile(
    rf"""
    (?P<part>{_PART}|(?<=[天日个朝儿一二三四五六末\d号今明后])[早晚](?![点一些]?[点些]|上|晨))?
    (?:(?<=[午上晨晚])[,，](?={_CLOCK}))?
    (?P<clock>{_CLOCK})?
    (?P<about>[-~到至]{_CLOCK})?
    (?P<open>钟?(?:(?:以?后|之后|过后)头?|(?:以?前|之前)头?|多|多钟))?
    """,
    re.VERBOSE,
)
_FIRST = re.compile(
    "(?<!离我)(?<!离)最近(?!的?(?:窗口|地方|站|点|街道|乡|镇))|最[早快先]|越[早快]越好|尽[快早]"
    "|随便|随时|都可以|都行|都好|无所谓|[早快]一?[点些](?!钟)"
)
_REFUSED = re.compile(
    "^(?:[^,。;!?、]{0,6})(?:没空|没有空(?!位)|没时间|没得空|不得空|(?<!行)不行|不方便|(?<!可)不可以"
    "|(?:要|得)上班|走不开|有事|(?:有点|太|有些)[早晚赶急]|[早晚]了|来不及|赶不上|起不来|(?<!能)去不[了成]|来不[了成]|(?<!能)不能)"
)
_NOT = re.compile("(?:不是|不要|不在|别约)$")
"""Before a day or a time: 不是明天，是周三."""
_TO = re.compile("(?:改|换|挪|推迟?|提前|延|调)(?:到|成|在|去|为)?")
_AFTER_THE_HOUR = re.compile("点钟?|时|:")
_FIGURES = re.compile(r"\d+")
_NUMBERS = re.compile(_NUMBER)
_DIALECT = {"早": "早上", "晚": "晚上"}
_PARTS = {"早": "am", "清": "am", "上": "am", "中": "pm", "下": "pm", "傍": "pm", "晚": "pm"}
_RELATIVE = {"今": 0, "明": 1, "后": 2, "大": 3}
_WEEKDAYS = "一二三四五六日"
_SATURDAY = 5
MARK = "#"
"""Stands for a day or a time in what is left of a text."""
_NOON, _OPENS = 12, 7
_END = "25号"
"""月底 begins so."""
_FAR = 60
"""Days ahead, beyond which no day is looked for: a month and day may be told of anything else."""


@dataclass(frozen=True, slots=True)
class When:
    """When a message would have it. `at` is the time of the day as it was said; `week` the first
    day of the week to look at, or the first of several days; `first`: as early as can be. `loose`:
    the day is named by its weekday alone (周五), which may be one of another week. `rest` is the
    text with # for each of these."""

    day: date | None = None
    at: str = ""
    week: date | None = None
    first: bool = False
    loose: bool = False
    rest: str = ""


@lru_cache(16)  # each of those who hear a message looks for times in it
def read_when(text: str, today: date) -> When:
    """The day and the time that stand in `text`, those left out that do not suit the person.

    >>> monday = date(2026, 11, 23)
    >>> said = "周三没空，我下周二上午九点半左右去"
    >>> when = read_when(said, monday)
    >>> str(when.day), when.at, when.rest
    ('2026-12-01', '上午九点半', '#没空,我##左右去')
    >>> str(read_when("25号或者26号", monday).week), read_when("三年半", monday).day
    ('2026-11-25', None)
    """
    said = clean(text).replace(" ", "")
    days = list(_DAY.finditer(said))
    suiting = _suiting(said, _dated(days))
    meant = list(dict.fromkeys(day for one in suiting for day in _meant(one, today)))
    weeks = list(_WEEK.finditer(said))
    time_said = _time(said)
    spans = [found.span() for found in (*days, *weeks, *([time_said] if time_said else []))]
    opened = next((one[0] for found in days if (one := _OPEN.match(said[found.end() :]))), "")
    several = len(meant) > 1 or opened.endswith("后")
    week = min(meant) if several and meant else None
    if not meant and weeks:
        week = _first_of(weeks[0], today)
    return When(
        day=meant[0] if len(meant) == 1 and not opened else None,
        at=_as_said(time_said) + _clock_apart(said, time_said),
        week=week,
        first=bool(_FIRST.search(said)),
        loose=len(suiting) == 1 and bool(_LOOSE.fullmatch(suiting[0][0])),
        rest=_without(said, spans),
    )


def find_day(text: str, days: Iterable[date], today: date) -> date | None:
    """The day on offer that `text` names; None when it names none of them, or more than one.

    >>> offered = [date(2026, 11, 25), date(2026, 11, 30)]
    >>> [str(find_day(said, offered, date(2026, 11, 23))) for said in ("后天", "下周一", "25号")]
    ['2026-11-25', '2026-11-30', '2026-11-25']
    """
    named = read_when(text, today).day
    return named if named and named in days else None


def find_time(text: str, times: Iterable[datetime]) -> datetime | None:
    """The start on offer that `text` names. Without 上午 or 下午, two o'clock is in the afternoon
    if only that is on offer.

    >>> at = datetime(2026, 11, 25, 14, 30)
    >>> [find_time(said, [at]) == at for said in ("两点半", "下午2:30", "14:30", "3点")]
    [True, True, True, False]
    """
    found = _time(clean(text).replace(" ", ""))
    if found is None or not found["clock"] or found["open"]:
        return None
    hour, minute = _clock(found["clock"])
    part = _PARTS.get((found["part"] or "")[:1])
    if part == "pm" and hour < _NOON and not (found["part"] == "中午" and hour > _NOON - 2):
        hour += _NOON
    exact = {(hour, minute)}
    if part is None and hour < _NOON:
        exact.add((hour + _NOON, minute))
    on_offer = [start for start in times if (start.hour, start.minute) in exact]
    return on_offer[0] if len(on_offer) == 1 else None


def half_of_day(text: str) -> str:
    """ "am" or "pm" if `text` names a part of the day without a certain time, else empty.

    >>> half_of_day("下午吧"), half_of_day("下午两点"), half_of_day("两点以后")
    ('pm', '', 'pm')
    """
    found = _time(clean(text).replace(" ", ""))
    if found is None or (found["clock"] and not found["open"]):
        return ""
    if found["part"]:
        return _PARTS[found["part"][0]]
    hour, _ = _clock(found["clock"])
    before = "前" in found["open"]
    return "am" if _OPENS <= hour < _NOON or (hour == _NOON and before) else "pm"


def suits(text: str, start: datetime) -> bool:
    """Whether a start is not before 四点以后, nor after 四点以前, where `text` names such a time.

    >>> at = datetime(2026, 11, 25, 15, 30)
    >>> [suits(said, at) for said in ("下午4点后头", "3点以后", "四点前", "下午")]
    [False, True, True, True]
    """
    found = _time(clean(text).replace(" ", ""))
    if found is None or not (found["clock"] and found["open"]):
        return True
    hour, minute = _clock(found["clock"])
    if half_of_day(text) == "pm" and hour < _NOON:
        hour += _NOON
    before = (start.hour, start.minute) < (hour, minute)
    return before if "前" in found["open"] else not before


def clock(text: str) -> time:
    """The time in a choice's key.

    >>> clock("0930")
    datetime.time(9, 30)
    """
    return time(int(text[:2]), int(text[2:]))


def _suiting(said: str, days: list[re.Match[str]]) -> list[re.Match[str]]:
    """The days that are wanted: not what does not suit, nor what an appointment is moved from."""
    target = _TO.search(said)
    if target and (moved := [found for found in days if found.start() >= target.end()]):
        days = moved  # 周四改到周五
    days = [found for found in days if not _NOT.search(said[: found.start()])] or days
    days = [found for found in days if not _refused(said[found.end() :])]
    whole = [found for found in days if not _refused_in_part(said[found.end() :])]
    return whole or days


def _dated(days: list[re.Match[str]]) -> list[re.Match[str]]:
    """The days named, without the weekday beside a date (12月11日周五): it names the same day."""
    dates = [one.span() for one in days if one.lastgroup in ("iso", "month_day", "day")]
    return [
        one
        for one in days
        if one.lastgroup != "weekday"
        or not any(
            0 <= one.start() - end < _BESIDE_A_DATE or 0 <= start - one.end() < _BESIDE_A_DATE
            for start, end in dates
        )
    ]


def in_week_of(named: date, other: date, today: date) -> date:
    """The day of the same weekday in the week of another one, where that is still to come.

    >>> friday, thursday = date(2026, 12, 4), date(2026, 12, 10)
    >>> str(in_week_of(friday, thursday, date(2026, 12, 1)))
    '2026-12-11'
    """
    day = other + timedelta(days=named.weekday() - other.weekday())
    return day if day > today else named


def _refused(after: str) -> bool:
    return bool(_REFUSED.match(after)) and not _refused_in_part(after)


def _refused_in_part(after: str) -> bool:
    """周三上午没空 leaves the rest of that day, unless another one is named."""
    found = _TIME.match(after)
    return bool(found and found.end() and _REFUSED.match(after[found.end() :]))


def _time(said: str) -> re.Match[str] | None:
    """The time of the day that suits; an end (9点到10点) goes with its beginning."""
    times = [found for found in _TIME.finditer(said) if found["part"] or found["clock"]]
    target = _TO.search(said)
    if target and (moved := [one for one in times if one.start() >= target.end()]):
        times = moved  # 周四下午有事，改到周五上午
    times = [one for one in times if not _NOT.search(said[: one.start()])] or times
    return next((one for one in times if not _REFUSED.match(said[one.end() :])), None)


def _clock_apart(said: str, found: re.Match[str] | None) -> str:
    """The clock behind a part of the day that stands apart: 后天下午，还是岩头，三点."""
    if found is None or found["clock"] or found["open"]:
        return ""
    behind = [one for one in _TIME.finditer(said, found.end()) if one["clock"] or one["part"]]
    clocks = [one for one in behind if one["clock"] and not (one["part"] or one["open"])]
    return str(clocks[0]["clock"]) if len(behind) == len(clocks) == 1 else ""


def _as_said(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    part = found["part"] or ""
    return _DIALECT.get(part, part) + (found["clock"] or "") + (found["open"] or "")


def _without(said: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        said = said[:start] + MARK + said[end:]
    return said


def _meant(found: re.Match[str], today: date) -> list[date]:
    """The next days that are called so, as far as there are some within reach."""
    kind, said = found.lastgroup or "", found[0]
    texts = [f"{number}号" for number in _numbers(said)] if kind == "pair" else [said]
    return [day for text in texts if (day := _next(_DAYS[kind], text, today))]


def _next(called: Callable[[str, date], date], said: str, today: date) -> date | None:
    try:
        day = called(said, today)
    except ValueError:
        return None
    return day if 0 <= (day - today).days < _FAR else None


def _weekday(said: str, today: date) -> date:
    later, name = said.count("下"), said[-1]
    wanted = _SATURDAY if name == "末" else _WEEKDAYS.find(name.replace("天", "日"))
    wanted = wanted if wanted >= 0 else int(name) - 1
    monday = today - timedelta(days=today.weekday())
    if later or said[0] in "这本":
        return monday + timedelta(weeks=later, days=wanted)
    # 周一, said on a Monday, is the next one: who means today says so.
    return today + timedelta(days=(wanted - today.weekday()) % 7 or 7)


def _iso(said: str, today: date) -> date:
    del today
    return date(*map(int, _FIGURES.findall(said)))


def _month_day(said: str, today: date) -> date:
    month, day = _numbers(said)
    day_said = date(today.year, month, day)
    return day_said if day_said >= today else date(today.year + 1, month, day)


def _next_month(said: str, today: date) -> date:
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(day=_numbers(said)[0])


def _day_of_month(said: str, today: date) -> date:
    number = _numbers(said)[0]
    ahead = (today + timedelta(days=n) for n in range(_FAR))
    named = next((day for day in ahead if day.day == number), None)
    if named is None:
        raise ValueError(said)
    return named


_DAYS: dict[str, Callable[[str, date], date]] = {
    "iso": _iso,
    "month_day": _month_day,
    "next_month": _next_month,
    "day": _day_of_month,
    "pair": _day_of_month,
    "weekday": _weekday,
    "ahead": lambda said, today: today + timedelta(days=_numbers(said)[0]),
    "relative": lambda said, today: today + timedelta(days=_RELATIVE[said[0]]),
}


def _first_of(found: re.Match[str], today: date) -> date | None:
    """The first day of a week or a month."""
    if found["later"]:
        return today + timedelta(weeks=found["later"].count("下"), days=-today.weekday())
    if found["end"]:
        return _next(_day_of_month, _END, today)
    month = _numbers(found["month"])
    text = f"{month[0]}月1日" if month else "下月1号"
    return _next(_month_day if month else _next_month, text, today)


def _numbers(said: str) -> list[int]:
    return [_value(number) for number in _NUMBERS.findall(said)]


def _clock(said: str) -> tuple[int, int]:
    hours, minutes = _AFTER_THE_HOUR.split(said, maxsplit=1)
    fixed = {"": 0, "半": 30, "一刻": 15, "三刻": 45}
    return _value(hours), fixed[minutes] if minutes in fixed else _value(minutes.rstrip("分"))


def _value(numerals: str) -> int:
    number = read(numerals)
    return -1 if number is None else int(number)
