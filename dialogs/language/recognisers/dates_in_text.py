"""Points in the calendar: 2019年3月, 19.3, 九零年五月, 去年五月, 20190301, 上个月."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dialogs.language.lexicon import alternation
from dialogs.language.recognisers.numerals import either, read, spoken_digits

_CN = "零一二三四五六七八九"
_MONTH = rf"(?P<m>\d{{1,2}}|十[一二]?|[{_CN}]{{1,2}}|[正元])月(?:份|的)*"
_DAY = rf"(?:(?P<d>\d{{1,2}}|[{_CN}十]{{1,3}})(?:日|号|(?![\d年月个次天]))(?:那天|当天)?)?"
_PART = rf"(?:(?P<part>{alternation('year_part')})(?![级专技学]|(?<=初)中))?"
"""去年年中, but not 去年|中级, 去年|初中."""
_NO_SIGN = rf"(?<=\d{{4}})(?=[十{_CN}]{{1,2}}月)"
"""1986六月."""

_WRITTEN = re.compile(
    rf"(?<![\d.{_CN}十百])(?P<y>\d{{4}}|\d{{2}}|[{_CN}]{{4}}|[{_CN}]{{2}})(?:年|{_NO_SIGN})(?:的)?(?:{_MONTH}{_DAY}|{_PART}(?![\d中次级专学等]))"
)
_RELATIVE = re.compile(
    rf"(?P<rel>大前年|前年|去年|上年|旧年|今年|本年|明年|后年)(?:的)?(?:{_MONTH}{_DAY}|{_PART})"
)
_NEAR = re.compile(r"(?P<near>上个?月|这个月|本月|今天|昨天|前天)")
_SIGNS = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d|\d{2}(?![、, ]))(?P<s>[./\-、, ])(?P<m>\d{1,2})"
    r"(?:(?P=s)(?P<d>\d{1,2})[日号]?|月)?(?![\d.元块万千百]|个)"
)
_SPACED = re.compile(r"(?<![\d.])(?P<y>\d{2}) (?P<m>\d{1,2}) (?P<d>\d{1,2})(?![\d.])")
"""78 8 15: three numbers are a date, two may be anything."""
_UNFINISHED = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})(?![\d.年月个次天])")
_COMPACT = re.compile(r"(?<!\d)(?P<run>(?:19|20)\d{4}(?:\d\d)?|\d{6})(?!\d|个|次|元|块)")
_YEAR_ONLY = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?![\d.]|个|次|元|块)")

_BEGAN = re.compile("(?:登记|开始)(?:的?时[间候]|日期|的)?(?:的话|是|应该|大概|好像|可能|在|就)+$")
_LENGTHS = ("了", "多", "半", "左右", "以上", "零")

_YEARS_BACK = {
    "大前年": 3,
    "前年": 2,
    "去年": 1,
    "上年": 1,
    "旧年": 1,
    "今年": 0,
    "本年": 0,
    "明年": -1,
    "后年": -2,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in the calendar found at text[start:end]; `month` and `day` are None when not said.

    `short` marks a year of two digits (19年, 19.3), which may also be a duration or a number.
    """

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None
    short: bool = False

    def first_day(self) -> date | None:
        """The day meant, the first of the month where none is said; None when there is no such."""
        try:
            return date(self.year, _or_first(self.month), _or_first(self.day))
        except ValueError:
            return None


def _or_first(number: int | None) -> int:
    return 1 if number is None else number


def full_year(digits: str, today: date) -> int:
    """19 → 2019, 90 → 1990: two digits never point to a coming year."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year <= today.year % 100 else 1900)


@lru_cache(16)  # a length, a date and a story are looked for in the same text
def find_moments(text: str, today: date) -> tuple[Moment, ...]:
    """All points in the calendar that a cleaned text names, in order, without overlap."""
    found: list[Moment] = []
    for moment in _candidates(text, today):
        if all(moment.end <= other.start or moment.start >= other.end for other in found):
            found.append(moment)
    return tuple(sorted(found, key=lambda moment: moment.start))


def _candidates(text: str, today: date) -> Iterator[Moment]:
    """Candidates, the most explicit form first."""
    for match in _WRITTEN.finditer(text):
        yield from _written(match, today)
    for match in _RELATIVE.finditer(text):
        year = today.year - _YEARS_BACK[match["rel"]]
        yield Moment(match.start(), match.end(), year, _whole(match["m"]), _whole(match["d"]))
    for match in _NEAR.finditer(text):
        yield _near(match, today)
    for match in (*_SIGNS.finditer(text), *_SPACED.finditer(text), *_UNFINISHED.finditer(text)):
        yield _numeric(match, today)
    for match in _COMPACT.finditer(text):
        yield _compact(match, today)
    for match in _YEAR_ONLY.finditer(text):
        yield Moment(match.start(), match.end(), int(match["y"]))


def _written(match: re.Match[str], today: date) -> Iterator[Moment]:
    digits = spoken_digits(match["y"])
    if digits is None:
        return
    year, begins = full_year(digits, today), _begins(match) or bool(match["part"])
    short = _short(match["y"]) and not begins
    yield Moment(match.start(), match.end(), year, _whole(match["m"]), _whole(match["d"]), short)


def _short(written: str) -> bool:
    """Whether a year of two digits may also be a length: 19年, 三四年, but not 一八年, nor 08年."""
    two = len(written) == 2 and not written.startswith("0")
    return two and (written.isascii() or bool(either(written)))


def _begins(match: re.Match[str]) -> bool:
    """登记是|15年, 开始的话应该|13年: when it was that something began, no length."""
    length = match.string[match.end() :].startswith(_LENGTHS)
    return not length and _BEGAN.search(match.string, 0, match.start()) is not None


def _numeric(match: re.Match[str], today: date) -> Moment:
    groups = match.groupdict()
    year, short = full_year(match["y"], today), len(match["y"]) == 2
    month, day = _whole(match["m"]), _whole(groups.get("d"))
    return Moment(match.start(), match.end(), year, month, day, short)


def _near(match: re.Match[str], today: date) -> Moment:
    word = match["near"]
    if "月" in word:
        day = today.replace(day=1) - timedelta(days=1 if word.startswith("上") else 0)
        return Moment(match.start(), match.end(), day.year, day.month)
    day = today - timedelta(days={"今天": 0, "昨天": 1, "前天": 2}[word])
    return Moment(match.start(), match.end(), day.year, day.month, day.day)


def _compact(match: re.Match[str], today: date) -> Moment:
    """19900512, 199005, 900512."""
    run = match["run"]
    if len(run) == 6 and not (run[:2] in {"19", "20"} and 1 <= int(run[4:]) <= 12):
        run = str(full_year(run[:2], today)) + run[2:]
    month, day = int(run[4:6]), int(run[6:]) if len(run) == 8 else None
    return Moment(match.start(), match.end(), int(run[:4]), month, day)


def _whole(raw: str | None) -> int | None:
    """A month or day: 5, 05, 五, 十二, 二十."""
    if not raw:
        return None
    if raw in {"正", "元"}:
        return 1
    value = read(raw)
    return int(value) if value is not None else 99
