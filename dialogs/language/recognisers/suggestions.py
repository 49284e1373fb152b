"""Values worth offering for an answer that is not certain: the likely one is among them, first."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise

from dialogs.language.lexicon import alternation, any_of, maximum, patterns
from dialogs.language.outcome import Kind
from dialogs.language.recognisers.quantity import Quantity

MOST_OFFERED = 4
_TIMES = frozenset({"months", "years"})
_MARKS = ",。;:!、~…()"
_CLAUSE = re.compile(f"[{_MARKS}]")
_DENIED = re.compile(r"(?:不是|并非)[^,。]{0,3}$")
_RATE = re.compile(r"每|平均|[月年]均|一个?[月年]$|又多了?$|多了$|增加了?$")
_OF_TENS = re.compile(r"[几多余]")
_COUNTS = re.compile("[边头样口人处地段]")
"""两|边都登记过: it counts no time."""
_ROUND = "百千万w"
"""What is more than 两万 begins there; 二十几 says less."""
_AND = re.compile(
    r"\+|[两二三四2-4]段|一段.*一段|中断[了过]?[,;。 ]"
    r"|[之以]前.{0,8}也|又|再|后|然后|还有|另外|外加|加上|(?<=[年月半次元块\d])加(?=[\d一二两三四五六七八九十半])|和|以及"
)
_GOES_ON = re.compile(r"又|再|后来|然后|还有|另外")
_EITHER = re.compile(
    r"刚好|正好|[除扣减刨]掉|除去|不对|(?<!是)不是|不止|或|还是|应该|改|更正|也就是|即|其中|里面"
    r"|#[-~至到]#|#[之以]?前(?=$|[,。;就的来搬])|[补涨加升减]到"
)
_EACH_ONE_S = re.compile("次是|回是")
_PART = re.compile("其中|里面有|包括")
TOTAL = re.compile(
    "总的|[打查调导算]出来|查下来|打印|拉出来|显示|单子上|流水|记录上|共|合计|总计|加起来|累计|加一起"
)
"""Stands before what others come to."""


def offer(kind: Kind, text: str, found: Sequence[Quantity]) -> tuple[int, ...]:
    """At most four values, in the unit of the kind; none where no number is a likely answer.

    Several stretches add up (杭州两年，永嘉三年 → 60, 24, 36), a pause is taken away or left out
    (三年，断了半年 → 30, 36); around a vague number of years stand months on the side where it lies
    (三年多 → 39, 42, 45).
    """
    found = _not_taken_back(text, sorted(found, key=lambda one: one.start))
    leads = [_lead(text, found, place) for place in range(len(found))]
    pairs = list(zip(found, leads, strict=True))
    kept = [(one, lead) for one, lead in pairs if _likely(kind, text, one, lead)]
    if kind in _TIMES and sum(one.bare and bool(_own(lead)) for one, lead in kept) > 1:
        kept = [(one, lead) for one, lead in kept if not one.bare]  # 外观3 实用2 发明1
    pauses = [one.value for one, lead in pairs if one.value and _is_pause(kind, lead)]
    named = {one.value for one, _ in kept if one.value is not None}
    named.update(value for one, _ in kept for value in one.either)
    first = _sum(text, kept)
    if first is None and len(named) == 1 and len(pauses) == 1 and pauses[0] < max(named):
        named.add(max(named) - pauses[0])
    values = _whole(kind, named)
    if first is not None:
        values = tuple(dict.fromkeys((*_whole(kind, {first}), *values)))[:MOST_OFFERED]
    if len(values) != 1:
        return values
    clauses = ",".join(_clause(text, one) for one, _ in kept)
    if kind not in _TIMES:
        clauses = _SO_LONG.sub("", clauses)
    return _beside(kind, clauses, values[0])


_SO_LONG = re.compile("(?:近|这|头|前|过去)[\\d一二两三四五六七八九十]{1,2}(?:年|个月)[来里内]?")
"""近三年约6000: how long says nothing of how much."""


def adds_up(text: str, found: Sequence[Quantity]) -> bool:
    """Whether equal numbers are no repetition but go together: 两年，后来又租两年."""
    found = sorted(found, key=lambda one: one.start)
    apart = any(_GOES_ON.search(text[one.end : other.start]) for one, other in pairwise(found))
    return apart and not _EITHER.search(_without_figures(text, found))


def without_parts(kind: Kind, text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The numbers without those that are a part of another (38个月，其中6个月在杭州); all of them
    where a part does not count."""
    if _elsewhere(kind, text):
        return list(found)
    ordered = sorted(found, key=lambda one: one.start)
    leads = (_lead(text, ordered, place) for place in range(len(ordered)))
    pairs = zip(ordered, leads, strict=True)
    return [one for place, (one, lead) in enumerate(pairs) if not (place and _PART.search(lead))]


