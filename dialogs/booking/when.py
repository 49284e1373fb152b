"""A day or a time among those on offer, as people write it."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from dialogs.language.recognisers.numerals import read
from dialogs.language.text import clean

_NUMBER = r"(\d{1,2}|[一二三四五六七八九十]{1,3}|两)"
_MONTH_DAY = re.compile(rf"^{_NUMBER}(?:月|\.|-|/){_NUMBER}[日号]?$")
_DAY = re.compile(rf"^{_NUMBER}[日号]$")
_WEEKDAY = re.compile(r"^(下*)(?:个)?(?:周|星期|礼拜)([一二三四五六日天1-7])$")
_WEEK = re.compile(r"^(下+)(?:个)?(?:周|星期|礼拜)$")
_ISO = re.compile(r"^20\d\d-\d{1,2}-\d{1,2}$")
_PART = "早上|早晨|上午|中午|下午|晚上"
_HOUR = r"(\d{1,2}|二?十[一二三四五六七八九]?|[一二三四五六七八九两])"  # 周三九点 is no 39
_CLOCK = rf"{_HOUR}(?:点钟?|时|:)(半|一刻|三刻|{_NUMBER}分?)?"
_TIME = re.compile(rf"^({_PART})?{_CLOCK}$")
_DAY_AND_TIME = re.compile(rf"^(.*?)((?:{_PART})?(?:{_CLOCK})?)$")
_PARTS = {"早上": "am", "早晨": "am", "上午": "am", "中午": "pm", "下午": "pm", "晚上": "pm"}
_MOVE = re.compile(
    r"^(?:我|想|要|帮我|请|能不能|可以|还是|那)*(?:改|换|挪|推迟|提前)(?:到|成|在)?(.+?)吗?$"
)
_TAIL = re.compile(
    r"(?:吧|的|可以|行|好了|去|来|那天|呢|吗|有没有|有|还有|[行中成]不[行中成]|可不可以|空位"
    r"|位置|位子)+$"
)
_HEAD = re.compile(
    r"^(?:[,。、;:]|或者|或|和|我想|我要|想|要|就|选|约|那|还是|有没有|还有没有|有|还有)+"
)
_RELATIVE = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_DIALECT = re.compile(r"(?<=[今明后])(?:日|儿个|儿|个|朝)|(?<=[明后])(?=[早晚])")
_PART_ALONE = re.compile(r"(?<=[天\d一二三四五六日])([早晚])(?![上晨])")
_WEEKDAYS = "一二三四五六日"
_NOON = 12
_FAR = 60  # days ahead, beyond which no weekday and no date is looked for


def find_day(text: str, days: Iterable[date], today: date) -> date | None:
    """The day on offer that `text` names; None when it names none of them, or more than one.

    >>> offered = [date(2026, 11, 25), date(2026, 11, 30)]
    >>> [str(find_day(said, offered, date(2026, 11, 23))) for said in ("后天", "下周一", "25号")]
    ['2026-11-25', '2026-11-30', '2026-11-25']
    """
    said = _bare(text)
    found = [day for day in days if _names(said, day, today)]
    return found[0] if len(found) == 1 else None


def find_time(text: str, times: Iterable[datetime]) -> datetime | None:
    """The start on offer that `text` names. Without 上午 or 下午, two o'clock is in the afternoon
    if only that is on offer.

    >>> at = datetime(2026, 11, 25, 14, 30)
    >>> [find_time(said, [at]) == at for said in ("两点半", "下午2:30", "14:30", "3点")]
    [True, True, True, False]
    """
    match = _TIME.match(_bare(text).split("-")[0])
    if match is None:
        return None
    part, hours, minutes, number = match.groups()
    hour, minute = _value(hours), _minute(minutes, number)
    if part in ("下午", "晚上") and hour < _NOON:
        hour += _NOON
    exact = {(hour, minute)}
    if part is None and hour < _NOON:
        exact.add((hour + _NOON, minute))
    found = [start for start in times if (start.hour, start.minute) in exact]
    return found[0] if len(found) == 1 else None


def day_and_time(text: str) -> tuple[str, str]:
    """What `text` says of the day, and what of the time; either may be empty.

    >>> [day_and_time(said) for said in ("后天早上9点半", "下周三下午", "25号", "两点")]
    [('后天', '早上9点半'), ('下周三', '下午'), ('25号', ''), ('', '两点')]
    """
    match = _DAY_AND_TIME.match(_bare(text))
    return (match[1], match[2]) if match else ("", "")


def spoken(text: str, today: date) -> tuple[date | None, str] | None:
    """The next day that `text` names, and what it says of the time; one of them may be open.

    >>> spoken("周五吧", date(2026, 11, 23)), spoken("有没有下周六的", date(2026, 11, 23))
    ((datetime.date(2026, 11, 27), ''), (datetime.date(2026, 12, 5), ''))
    >>> spoken("9点半", date(2026, 11, 23)), spoken("时间", date(2026, 11, 23))
    ((None, '9点半'), None)
    """
    named, at = day_and_time(text)
    if not named:
        return (None, at) if at else None
    ahead = (today + timedelta(days=n) for n in range(_FAR))
    return next(((day, at) for day in ahead if _names(named, day, today)), None)


def find_week(text: str, today: date) -> date | None:
    """The first day of the week that `text` names, where it names just that.

    >>> find_week("下周有吗", date(2026, 11, 25)), find_week("下周三", date(2026, 11, 25))
    (datetime.date(2026, 11, 30), None)
    """
    match = _WEEK.match(_bare(text))
    if match is None:
        return None
    return today + timedelta(weeks=len(match[1]), days=-today.weekday())


def half_of_day(text: str) -> str:
    """ "am" or "pm" if `text` names just that part of the day, else empty.

    >>> half_of_day("下午吧"), half_of_day("下午两点")
    ('pm', '')
    """
    return _PARTS.get(_bare(text), "")


def moved_to(text: str) -> str | None:
    """To when somebody wants to move, where the whole message says just that.

    >>> moved_to("我想改到下周三"), moved_to("改周五吧"), moved_to("下周三")
    ('下周三', '周五吧', None)
    """
    match = _MOVE.match(clean(text).replace(" ", ""))
    return match[1] if match else None


def clock(text: str) -> time:
    """The time in a choice's key.

    >>> clock("0930")
    datetime.time(9, 30)
    """
    return time(int(text[:2]), int(text[2:]))


def _names(said: str, day: date, today: date) -> bool:
    if said in _RELATIVE:
        return day == today + timedelta(days=_RELATIVE[said])
    return any(matches(said, day, today) for matches in _WAYS)


def _as_weekday(said: str, day: date, today: date) -> bool:
    match = _WEEKDAY.match(said)
    if match is None:
        return False
    later, name = match.groups()
    number = _WEEKDAYS.find(name.replace("天", "日"))
    wanted = number if number >= 0 else int(name) - 1
    monday = today - timedelta(days=today.weekday())
    if later:
        return day == monday + timedelta(weeks=len(later), days=wanted)
    ahead = (wanted - today.weekday()) % 7
    return day == today + timedelta(days=ahead)


def _as_month_day(said: str, day: date, today: date) -> bool:
    del today
    match = _MONTH_DAY.match(said)
    return match is not None and (_value(match[1]), _value(match[2])) == (day.month, day.day)


def _as_day(said: str, day: date, today: date) -> bool:
    del today
    match = _DAY.match(said)
    return match is not None and _value(match[1]) == day.day


def _as_iso(said: str, day: date, today: date) -> bool:
    del today
    return bool(_ISO.match(said)) and [*map(int, said.split("-"))] == [day.year, day.month, day.day]


_WAYS: tuple[Callable[[str, date, date], bool], ...] = (
    _as_weekday,
    _as_month_day,
    _as_day,
    _as_iso,
)


def _bare(text: str) -> str:
    said = _DIALECT.sub("天", clean(text).replace(" ", ""))
    said = _PART_ALONE.sub(r"\1上", said)
    return _TAIL.sub("", _HEAD.sub("", said))


def _value(numerals: str) -> int:
    number = read(numerals)
    return -1 if number is None else int(number)


def _minute(words: str | None, number: str | None) -> int:
    fixed = {None: 0, "半": 30, "一刻": 15, "三刻": 45}
    return fixed[words] if words in fixed else _value(number or "")
