"""What to do next with a result, in one sentence; the chat and the pages say the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dialogs.agenda import pending
from dialogs.flow import Talk
from dialogs.papers import Paper, missing, papers
from scoring import Step, advise
from scoring.analysis.advice import first_to_do


@dataclass(frozen=True, slots=True)
class NextStep:
    """What decides it: how many questions are `left`, whether one `lacks_permit`, spoke of an
    `other_permit` or is `unregistered`, which papers are `missing` and which are still `to_bring`,
    and the `act` for points that are missing."""

    left: int
    lacks_permit: bool
    other_permit: bool
    unregistered: bool
    missing: list[Paper]
    to_bring: list[Paper]
    act: Step | None


def next_step(talk: Talk) -> NextStep:
    """Of the person whose turn it is."""
    listing, left = papers(talk), len(pending(talk))
    act = _act(talk) if gap(talk) and not left else None
    to_bring = [one for one in listing if one.state != "have" and not one.condition]
    facts = talk.conversation.facts
    return NextStep(
        left=left,
        lacks_permit=lacks_permit(talk),
        other_permit=talk.conversation.other_permit,
        unregistered=facts.get("permit") == "none" and facts.get("residence_months") == 0,
        missing=missing(listing),
        to_bring=to_bring,
        act=act,
    )


def lacks_permit(talk: Talk) -> bool:
    """Whether the permit comes first, without which nothing counts."""
    return talk.conversation.facts.get("permit") in ("registration_only", "none")


def _act(talk: Talk) -> Step | None:
    return first_to_do(advise(talk.rules, talk.facts, on=talk.today))


def gap(talk: Talk) -> Decimal | None:
    """Points that are missing of those one wants; None where one said no number."""
    goal = talk.conversation.goal
    if goal is None or goal.points is None:
        return None
    return max(goal.points - talk.estimate.points, Decimal(0))
