"""From when to when: 2019年3月到现在, 19年来的, 从去年五月, 2018/09-2021/02."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from dialogs.answers.lexicon import alternation
from dialogs.answers.moments import Moment
from dialogs.answers.numerals import read
from dialogs.answers.outcome import Why

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


def find_spans(text: str, moments: list[Moment], today: date) -> list[Span]:
    """All stretches that a cleaned text names with their beginning, and their end or now."""
    spans: list[Span] = []
    taken = 0
    for place, moment in enumerate(moments):
        if moment.start < taken:
            continue
        following = moments[place + 1] if place + 1 < len(moments) else None
        span = _closed(text, moment, following) or _until_now(text, moment, today)
        if span:
            span = _checked(span, today, moment)
            spans.append(span)
            taken = span.end
    return spans


def _closed(text: str, first: Moment, second: Moment | None) -> Span | None:
    """From one moment to another."""
    if second and _BETWEEN.fullmatch(text, first.end, second.start):
        return _span(text, first, _opening(text, first), second, second.end)
    match = _TO_MONTH.match(text, first.end)
    if match and first.month is not None:
        month = read(match[1])
        last = Moment(match.start(1), match.end(), first.year, int(month) if month else 99)
        return _span(text, first, _opening(text, first), last, match.end())
    return None


def _until_now(text: str, first: Moment, today: date) -> Span | None:
    """From a moment until today: because it is said to be a beginning."""
    start = _opening(text, first)
    match = _since_after().match(text, first.end)
    if match is None and start == first.start:
        return None
    now = Moment(0, 0, today.year, today.month, today.day)
    return _span(text, first, start, now, match.end() if match else first.end, until_today=True)


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
    return re.compile(rf"(?:{now}|{alternation('since_after')}(?:{now})?)了?")


def _span(
    text: str, first: Moment, start: int, last: Moment, end: int, *, until_today: bool = False
) -> Span:
    """The span, with the least and the most months it can have."""
    said = text[start:end]
    early, late = _bounds(first)
    early_end, late_end = _bounds(last)
    if not (early and late and early_end and late_end):
        return Span(start, end, 0, 0, said, fault="impossible_date")
    if late_end < early:
        return Span(start, end, 0, 0, said, fault="future" if until_today else "contradictory")
    if last.day and not until_today:
        early_end = late_end = late_end + timedelta(days=1)
    low, high = max(0, complete_months(late, early_end)), complete_months(early, late_end)
    if first.month and last.month and not last.day and not first.day:
        low, high = _months_to_month(high)
    year = first.year if first.month is None and until_today else None
    return Span(start, end, low, high, said, year)


def _months_to_month(between: int) -> tuple[int, int]:
    """Whether the last month counts is not said (2018年9月到2021年2月), unless the one or
    the other makes full years (2018年1月到2020年12月, 2018年3月到2021年3月)."""
    counted = between + (between % 12 == 11)
    return (counted, counted) if counted % 12 == 0 else (between, between + 1)


def _bounds(moment: Moment) -> tuple[date | None, date | None]:
    """The earliest and the latest day meant."""
    if moment.month is None:
        return date(moment.year, 1, 1), date(moment.year, 12, 31)
    return moment.first_day(), moment.first_day()


def _checked(span: Span, today: date, first: Moment) -> Span:
    day = first.first_day()
    if span.fault is None and day is not None and day > today:
        return replace(span, fault="future")
    return span
