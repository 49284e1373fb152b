"""What lies ahead of a person, arranged for a page: what would add points, and the coming years."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain, groupby
from typing import Any, NamedTuple

from dialogs.agenda import pending
from dialogs.flow import Talk
from dialogs.questions import facts_behind, titles
from scoring import Step, Timeline, advise, timeline
from scoring.analysis.advice import Stage
from scoring.analysis.timeline import Moment, Turn
from scoring.analysis.unanswered import Unanswered, unanswered

OPEN = 5
"""So many steps stand open at the least, if there are so many; the stages after them are folded."""
Staged = tuple[Stage, list[Step]]


class Band(NamedTuple):
    """A year on the chart: what turned in it, and in percent of its width where the band begins,
    the points stand and the band ends. `endless`: nothing limits it."""

    moment: Moment
    turns: tuple[Turn, ...]
    low: float
    points: float
    high: float
    endless: bool


def ahead(talk: Talk) -> dict[str, Any]:
    """What `pages/_advice.html` and `pages/_years.html` need."""
    rules, facts, today = talk.rules, talk.facts, talk.today
    years = timeline(rules, facts, on=today)
    open_, folded = _folded(advise(rules, facts, on=today))
    return {
        "advised": open_,
        "advised_later": folded,
        "may_have": _open(talk),
        "years": years,
        "going": titles(years.continuing),
        "bands": bands(years),
    }


def _open(talk: Talk) -> tuple[Unanswered, ...]:
    """What was not answered and is still asked, by itself or in a list: no second home of anyone
    who owns one."""
    left = pending(talk)
    lines = (facts_behind(tick) for one in left for tick in one.ticks.values())
    asked = {*chain(*lines), *chain(*(one.facts for one in left))}
    return unanswered(talk.rules, talk.facts, on=talk.today, asked=asked)


def _folded(steps: Iterable[Step]) -> tuple[list[Staged], list[Staged]]:
    stages = [(stage, list(ones)) for stage, ones in groupby(steps, key=lambda one: one.stage)]
    shown = 0
    for number, (_, ones) in enumerate(stages):
        if shown >= OPEN:
            return stages[:number], stages[number:]
        shown += len(ones)
    return stages, []


def bands(years: Timeline) -> list[Band]:
    """Today and each year ahead as a band from the least to the most, on one axis from 0."""
    stands = [(years.now, ()), *years.years]
    ends = [one.high for one, _ in stands if one.high.is_finite()]
    width = max([*ends, *(one.points for one, _ in stands), Decimal(1)])

    def share(value: Decimal) -> float:
        return round(float(100 * value / width), 1) if value.is_finite() else 100

    return [
        Band(one, turns, share(one.low), share(one.points), share(one.high), one.high.is_infinite())
        for one, turns in stands
    ]
