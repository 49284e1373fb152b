"""Goals as people say them: 明年九月之前到80分, 够80分吗, 明年9月能到多少分."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dialogs.conversation import Goal
from dialogs.intents.points import aimed_at, asks_points, target
from dialogs.language.recognisers.numerals import read
from dialogs.match_choice import bare
from dialogs.utterance import Said
from scoring.months import month_end, months_later

LONGEST = 60
"""Characters of a message that says a goal and nothing else."""
FARTHEST = 10
"""Years ahead that are still a plan."""

_NUMBER = r"(\d{1,2}|[一二两三四五六七八九十]{1,3})"
_YEARS = {"今年": 0, "明年": 1, "后年": 2, "大后年": 3}
_BEFORE = r"(?:(之?前|以前)|之?内|以内|底|末|份|的时候|那时候?|为止)*"
_TO = "(?:到|在|等到?|赶在)?"
_NAMED = "|".join(sorted(_YEARS, key=len, reverse=True))
_NOT_OF_A_YEAR = "(?<![0-9零一二两三四五六七八九十]年)(?<![0-9零一二两三四五六七八九十]年的)"
"""03年的11月 is no month ahead."""
_MONTH = re.compile(
    rf"{_NOT_OF_A_YEAR}(?<![\d一二三四五六七八九十]){_TO}(?:({_NAMED})|(20\d\d)年)?的?{_NUMBER}月(?:初|中|{_NUMBER}[日号])?{_BEFORE}"
)
_YEAR = re.compile(rf"{_TO}(?:({_NAMED})|(20\d\d)年)(?:年?底|年?末)?{_BEFORE}")
_SPAN = re.compile(rf"(?:再)?(?:过|等)?{_NUMBER}(个月|年)(?:之?内|以内|之?后|以后|之?前)")
_HALF = re.compile(r"(?:再)?(?:过|等)?半年(?:之?内|以内|之?后|以后|之?前)")
_YEAR_END = re.compile(rf"{_TO}年底{_BEFORE}")
_OCCASION = re.compile(
    "^(?:我|家里|孩子|小孩|娃|儿子|女儿|孙子|孙女|就|要|想|上学|读书|入学|报名|上小学|读小学|读一年级|的)+"
)
"""What the day is for: 孩子明年九月上学，想到80分."""
_WHY = re.compile("[那可我这]*(?:为什么|为啥|为何|凭什么|凭啥|怎么会|咋会|谁[说要])")
_DECIMAL = re.compile(r"\d\.\d")
_WRITTEN = re.compile(
    "[零一二两三四五六七八九十百]{1,5}(?=分(?!钟))|[一二三四五六七八九]?十[一二三四五六七八九]?(?=还?差|够)"
)


def goal(said: Said, today: date) -> Goal | None:
    """The goal a message says; None where it says something else. A year without a number of
    points is none: what waiting gives year by year is another view.

    >>> monday = date(2026, 11, 23)
    >>> goal(Said("明年九月之前到八十分"), monday)
    Goal(points=80, by=datetime.date(2027, 8, 31))
    >>> goal(Said("我想明年9月前凑到90分 闺女要上小学 差多少分呢"), monday)
    Goal(points=90, by=datetime.date(2027, 8, 31))
    >>> goal(Said("明年9月能到多少分"), monday).by, goal(Said("明年多少分"), monday)
    (datetime.date(2027, 9, 30), None)
    """
    if said.tap is not None or len(said.text) > LONGEST:
        return None
    if _WHY.match(said.text):
        return None  # 为什么55还能到107
    if _DECIMAL.search(said.text):
        return None  # 77.5 够不够 speaks of what one has
    text = _WRITTEN.sub(lambda found: _figure(found[0]), bare(said.text))
    by, rest, exact = _day(text, today)
    if not _is_ahead(by, today):
        return None
    points = target(Said(rest))
    if points is None and by is not None:
        points = target(Said(_OCCASION.sub("", rest)))
    if points is None:
        points = aimed_at(rest, dated=by is not None)
    if points is not None:
        return Goal(points=points, by=by)
    return Goal(by=by) if exact and asks_points(rest) else None


def bare_goal(said: Said, today: date) -> Goal | None:
    """The same where a goal was asked for: a number alone is the points.

    >>> bare_goal(Said("80"), date(2026, 11, 23))
    Goal(points=80, by=None)
    """
    if said.tap is not None or len(said.text) > LONGEST:
        return None
    by, rest, _ = _day(bare(said.text), today)
    number = re.fullmatch(r"(?:到|要|有|想到)?(\d{1,4})分?(?:吧|左右)?", rest)
    if number and _is_ahead(by, today):
        return Goal(points=int(number[1]), by=by)
    return goal(said, today)


def _is_ahead(by: date | None, today: date) -> bool:
    return by is None or today < by <= months_later(today, 12 * FARTHEST)


def _figure(written: str) -> str:
    number = read(written)
    return written if number is None else str(int(number))


def _day(text: str, today: date) -> tuple[date | None, str, bool]:
    """The day that a text names, the text without it, and whether it is more than a year."""
    for pattern, reader in _READERS:
        found = pattern.search(text)
        day = reader(found, today) if found else None
        if found and day:
            return day, text[: found.start()] + text[found.end() :], pattern is _MONTH
    return None, text, False


def _month(found: re.Match[str], today: date) -> date | None:
    """The end of the month, or of the one before it; without a year the next such month."""
    named, year, month, day, before = found.groups()
    number = _int(month)
    if not 1 <= number <= 12:
        return None
    of_year = int(year) if year else today.year + _YEARS.get(named or "", 0)
    if not (year or named) and number < today.month:
        of_year += 1
    first = date(of_year, number, 1)
    if day and 1 <= _int(day) <= month_end(first).day:
        named_day = first.replace(day=_int(day))
        return named_day - timedelta(days=1) if before else named_day
    return first - timedelta(days=1) if before else month_end(first)


def _year(found: re.Match[str], today: date) -> date:
    named, year, before = found.groups()
    of_year = int(year) if year else today.year + _YEARS[named]
    end = "底" in found[0] or "末" in found[0] or not before
    return date(of_year if end else of_year - 1, 12, 31)


def _span(found: re.Match[str], today: date) -> date | None:
    number = _int(found[1])
    months = number * (12 if found[2] == "年" else 1)
    return months_later(today, months) if 0 < months <= 12 * FARTHEST else None


def _half(found: re.Match[str], today: date) -> date:
    del found
    return months_later(today, 6)


def _year_end(found: re.Match[str], today: date) -> date:
    del found
    return date(today.year, 12, 31)


def _int(written: str) -> int:
    number = int(written) if written.isdecimal() else read(written)
    return -1 if number is None else int(number)


_READERS = (
    (_MONTH, _month),
    (_SPAN, _span),
    (_HALF, _half),
    (_YEAR, _year),
    (_YEAR_END, _year_end),
)
