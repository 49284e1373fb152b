"""The result: total with range, the lines that gave points, what is unsettled, how to go on."""

from __future__ import annotations

from decimal import Decimal

from dialogs.agenda import pending, previous
from dialogs.flow import Flow, Step, Talk
from dialogs.questions import questions
from dialogs.reply import Reply
from dialogs.utterance import Said
from dialogs.words import reply


class Result(Flow):
    """State: the points `before` a change, shown once as “66 → 69，因为…”."""

    name = "result"

    def ask(self, talk: Talk) -> Reply:
        conversation = talk.conversation
        estimate = talk.estimate
        lines = [category for part in estimate.parts for category in part.categories]
        unsettled = [line for line in lines if line.low != line.high]
        open_questions = [questions()[id].title for id in conversation.passed if id in questions()]
        return reply(
            "result/show",
            self.name,
            estimate=estimate,
            permit=conversation.facts.get("permit"),
            unsettled=unsettled,
            open_questions=open_questions,
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
