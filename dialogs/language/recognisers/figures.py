"""Where a text states an amount, a day or an age, whatever it is of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialogs.language.lexicon import alternation, patterns
from dialogs.language.recognisers.amounts import mask_words
from dialogs.language.recognisers.dates_in_text import find_moments
from dialogs.language.recognisers.durations import DURATION
from dialogs.language.recognisers.numerals import NUMBER, START
from dialogs.language.recognisers.spans import find_spans

Unit = Literal["time", "since", "moment", "year", "count", "yuan", "age", "other", "bare"]

_AGE = re.compile(
    rf"(?:今年|现在|年纪|年龄|岁数|虚岁|周岁|实岁)*{START}{NUMBER}(?:多)?(?:周|虚|实)?岁(?:半|多)?"
    rf"|(?:今年|年纪|年龄|岁数|虚岁|周岁|实岁)(?:有|都|是|快|已经|也)*(?:刚|满)*(?:[1-7]\d|[二三四五六七]?十[一二三四五六七八九]?)(?![\d一二三四五六七八九年月次回元块万千百天号日斤平]|个(?!税))"
)
_NOT_ONE = patterns("not_one")
_RATE = re.compile(
    rf"(?:一个月|每个?月|每年|每天|月租|房租|租金|工资|月薪)(?:是|要|才|有|交|扣|缴|差不多|大概)?{NUMBER}(?:{alternation('units.yuan')})?(?![年个月日号天次回])"
    rf"|{NUMBER}[块元]钱?(?:一|每)(?:个月|月|天)(?![\d一二两三四五六七八九十])"
)
"""一个月八百块, 八百块一个月: what is paid, never how long."""
_PAID_A_YEAR = re.compile(
    rf"一年(?:大概|差不多|也|都|要|得)*[交缴]税?{NUMBER}(?:(?<=万)|{alternation('units.yuan')})"
)
"""一年交120万."""
_OTHER = re.compile(
    rf"(?P<sign>[¥$]|rmb|人民币)?{NUMBER}(?:个?半)?(?:多|来|几)?"
    rf"(?:(?P<yuan>{alternation('units.yuan')}(?:{NUMBER})?)|(?P<count>{alternation('units.count')})(?!税)|(?P<other>{alternation('units.other')}))?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure at text[start:end]; `since` is a stretch with its beginning, `moment` a day
    or a month, `year` a year without one, `bare` a number without unit."""

    start: int
    end: int
    unit: Unit


def find_amounts(text: str, today: date) -> list[Amount]:
    """All figures of a normalised text, in order, none within another."""
    text = _NOT_ONE.sub(lambda found: "~" * (len(found[0]) - 1) + found[0][-1], text)
    found: list[Amount] = []
    for amount in _candidates(mask_words(text), today):
        if all(amount.end <= one.start or amount.start >= one.end for one in found):
            found.append(amount)
    return _summed(text, sorted(found, key=lambda one: one.start))


_PLUS = re.compile(r"\s?\+\s?|加")


def _summed(text: str, amounts: list[Amount]) -> list[Amount]:
    """40+31个月: a sum is one figure, in the unit that either part names."""
    joined: list[Amount] = []
    for one in amounts:
        last = joined[-1] if joined else None
        units = {last.unit, one.unit} - {"bare"} if last else set[Unit]()
        if last and len(units) <= 1 and _PLUS.fullmatch(text, last.end, one.start):
            joined[-1] = Amount(last.start, one.end, units.pop() if units else "bare")
        else:
            joined.append(one)
    return joined


def _candidates(text: str, today: date) -> Iterator[Amount]:
    """Candidates, the most explicit form first."""
    for match in _AGE.finditer(text):
        yield Amount(*match.span(), "age")
    for match in _RATE.finditer(text):
        yield Amount(*match.span(), "other")
    for match in _PAID_A_YEAR.finditer(text):
        yield Amount(*match.span(), "yuan")
    moments = find_moments(text, today)
    for span in find_spans(text, moments, today):
        yield Amount(span.start, span.end, "since")
    short = [one for one in moments if one.short and one.month is None]
    for moment in (one for one in moments if one not in short):
        yield Amount(moment.start, moment.end, "moment" if moment.month else "year")
    for match in DURATION.finditer(text):
        yield Amount(*match.span(), "time")
    for moment in short:
        yield Amount(moment.start, moment.end, "year")
    for match in _OTHER.finditer(text):
        yield Amount(*match.span(), _unit(match))


def _unit(match: re.Match[str]) -> Unit:
    if match["yuan"] or match["sign"]:
        return "yuan"
    return "count" if match["count"] else "other" if match["other"] else "bare"
