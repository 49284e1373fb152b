"""What a message asks of the points on screen: of their figures, of one line, of what was recorded.
The figures are told from those of other things by being one's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from dialogs.intents.wording import standard, wording
from dialogs.language.recognisers.numerals import read
from dialogs.language.text import clean

Kind = Literal["range", "total", "line", "zero", "record", "source", "reached", "use"]

_FIGURE = re.compile(
    r"(?<![\d.])(?P<digits>\d{1,3}(?:\.\d{1,2})?)(?![\d.%年月岁号日点:])"
    "|(?P<words>[零一二三四五六七八九十百]{1,5}(?:点[零一二三四五六七八九]{1,2})?)分(?![钟之期])(?P<half>半)?"
)
_PAUSE = re.compile("[,，。;；!！?？ ]+")
_HALF = Decimal("0.5")
NAMED = "@"
"""Stands for a word that names what was answered."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The figures of a result: its points, least and most, what may be said beside them, and those
    of each line, by its id."""

    points: Decimal
    low: Decimal
    high: Decimal
    beside: Collection[Decimal]
    lines: Mapping[str, Collection[Decimal]]

    @property
    def ends(self) -> set[Decimal]:
        """The figures of the whole range."""
        return {self.points, self.low, self.high, *self.beside}

    def is_gap(self, figure: Decimal) -> bool:
        """Whether a figure is what lies between the ends, within half a point."""
        gap = self.high - self.low
        return gap > 0 and abs(figure - gap) <= _HALF


@dataclass(frozen=True, slots=True)
class OfResult:
    """A question about one's own result. `figure`: the points that it names, where `reached`;
    `line`: the id of the line whose figure it names, where it names one."""

    kind: Kind
    figure: Decimal | None = None
    line: str = ""


def of_result(
    text: str, shows: Callable[[], Shown], names: Callable[[], Collection[str]] = tuple
) -> OfResult | None:
    """What a message asks of a result; None where it asks nothing of it, or how to get more. What
    the result `shows`, and by which `names` the message calls what was answered, is looked for only
    where it may be needed.

    >>> at = Shown(Decimal(66), Decimal(66), Decimal("76.5"), (), {"skill": [Decimal(8)]})
    >>> [asked and asked.kind for asked in (of_result(text, lambda: at) for text in (
    ...     "66到76.5分别是什么意思", "哪几分还没定", "我不是已经过60分了吗", "怎么到76.5分"))]
    ['range', 'range', 'reached', None]
    >>> of_result("那8分怎么来的", lambda: at).line
    'skill'
    >>> of_result("技能呢", lambda: at, lambda: ["技能"]).kind
    'line'
    """
    said = standard(clean(text, keep_spaces=True))
    if _found("aims", said):
        return None
    figures = _figures(said)
    if _found("naming", said):
        for name in sorted(names(), key=len, reverse=True):
            said = said.replace(name, NAMED)
    if _found("range", said):
        return OfResult("range")
    reached = [one for one in figures if _found("reached", said, one)]
    shown = shows() if reached or (figures and _asks_of_points(said)) else None
    if shown and _of_ends(said, figures, shown):
        return OfResult("range")
    if NAMED in said and (kind := _of_a_name(said)):
        return OfResult(kind)
    if shown is None:
        return None
    if line := _of_a_line(said, figures, shown):
        return OfResult("line", line=line)
    if shown.points in figures:
        return OfResult("use") if _found("use", said) else _of_total(said)
    return OfResult("reached", reached[0]) if len(reached) == 1 else None


def _asks_of_points(said: str) -> bool:
    """Whether it asks anything that could be meant of the points on screen."""
    return any(_found(section, said) for section in ("asks", "use", "total"))


def _of_ends(said: str, figures: set[Decimal], shown: Shown) -> bool:
    """Whether it asks of both ends, of the far one, or of what lies between them."""
    if shown.low == shown.high or not _found("asks", said):
        return False
    far = shown.ends - {shown.points}
    both = shown.points in figures and bool(far & figures)
    between = _found("gap", said) and any(map(shown.is_gap, figures))
    return both or between or bool(far & figures)


def _of_a_name(said: str) -> Kind | None:
    """What is asked of what a word names."""
    kinds: tuple[Kind, ...] = ("zero", "record", "source", "line")
    return next((kind for kind in kinds if _found(kind, said)), None)


def _of_a_line(said: str, figures: set[Decimal], shown: Shown) -> str:
    """The line whose points are asked about; without a name, where it is the only one."""
    lines = [id for id, points in shown.lines.items() if figures.intersection(points)]
    asked = bool(lines) and _found("asks", said) and shown.points not in figures
    return lines[0] if asked and (len(lines) == 1 or NAMED in said) else ""


def _of_total(said: str) -> OfResult | None:
    """Why it is so many; not where something else is asked beside it."""
    others = [one for one in _PAUSE.split(said) if _found("asks", one) and not _found("total", one)]
    return OfResult("total") if _found("total", said) and not others else None


def _figures(said: str) -> set[Decimal]:
    """The numbers of points that a text names."""
    found = set()
    for one in _FIGURE.finditer(said):
        number = read(one["digits"] or one["words"])
        if number is not None:
            value = Decimal(number.numerator) / Decimal(number.denominator)
            found.add(value + _HALF if one["half"] else value)
    return found


def _found(section: str, said: str, figure: Decimal | None = None) -> bool:
    if _pattern(section).search(said) is None:
        return False
    return figure is None or _pattern(section, f"{figure.normalize():f}").search(said) is not None


@lru_cache(512)  # a figure is compiled only for a text that fits with any other
def _pattern(section: str, points: str = "") -> re.Pattern[str]:
    written = re.escape(points) if points else r"[\d.]+"
    return re.compile(wording()["of_result"][section].replace("{points}", written))
