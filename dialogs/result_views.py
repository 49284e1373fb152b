"""What the longer views say, as blocks that are packed into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dialogs.agenda import pending
from dialogs.differences import lines
from dialogs.explaining import explain, explain_limits
from dialogs.flow import Talk
from dialogs.papers import papers
from dialogs.phrases import say
from dialogs.questions import nothing, titles
from dialogs.region import region
from dialogs.side_by_side import beside
from dialogs.states import ViewState
from scoring import CategoryResult, Ruleset, RulesetError, load_earlier
from scoring.analysis.advice import advise
from scoring.analysis.compare import compare
from scoring.analysis.plan import plan
from scoring.analysis.target import reach
from scoring.analysis.timeline import timeline
from scoring.months import months_later

PAGE = 1150
"""Bytes of text on one page, so that its choices and their markup fit too."""
LINES = 11
"""Lines on one page."""


def pages(blocks: Sequence[str]) -> list[str]:
    """Blocks packed into pages; a block is torn apart only where it fills a page alone."""
    packed: list[str] = []
    for block in _fitting(blocks):
        longer = f"{packed[-1]}\n{block}" if packed else block
        if packed and _fits(longer):
            packed[-1] = longer
        else:
            packed.append(block)
    return packed or [say("view/empty")]


def _fits(text: str) -> bool:
    return len(text.encode()) <= PAGE and text.count("\n") < LINES


def _fitting(blocks: Sequence[str]) -> Iterator[str]:
    for block in filter(None, blocks):
        if _fits(block):
            yield block
        else:
            yield from block.split("\n")


AMENDED = "amended"
"""The notice of what the office settled later."""


def details(talk: Talk) -> list[str]:
    """Every line that gave points or is not settled, with its arithmetic and its source."""
    rows = (
        row
        for part in talk.estimate.parts
        for category in part.categories
        for row in (*_rows(talk, category), explain_limits(category))
    )
    remarks = {AMENDED, *(remark.id for remark in talk.rules.remarks)}
    notices = (one.text for one in talk.estimate.notices if one.id in remarks)
    return [*rows, *notices, *(_determination(talk) if talk.signing else ())]


def determined(talk: Talk) -> list[str]:
    """By what this estimate can be confirmed later, and what for."""
    return [*_determination(talk), say("view/determination_use")] if talk.facts else []


def _determination(talk: Talk) -> list[str]:
    return [say("view/determination", id=talk.determination)]


def _rows(talk: Talk, category: CategoryResult) -> Iterator[str]:
    for item in category.items:
        known = item.high and set(item.facts) <= talk.conversation.facts.keys()
        if item.points or known or _tells_why_not(category):
            yield explain(item, talk.rules.catalogue, category.label)


def _tells_why_not(category: CategoryResult) -> bool:
    """Whether what was told of its only line gives nothing: 61 岁. 没有 needs no line."""
    told = [answer for item in category.items for answer in item.explanation.answers]
    something = (bool(value) and value != nothing(fact) for fact, value in told)
    return len(category.items) == 1 and any(something)


def advice(talk: Talk) -> list[str]:
    """What would add points for this person."""
    steps = advise(talk.rules, talk.facts, on=talk.today)
    return say("advice", steps=steps).split("\n")


YEAR = 12
"""Months."""
_ALL = 10_000
"""More points than any rules give: all that fits into the time is looked for."""


def best_of_year(talk: Talk) -> list[str]:
    """What adds most within a year, the most first, and what all of it comes to; what gives of the
    body last."""
    by = months_later(talk.today, YEAR)
    found = plan(talk.rules, talk.facts, on=talk.today, by=by, target=_ALL)
    steps = found.goal.steps if found.goal else ()
    ordered = sorted(steps, key=lambda one: (one.stage.voluntary, -one.gain.points))
    titled = titles(found.continuing)
    return say("plan/best", found=found, steps=ordered, going=titled).split("\n")


def changes(talk: Talk) -> list[str]:
    """This person under the rules before the revision and now."""
    before = _predecessor(talk)
    if before is None:
        return []
    found = compare(before, talk.rules, talk.facts, on=talk.today)
    return say("compare", found=found, before=before, after=talk.rules).split("\n")


def official(talk: Talk) -> list[str]:
    """Why the official count may differ, line by line."""
    found = lines(talk.estimate, papers(talk))
    if not found:
        return [say("check/none")]
    return [say("check/head"), *(say("check/line", line=one) for one in found)]


def waiting(talk: Talk) -> list[str]:
    """What waiting alone changes; and first when it reaches the points asked for, if any."""
    ahead = timeline(talk.rules, talk.facts, on=talk.today)
    points = talk.state_as(ViewState).target
    if points is None:
        return say("timeline", timeline=ahead).split("\n")
    then = next((one for one in (ahead.now, *ahead.moments) if one.points >= points), None)
    when = say("view/until", target=points, then=then, timeline=ahead)
    return [when, *say("timeline", timeline=ahead).split("\n")]


def reaching(talk: Talk) -> list[str]:
    """What it takes to reach the points asked for."""
    points = talk.state_as(ViewState).target or 0
    found = reach(talk.rules, talk.facts, points, on=talk.today)
    return say("reach", found=found).split("\n")


def both(talk: Talk) -> list[str]:
    """One's own result and the other one's, and where they differ."""
    neighbour = region().whose_points
    return say("profile/both", found=beside(talk), whose_points=neighbour).split("\n")


def planned(talk: Talk) -> list[str]:
    """What waiting gives by a day, and what it takes to have the points asked for then."""
    goal, today = talk.state_as(ViewState), talk.today
    by = max(today, goal.by or today)
    found = plan(talk.rules, talk.facts, on=today, by=by, target=goal.target)
    return say(
        "plan/show", found=found, going=titles(found.continuing), left=len(pending(talk))
    ).split("\n")


def _predecessor(talk: Talk) -> Ruleset | None:
    try:
        return load_earlier(talk.rules)
    except RulesetError:  # a person is editing its file
        return None


REACH = "reach"
"""The view of what it takes; opened by the points a person names."""
WAITING = "waiting"
PLAN = "plan"
"""The view of a goal by a day."""


def blocks(talk: Talk) -> list[str]:
    """What the open view says."""
    state = talk.state_as(ViewState)
    key = (state.view, state.target, state.by, talk.conversation.whose)
    if key not in talk.views:  # once in a turn, for the page left and for the page shown
        talk.views[key] = (_OF_A_GOAL | VIEWS)[state.view](talk)
    return talk.views[key]


_OF_A_GOAL: dict[str, Callable[[Talk], list[str]]] = {REACH: reaching, PLAN: planned}
VIEWS: dict[str, Callable[[Talk], list[str]]] = {
    "details": details,
    "determination": determined,
    "advice": advice,
    "best_of_year": best_of_year,
    "changes": changes,
    "official": official,
    WAITING: waiting,
    "both": both,
}
"""The views that a word opens, by the word's id."""