_ALONE = re.compile("[了的过]?[,。; ]+[就是共]?")
"""老人院三回，路口两回，五回: the last stands alone."""


def stated_total(kind: Kind, text: str, found: Sequence[Quantity]) -> Quantity | None:
    """The number that the others come to: 先两年，再三年，一共五年; 两次，一次上塘一次瓯北."""
    ordered = sorted(found, key=lambda one: one.start)
    *parts, total = ordered
    if len(parts) < 2:
        return None
    between = text[parts[-1].end : total.start]
    if (TOTAL.search(between) or _ALONE.fullmatch(between)) and _comes_to(total, parts):
        return total
    total, *parts = ordered
    apart = _EACH_ONE_S.search(text) or _GOES_ON.search(text) or _elsewhere(kind, text)
    return total if not apart and _comes_to(total, parts) else None


def _elsewhere(kind: Kind, text: str) -> bool:
    """Whether a place is named where it may not count; months count in all of the province."""
    places = ("outside",) if kind == "months" else ("outside", "beyond_county")
    return bool(any_of(*places).search(text))


def _comes_to(total: Quantity, parts: Sequence[Quantity]) -> bool:
    values = [one.value for one in parts if one.value is not None]
    return len(values) == len(parts) and sum(values, Fraction(0)) == total.value


def _not_taken_back(text: str, found: list[Quantity]) -> list[Quantity]:
    """The numbers after the last word that takes back those before: 三年，不对，四年."""
    last = max((match.start() for match in patterns("taken_back").finditer(text)), default=-1)
    return [one for one in found if one.start > last] or found


def _lead(text: str, found: Sequence[Quantity], place: int) -> str:
    """The words of the clause before a number, back to the number before it."""
    start = found[place - 1].end if place else 0
    return _CLAUSE.split(text[start : found[place].start])[-1]


def _clause(text: str, one: Quantity) -> str:
    """The clause in which a number stands."""
    start = 1 + max(text.rfind(mark, 0, one.start) for mark in _MARKS)
    end = _CLAUSE.search(text, one.start)
    return text[start : end.start() if end else len(text)]


def _likely(kind: Kind, text: str, one: Quantity, lead: str) -> bool:
    """Not a pause, not denied, no rate, no round number left open (十几), nothing strange."""
    if _is_pause(kind, lead) or _DENIED.search(lead) or _RATE.search(lead):
        return False
    if text[: one.start].endswith(("几", "数", "那", "这")) or _HOURS.match(text, one.end):
        return False
    if one.bare and _OF_TENS.match(text, one.end) and text[one.end - 1] not in _ROUND:
        return False
    return not (one.bare and kind in _TIMES and (_strange(lead) or _COUNTS.match(text, one.end)))


_HOURS = re.compile("[来多几]?个?半?(?:小时|钟头)")
"""八十来个小时: no number of times."""


def _is_pause(kind: Kind, lead: str) -> bool:
    spoken = any_of("harmless").sub("", _RESUMED.split(lead)[-1])
    return kind in _TIMES and bool(patterns("pause").search(spoken))


