"""An estimate arranged for a page: the number, one's answers, the lines that gave points, what is
in doubt, the papers."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.pages.ahead import ahead
from bot.pages.own_answers import Own, rows
from bot.pages.shift import UNANSWERED, Shift
from bot.pages.what_if import suggested
from dialogs.conversation import Facts
from dialogs.correction import before, moved
from dialogs.enough import enough
from dialogs.explaining import explain
from dialogs.flow import Talk
from dialogs.next_step import next_step
from dialogs.papers import by_office, papers
from dialogs.region.admissions import admissions
from dialogs.sensitive import SENSITIVE, permitted
from scoring import Ruleset
from scoring.engine.results import CategoryResult, Estimate, ItemResult, Unsettled


@dataclass(frozen=True, slots=True)
class Line:
    """One category on the page, with how each of its rows was counted."""

    category: CategoryResult
    workings: tuple[str, ...]

    @property
    def gives(self) -> bool:
        """Whether it gave points, or still may."""
        return bool(self.category.points or self.category.low or self.category.high)

    @property
    def told(self) -> bool:
        """Whether something was answered that counts here."""
        open_ones = (one.kind == UNANSWERED for one in self.category.unsettled)
        return bool(self.category.low or self.category.points) or not any(open_ones)


@dataclass(frozen=True, slots=True)
class Number:
    """The total. `told`: whether anything that counts was answered; `left`: whether something that
    counts was not; `unsettled`: whether a rule has several readings, or an unpublished figure;
    `cap`: what all rules together give at most, None where nothing limits it."""

    low: Decimal
    points: Decimal
    high: Decimal
    cap: Decimal | None
    told: bool
    left: bool
    unsettled: bool

    @property
    def certain(self) -> float:
        """The share of the cap that is certain, in percent."""
        return _percent(self.low, self.cap)

    @property
    def possible(self) -> float:
        """The share that may come to it."""
        return _percent(self.high, self.cap) - self.certain


def _percent(value: Decimal, cap: Decimal | None) -> float:
    return round(float(100 * value / cap), 1) if cap else 0.0


def number(talk: Talk) -> Number:
    """The total of what was told."""
    found = talk.estimate
    caps = [part.cap for part in found.parts if part.cap is not None]
    cap = sum(caps, Decimal(0)) if caps and found.high.is_finite() else None
    kinds = {one.kind for _, one in _doubts(found)}
    left, unsettled = UNANSWERED in kinds, bool(kinds - {UNANSWERED})
    told = talk.told_what_counts
    return Number(found.low, found.points, found.high, cap, told, left, unsettled)


def shown(own: Own, was: Facts) -> dict[str, Any]:
    """What the template `pages/_result.html` needs, of `pages/result.html` and `pages/sheet.html`.
    `was`: the answers that were just changed, as they were."""
    talk = own.talk
    rules, result = talk.rules, talk.estimate
    doubts = _doubts(result)
    return {
        "rules": rules,
        "result": result,
        "determination": talk.determination,
        "number": number(talk),
        "local": admissions(talk.today),
        "today": talk.today,
        "base": own.base,
        "whose": own.conversation.whose,
        "answers": rows(talk),
        "left_out": _left_out(talk),
        "moved": moved(talk, was),
        "shift": Shift(talk.after(before(talk.conversation, was)).estimate, result),
        "suggested": suggested(talk),
        "parts": [
            (part, [_line(rules, one) for one in part.categories])
            for part in result.parts
            if part.cap is not None or part.points
        ],
        "next": next_step(talk),
        "enough": enough(result.low, result.high, talk.today),
        **ahead(talk),
        "offices": list(by_office(papers(talk))),
        "doubts": [pair for pair in doubts if pair[1].kind != UNANSWERED],
        "unanswered": list(
            dict.fromkeys(category.label for category, one in doubts if one.kind == UNANSWERED)
        ),
    }


def _left_out(talk: Talk) -> frozenset[str]:
    """The sensitive facts that count, where they were not asked for and can change the result."""
    if permitted(talk.conversation) or talk.open_facts.isdisjoint(SENSITIVE):
        return frozenset()
    return SENSITIVE & talk.counted


def _line(rules: Ruleset, category: CategoryResult) -> Line:
    told = [
        explain(item, rules.catalogue, category.label)
        for item in category.items
        if _worth_telling(item)
    ]
    return Line(category, tuple(told))


def _worth_telling(item: ItemResult) -> bool:
    return bool(item.points or item.low or item.high)


def _doubts(result: Estimate) -> list[tuple[CategoryResult, Unsettled]]:
    return [
        (category, one)
        for part in result.parts
        for category in part.categories
        if category.low != category.high
        for one in category.unsettled
    ]
