"""修改: pick an answer, give another; what that voids is said before it is dropped."""

from __future__ import annotations

from datetime import date

from pydantic import JsonValue

from dialogs.agenda import learn, pending, proceed
from dialogs.conversation import Facts, State
from dialogs.effects import effect
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.questionnaire import asked, settle, take
from dialogs.language.recognisers.unnamed import BIRTH
from dialogs.match_choice import bare
from dialogs.phrases import ask, say
from dialogs.questions import Question, questions
from dialogs.readback import partly_known, said_back, value
from dialogs.reading import Taken
from dialogs.reply import Choice, Reply, shifted
from dialogs.sensitive import declined
from dialogs.utterance import Said
from dialogs.withheld import FLOW
from scoring.ages import complete_years

PER_PAGE = 8


class Change(Flow):
    """The list of answers, page by page. State: `page`."""

    name = "change"
    passing = True

    def ask(self, talk: Talk) -> Reply:
        answers = changeable(talk)
        page = _page(talk)
        shown = answers[(page - 1) * PER_PAGE : page * PER_PAGE]
        more = len(answers) > page * PER_PAGE
        keys = (
            *(("more",) if more else ()),
            *(("word:sensitive",) if declined(talk.conversation) and not more else ()),
            "back",
        )
        asked = ask("change/list", self.name, keys, empty=not answers)
        listed = [_line(number, question, talk) for number, question in enumerate(shown, 1)]
        return Reply(asked.text, (*listed, *shifted(asked.choices, len(listed))))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        key = self.picked(talk, said)
        if key is None:
            question = None if said.tap else titled(talk, said.text)
            return reopen(talk, question) if question else None
        if key == "more":
            return Step(talk.conversation.stay(page=_page(talk) + 1))
        if key == "back":
            return Step(talk.conversation.leave())
        if key == FLOW:  # 补上, by its number or its label
            return Step(talk.conversation.leave().enter(FLOW, on=True))
        return reopen(talk, questions()[key])


class Drop(Flow):
    """Waits for the yes to an answer that voids others. State: `facts`, `voids`."""

    name = "drop"
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        voided = talk.state["voids"]
        lost = [
            f"{question.title}：{value(question, talk)}"
            for question in questions().values()
            if isinstance(voided, list) and set(question.facts) & set(map(str, voided))
        ]
        return ask("change/drop", self.name, ("yes", "no"), lost=lost)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        below = talk.after(talk.conversation.leave())
        match self.confirmed(talk, said):
            case "yes":
                return settle(below, asked(below), _facts(talk))
            case "no":
                return Step(proceed(below), note=say("change/kept"))
        return None


class Overwrite(Flow):
    """Waits for the yes to a new value of what is known already. State: `facts`, `before`."""

    name = "overwrite"
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        facts = _facts(talk)
        now = talk.after(talk.conversation.but(facts={**talk.conversation.facts, **facts}))
        changed = [
            (question.title, value(question, talk), _new(question, now))
            for question in questions().values()
            if not question.ticks and set(question.facts) & facts.keys()
        ]
        return ask("change/overwrite", self.name, ("yes", "no"), changed=changed)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        below = talk.after(talk.conversation.leave())
        carried = {"before": talk.state["before"]} if "before" in talk.state else {}
        match self.confirmed(talk, said):
            case "yes":
                after = below.after(learn(below.conversation, _with_reopened(below, talk), []))
                return Step(proceed(after, **carried), note=said_back(below, after, _facts(talk)))
            case "no":
                return Step(below.conversation, note=say("change/kept"))
        return None


def _new(question: Question, now: Talk) -> str | None:
    """What is told now; None where what was told is only taken back."""
    facts = now.conversation.facts
    gone = any(fact in facts and facts[fact] is None for fact in question.facts)
    return None if gone else value(question, now)


def _with_reopened(below: Talk, talk: Talk) -> Facts:
    """The new values, and what the old ones had ruled out: unknown again."""
    facts = _facts(talk)
    for question in questions().values():
        own = {fact: value for fact, value in facts.items() if fact in question.facts}
        if own and question.id in below.conversation.answered:
            facts = {**effect(question, Taken(own), below.conversation).facts, **facts}
    return facts


class OwnBirth(Flow):
    """Whose birth is it? Nothing is kept until the yes. State: `facts`."""

    name = "own_birth"
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        born = date.fromisoformat(str(_facts(talk)[BIRTH]))
        age = complete_years(born, talk.today)
        return ask("questionnaire/own_birth", self.name, ("yes", "no"), born=born, age=age)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        below = talk.after(talk.conversation.leave())
        match self.picked(talk, said):
            case "yes":
                return take(below, asked(below), Taken(_facts(talk)))
            case "no":
                return Step(below.conversation)
        return None


def _facts(talk: Talk) -> Facts:
    facts = talk.state["facts"]
    return dict(facts) if isinstance(facts, dict) else {}


def changeable(talk: Talk) -> list[Question]:
    """The questions answered, told of, or left open, in their order."""
    conversation = talk.conversation
    seen = {*conversation.answered, *conversation.passed}
    return [
        question
        for question in questions().values()
        if question.id in seen
        or (not question.ticks and partly_known(question, conversation.facts))
    ]


def reopen(talk: Talk, question: Question) -> Step:
    """Ask a question again; where all was answered, the result will tell the difference."""
    conversation = talk.conversation
    if pending(talk):
        return Step(conversation.go("questionnaire", at=question.id))
    before = points_before(talk)
    return Step(conversation.go("questionnaire", at=question.id, before=before))


def titled(talk: Talk, text: str) -> Question | None:
    """The one answer named by its title or a part of it, on whichever page it stands; for a
    follow-up that was ruled out, the list that opens it."""
    wanted = bare(text)
    known = changeable(talk)
    named = [one for one in questions().values() if wanted and wanted in bare(one.title)]
    parents = [questions()[one.after] for one in named if one not in known and one.after]
    named = [one for one in (*named, *parents) if one in known]
    exact = [one for one in named if wanted == bare(one.title)]
    return next(iter(exact or named), None) if exact or len(named) == 1 else None


def points_before(talk: Talk) -> State:
    """The points as they are, for a result to be compared with."""
    points: State = {
        category.id: str(category.points)
        for part in talk.estimate.parts
        for category in part.categories
        if category.points
    }
    estimate, answered = talk.estimate, list[JsonValue](talk.conversation.answered)
    return {
        "answered": answered,
        "total": str(estimate.points),
        "high": str(estimate.high),
        "categories": points,
    }


def _line(number: int, question: Question, talk: Talk) -> Choice:
    label = f"{question.title}：{value(question, talk)}"
    return Choice(number, label, f"{Change.name}.{question.id}", (question.title,))


def _page(talk: Talk) -> int:
    page = talk.state.get("page", 1)
    return page if isinstance(page, int) else 1
