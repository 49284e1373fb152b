"""还差 2 样，来得及吗: what is missing, put to the day one comes to the window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dialogs.papers import Paper

Verdict = Literal["in_time", "late", "unknown"]
WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Prospect:
    """A paper that is missing, and whether it can be had before the visit."""

    paper: Paper
    verdict: Verdict


def working_days(today: date, visit: date) -> int:
    """Days from Monday to Friday between today and the visit; holidays are not known here.

    >>> working_days(date(2026, 11, 27), date(2026, 12, 1))  # Friday, Tuesday
    1
    """
    between = (today + timedelta(days=ahead) for ahead in range(1, max((visit - today).days, 1)))
    return sum(day.weekday() < WEEKEND for day in between)


def prospects(lacking: Iterable[Paper], today: date, visit: date) -> list[Prospect]:
    """Each of them, those that come too late first, then those nobody knows of."""
    left = working_days(today, visit)
    order: tuple[Verdict, ...] = ("late", "unknown", "in_time")
    found = [Prospect(paper, _verdict(paper.days, left)) for paper in lacking]
    return sorted(found, key=lambda one: order.index(one.verdict))


def _verdict(takes: int | None, left: int) -> Verdict:
    if takes is None:
        return "unknown"
    return "in_time" if takes <= left else "late"
