"""From when to when: 2019年3月到现在, 19年来的, 从去年五月, 2018/09-2021/02."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache

from dialogs.language.lexicon import alternation
from dialogs.language.outcome import Why
from dialogs.language.recognisers.dates_in_text import Moment
from dialogs.language.recognisers.numerals import NUMBER, read

_TO = r"(?:到|至|~|-)"
_BETWEEN = re.compile(rf"[^,。;\d没不未断停]{{0,8}}?{_TO}了?")
_TO_MONTH = re.compile(
    rf"[^,。;\d没不未断停]{{0,6}}?{_TO}(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time named at text[start:end], in complete months between `low` and `high`.

    They differ when a year was said without its month (`year` is that year when only the beginning
    lacks its month), and when the last month may count or not. A day that is not said is the first
    of the month; an end day said is included.
    """

    start: int
    end: int
    low: int
    high: int
    said: str
    year: int | None = None
    fault: Why | None = None


def complete_months(start: date, end: date) -> int:
    """Full months from one day to another; negative when the end comes first.

    >>> complete_months(date(2019, 3, 24), date(2026, 11, 23))
    91
    """
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def find_spans(text: str, moments: Sequence[Moment], today: date) -> list[Span]:
    """All stretches that a cleaned text names with their beginning, and their end or now."""
    spans: list[Span] = []
    taken = 0
    for place, moment in enumerate(moments):
        if moment.start < taken:
            continue
        following = moments[place + 1] if place + 1 < len(moments) else None
        span = _closed(text, moment, following, today) or _until_now(text, moment, today)
        if span:
            spans.append(span)
            taken = span.end
    return spans


def _closed(text: str, first: Moment, second: Moment | None, today: date) -> Span | None:
    """From one moment to another."""
    if second and _BETWEEN.fullmatch(text, first.end, second.start):
        start, end = _opening(text, first), second.end
    elif (match := _TO_MONTH.match(text, first.end)) and first.month is not None:
        month = read(match[1])
        second = Moment(match.start(1), match.end(), first.year, int(month) if month else 99)
        start, end = _opening(text, first), match.end()
    else:
        return None
    said = text[start:end]
    early, late = _bounds(first)
    early_end, late_end = _bounds(second)
    if not (early and late and early_end and late_end):
        return Span(start, end, 0, 0, said, fault="impossible_date")
    if late_end < early:
        return Span(start, end, 0, 0, said, fault="contradictory")
    if early_end > today:
        return Span(start, end, 0, 0, said, fault="future")
    if second.day:
        early_end = late_end = late_end + timedelta(days=1)
    low, high = max(0, complete_months(late, early_end)), complete_months(early, late_end)
    if first.month and second.month and not second.day and not first.day:
        low, high = _months_to_month(high)
    most = complete_months(early, today)
    return Span(start, end, min(low, most), min(high, most), said)


def _until_now(text: str, first: Moment, today: date) -> Span | None:
    """From a moment until today: because it is said to be a beginning."""
    start = _opening(text, first)
    match = _since_after().match(text, first.end)
    if match and first.short and match[0].startswith("有的") and _is_a_pair(text, first):
        return None  # 八九年有的: it is so long, eight or nine years
    long_ago = today.year - first.year >= _GROWN_UP
    if match and long_ago and "," in match[0] and _SO_LONG.match(text, match.end()):
        return None  # 81年4月的，登记到现在十年: when one was born
    if match is None and start == first.start:
        return None
    end = match.end() if match else first.end
    said = text[start:end]
    early, late = _bounds(first)
    if not (early and late):
        return Span(start, end, 0, 0, said, fault="impossible_date")
    if early > today:
        return Span(start, end, 0, 0, said, fault="future")
    year = first.year if first.month is None else None
    low = max(0, complete_months(late, today))
    return Span(start, end, low, complete_months(early, today), said, year)


_GROWN_UP = 18
_SO_LONG = re.compile(f"(?:已经|一共|差不多|快|有|满|整){{0,4}}{NUMBER}(?:年|个月)")


def _is_a_pair(text: str, year: Moment) -> bool:
    return not text[year.start : year.end].isascii()


def _opening(text: str, first: Moment) -> int:
    """Where the phrase begins, its 从 included."""
    match = _since_before().search(text, 0, first.start)
    return match.start() if match else first.start


@cache
def _since_before() -> re.Pattern[str]:
    return re.compile(alternation("since_before") + r"$")


@cache
def _since_after() -> re.Pattern[str]:
    now = rf"[^。;\d没不未断停]{{0,9}}?{_TO}{alternation('until_now')}"
    only = "[就才]?(?:[去来](?=[办登]))?"  # 一八年四月才去|登记
    return re.compile(rf"(?:{now}|{only}{alternation('since_after')}++(?:{now})?)了?")


def _months_to_month(between: int) -> tuple[int, int]:
    """Whether the last month counts is not said (2018年9月到2021年2月), unless the one or
    the other makes full years (2018年1月到2020年12月, 2018年3月到2021年3月)."""
    counted = between + (between % 12 == 11)
    return (counted, counted) if counted % 12 == 0 else (between, between + 1)


def _bounds(moment: Moment) -> tuple[date | None, date | None]:
    """The earliest and the latest day meant; None when there is no such day."""
    if moment.month is not None or not MINYEAR <= moment.year <= MAXYEAR:
        return moment.first_day(), moment.first_day()
    return date(moment.year, 1, 1), date(moment.year, 12, 31)