_RESUMED = re.compile("(?:又|再|重新|接着|继续)(?=[交缴租住办上干做接续])")
"""先交三年停了|又交半年: what follows the pause is none."""


def _own(lead: str) -> str:
    """The words of meaning before a number."""
    return re.sub(r"[\W_]", "", any_of("filler", "inside", "vague").sub("", lead))


def _strange(lead: str) -> bool:
    return bool(any_of("topic").sub("", _own(lead)))


def _sum(text: str, kept: Sequence[tuple[Quantity, str]]) -> Fraction | None:
    """What several stretches come to: joined by "and", or each with its own place or verb."""
    kept = [(one, lead) for one, lead in kept if one.value is not None or one.either]
    kept = [both for place, both in enumerate(kept) if not _is_restated(kept, place)]
    values = [one.value for one, _ in kept if one.value is not None]
    without = _without_figures(text, [one for one, _ in kept])
    if len(values) < 2 or len(values) < len(kept) or _EITHER.search(without):
        return None
    if TOTAL.search(kept[0][1]):
        return None
    if TOTAL.search(kept[-1][1]) or "查" in kept[-1][1]:
        return values[-1]  # 说是十年，一查只有68个月
    own = all(_own_stretch().search(lead) for _, lead in kept)
    return sum(values, Fraction(0)) if own or _AND.search(text) else None


def _is_restated(kept: Sequence[tuple[Quantity, str]], place: int) -> bool:
    """2017年9月至2020年8月，共三年: the same stretch once more."""
    (one, lead), (before, _) = kept[place], kept[place - 1]
    return place > 0 and one.value == before.value and bool(_RESTATES.search(lead))


_RESTATES = re.compile("共|就是|也是|即|等于|合|正好|刚好")


def _without_figures(text: str, found: Sequence[Quantity]) -> str:
    """The text with '#' for what stands within a figure (19年6月到23年5月)."""
    for one in found:
        text = text[: one.start] + "#" * (one.end - one.start) + text[one.end :]
    return text


_WHERE = "工作|上班|打工|单位|厂|公司|宿舍|外面|头家|老板|第[一二三四]|现在这|[去前今]年"


@cache
def _own_stretch() -> re.Pattern[str]:
    return re.compile(f"{alternation('inside', 'none_verbs', 'partial')}|{_WHERE}")


def is_another_stretch(between: str) -> bool:
    """Whether the words between two figures lead to another stretch: 后来, 在新厂."""
    return bool(_GOES_ON.search(between) or _elsewhere_worked().search(between))


@cache
def _elsewhere_worked() -> re.Pattern[str]:
    return re.compile(f"{alternation('inside', 'outside')}|{_WHERE}")


def _whole(kind: Kind, values: set[Fraction]) -> tuple[int, ...]:
    return tuple(sorted({int(value) for value in values if value <= maximum(kind)}))[:MOST_OFFERED]


def _beside(kind: Kind, text: str, only: int) -> tuple[int, ...]:
    """The one value that was named, or months on the side of it."""
    text = text.replace("差不多", "")  # on neither side
    if any_of("above").search(text):
        if kind == "yuan" and only:
            return only, only + _half_a_step(only)
        step = 1 if _BARELY.search(text) else 3
        return _after(only, step) if kind == "months" and _full_years(only) else (only,)
    if any_of("below").search(text) and only > 0:
        return _after(only - 12) if kind == "months" and _full_years(only) else (only - 1,)
    return (only,)


_BARELY = re.compile("多[了那]?[一几]?[点丢丁]|出头|挂零|零[一几]?点|刚[过满]|过一点")
"""四年多一点点: a month or two, no half of a year."""


def _half_a_step(yuan: int) -> int:
    """两万多: half of the way to 三万."""
    step = 10
    while yuan % (step * 10) == 0:
        step *= 10
    return step // 2


def _full_years(months: int) -> bool:
    return months >= 12 and months % 12 == 0


def _after(months: int, step: int = 3) -> tuple[int, ...]:
    return months + step, months + 2 * step, months + 3 * step
