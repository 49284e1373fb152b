"""修改: pick an answer, give another; what that voids is said before it is dropped."""

from __future__ import annotations

from dialogs.agenda import proceed
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.questionnaire import asked, carried, settle
from dialogs.questions import Question, questions
from dialogs.reply import Choice, Reply
from dialogs.telling import value
from dialogs.utterance import Said
from dialogs.words import reply

PER_PAGE = 8


class Change(Flow):
    """The list of answers, numbered through all pages. State: `page`."""

    name = "change"
    passing = True

    def ask(self, talk: Talk) -> Reply:
        answers = changeable(talk)
        page = _page(talk)
        shown = answers[(page - 1) * PER_PAGE : page * PER_PAGE]
        more = len(answers) > page * PER_PAGE
        asked = reply("change/list", self.name, page=page, more=more, empty=not answers)
        listed = [
            Choice(
                number, f"{question.title}：{value(question, talk)}", f"{self.name}.{question.id}"
            )
            for number, question in enumerate(shown, (page - 1) * PER_PAGE + 1)
        ]
        others = [Choice(0, one.label, one.tap, one.aliases) for one in asked.choices]
        return Reply(asked.text, (*listed, *others))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        key = self.picked(talk, said)
        if key is None:
            return None
        if key == "more":
            return Step(talk.conversation.stay(page=_page(talk) + 1))
        if key == "back":
            return Step(talk.conversation.leave())
        return reopen(talk, questions()[key])


class Drop(Flow):
    """Waits for the yes to an answer that voids others. State: `facts`, `voids`."""

    name = "drop"
    guarded = True

    def ask(self, talk: Talk) -> Reply:
        voided = talk.state["voids"]
        lost = [
            f"{question.title}：{value(question, talk)}"
            for question in questions().values()
            if isinstance(voided, list) and set(question.facts) & set(map(str, voided))
        ]
        return reply("change/drop", self.name, lost=lost)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        below = talk.after(talk.conversation.leave())
        match self.picked(talk, said):
            case "yes":
                facts = talk.state["facts"]
                return settle(below, asked(below), dict(facts) if isinstance(facts, dict) else {})
            case "no":
                return Step(proceed(below, **carried(below)), note=reply("change/kept", "").text)
        return None


def changeable(talk: Talk) -> list[Question]:
    """The questions answered or left open, in their order."""
    seen = {*talk.conversation.answered, *talk.conversation.passed}
    return [question for question in questions().values() if question.id in seen]


def reopen(talk: Talk, question: Question) -> Step:
    """Ask a question again, remembering the points before."""
    points = {
        category.id: str(category.points)
        for part in talk.estimate.parts
        for category in part.categories
    }
    before = {"total": str(talk.estimate.points), "categories": points}
    return Step(talk.conversation.go("questionnaire", at=question.id, before=before))


def _page(talk: Talk) -> int:
    page = talk.state.get("page", 1)
    return page if isinstance(page, int) else 1
