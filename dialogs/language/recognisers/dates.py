"""A date: 1990年5月, 90-5-12, 九零年五月, 19900512. The first of the month where no day is said."""

import re
from collections.abc import Sequence
from datetime import date

from dialogs.language.lexicon import any_of, patterns
from dialogs.language.outcome import Refused, Understood, Value
from dialogs.language.recognisers.amounts import denies, is_vague
from dialogs.language.recognisers.dates_in_text import Moment, find_moments
from dialogs.language.recognisers.numerals import NUMBER, START, read
from dialogs.language.text_scope import speaks_of_others

EARLIEST = 1900
_DECADE = re.compile(r"后(?!来)|年代|前|左右|几几")
_MONTH_ALONE = re.compile(rf"{START}(?P<m>{NUMBER})月(?:份)?(?:{NUMBER}[日号]?)?")
_MONTHS_SIDE_BY_SIDE = re.compile(
    r"年[^,]{0,3}(?:一二|二三|三四|四五|五六|六七|七八|八九)月|(?<!\d)\d{1,2}月?(?:[、,/\-~到至]|或者?)\d{1,2}月"
)
_AGE = re.compile(
    rf"(?:今年|现在|虚岁|周岁|实岁)*{START}(?P<n>{NUMBER})(?:周|虚|实)?岁[了啦]?|属[一-龥]的?"
)
"""41岁, 属牛: beside a date it says nothing more."""
_DAY_APART = re.compile(
    rf"(?<!年){START}(?P<m>{NUMBER})月(?P<of>{NUMBER})[日号]"
    rf"|(?<![年月份]){START}(?P<d>{NUMBER})[日号]"
)
"""5月20号, or 15号, without the year."""
_APART = re.compile(
    rf"(?<=年)的?,(?:月份?[,是]*)?(?={NUMBER}月份?(?:的?生日|出?生的?)?(?:的|哈|吧|啊)?$)"
)
"""86年，6月."""
_YEAR_AND_MONTH = re.compile(r"(?<![\d.])([4-9]\d)[ 、,](1[0-2]|0?[1-9])(?![\d.])(?=月|$)")
"""97 11, where only a date is asked for."""
_REST = re.compile(r"[\s,。;:!、.~()\"']+")


def read_date(text: str, today: date, year: int | None = None) -> Understood[Value] | Refused:
    """A day not after today from a cleaned text.

    `year`: the year said before; then a month suffices.
    """
    *_, corrected = patterns("taken_back").split(text)  # 73年12月，不对，74年12月
    *before, corrected = corrected.split("身份证")  # 腊月生的，身份证上是79年1月17号
    if find_moments(corrected, today):
        text = corrected
    elif month := _MONTH_ALONE.search(corrected) if before else None:
        years = {moment.year for moment in find_moments("".join(before), today)}
        text = f"{years.pop()}年{month[0]}" if len(years) == 1 else text
    if any_of("lunar").search(text):
        return Refused("lunar", said=text)
    plain = _APART.sub("", _AGE.sub("", text))
    moments = find_moments(plain, today)
    if any_of("age").search(text):
        if any_of("age").search(plain) or len(moments) != 1:
            return Refused("age", said=text)
        if not _fits_age(moments[0], text, today):
            return Refused("contradictory", said=text)
    text = _completed(plain, moments) if moments else _YEAR_AND_MONTH.sub(r"\1.\2", plain)
    moments = moments if text == plain else find_moments(text, today)
    if year is not None and not moments:
        text = f"{year}年{text}" if "月" in text else f"{year}年{text}月"
        moments = find_moments(text, today)
    if refused := _doubt(text, moments):
        return refused
    moments = _without_repeated_years(moments)
    days = {(moment.year, moment.month, moment.day) for moment in moments}
    if len(days) != 1:
        return Refused("contradictory", said=text)
    return _day(moments[0], text, today)


def _without_repeated_years(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """1988年6月5日，1988年的: a year that another one says with its month adds nothing."""
    dated = tuple(moment for moment in moments if moment.month)
    same = {moment.year for moment in moments} == {moment.year for moment in dated}
    return dated if same else moments


def _completed(text: str, moments: Sequence[Moment]) -> str:
    """78年的，身份证写的5月20号: the one day said apart from its year, with that year."""
    years = {moment.year for moment in moments}
    if len(years) != 1 or any(moment.day for moment in moments):
        return text
    months = {moment.month for moment in moments if moment.month}
    days = {
        (read(one["m"] or ""), read(one["of"] or one["d"])) for one in _DAY_APART.finditer(text)
    }
    said = {(month or next(iter(months), None), day) for month, day in days}
    if len(said) != 1 or len(months) > 1:
        return text
    month, day = said.pop()
    if month is None or (months and month not in months):
        return text
    return f"{years.pop()}年{int(month)}月{int(day or 0)}日"


def _fits_age(born: Moment, text: str, today: date) -> bool:
    """Whether an age said along with a date is that of the date, as people count (虚岁)."""
    ages = [read(match["n"]) for match in _AGE.finditer(text) if match["n"]]
    return all(age is not None and 0 <= age - (today.year - born.year) + 1 <= 2 for age in ages)


def _doubt(text: str, moments: Sequence[Moment]) -> Refused | None:
    """What makes the text no single date."""
    if _DECADE.search(text) or _MONTHS_SIDE_BY_SIDE.search(text):
        return Refused("vague", said=text)
    rest = text
    for moment in reversed(moments):
        rest = rest[: moment.start] + "#" + rest[moment.end :]
    if is_vague(rest):
        return Refused("vague", said=text)
    if not moments:
        return Refused("year_missing" if _month_alone(text) else "not_understood", said=text)
    if denies(rest) or speaks_of_others(rest):
        return Refused("not_understood", said=text)
    left = _REST.sub("", any_of("birth", "filler", "topic").sub("", rest)).replace("#", "")
    return Refused("not_understood", said=text) if left else None


def _month_alone(text: str) -> bool:
    match = _MONTH_ALONE.search(text)
    return bool(match and read(match["m"]) is not None)


def _day(moment: Moment, text: str, today: date) -> Understood[Value] | Refused:
    said = text[moment.start : moment.end]
    if moment.year < EARLIEST:
        return Refused("out_of_bounds", said=said)
    if moment.month is None:
        if moment.year > today.year:
            return Refused("future", said=said)
        return Refused("month_missing", said=said, year=moment.year)
    day = moment.first_day()
    if day is None:
        return Refused("impossible_date", said=said)
    return Refused("future", said=said) if day > today else Understood(day)
