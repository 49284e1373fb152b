"""The result: total with range, the lines that gave points, what is unsettled, how to go on."""

from __future__ import annotations

from decimal import Decimal

from dialogs.agenda import pending, previous
from dialogs.flow import Flow, Step, Talk
from dialogs.questions import questions
from dialogs.reply import Reply
from dialogs.utterance import Said
from dialogs.words import reply
from scoring import CategoryResult

_SAID = ("estimate_only", "permit_", "deductions_")
"""Notices that the result's own words say already."""


class Result(Flow):
    """State: the points `before` a change, shown once as “66 → 69，因为…”."""

    name = "result"

    def ask(self, talk: Talk) -> Reply:
        conversation = talk.conversation
        estimate = talk.estimate
        lines = [category for part in estimate.parts for category in part.categories]
        papers = dict.fromkeys(paper for one in estimate.evidence for paper in one.papers)
        return reply(
            "result/show",
            self.name,
            estimate=estimate,
            permit=conversation.facts.get("permit"),
            disputed=_unsettled(lines, "reading"),
            unpublished=_unsettled(lines, "unpublished"),
            passed=[questions()[id].title for id in conversation.passed],
            notices=[one for one in estimate.notices if not one.id.startswith(_SAID)],
            papers=list(papers),
            left=len(pending(talk)),
            change=_change(talk),
            rules=talk.rules,
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        del talk, said
        return None  # its choices are reserved words

    def command(self, talk: Talk, word: str) -> Step | None:
        before = previous(talk.conversation, None)
        if word == "back" and before is not None:
            return Step(talk.conversation.go("questionnaire", at=before.id))
        return None


def _unsettled(lines: list[CategoryResult], kind: str) -> list[CategoryResult]:
    return [
        line
        for line in lines
        if line.low != line.high and any(one.kind == kind for one in line.unsettled)
    ]


def _change(talk: Talk) -> dict[str, object] | None:
    """Total before and now, and the categories that moved."""
    before = talk.state.get("before")
    if not isinstance(before, dict) or not isinstance(before.get("categories"), dict):
        return None
    old = {str(id): Decimal(str(points)) for id, points in before["categories"].items()}
    moved = [
        (category.label, old[category.id], category.points)
        for part in talk.estimate.parts
        for category in part.categories
        if old.get(category.id, category.points) != category.points
    ]
    return {"total": Decimal(str(before["total"])), "moved": moved}
