"""修改: pick an answer, give another; what that voids is said before it is dropped."""

from __future__ import annotations

from datetime import date

from dialogs.agenda import learn, pending, proceed, told_by
from dialogs.conversation import Facts
from dialogs.effects import effect
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.profile import back, offer
from dialogs.flows.questionnaire.asked import NAME, asked, at, carried, carried_along
from dialogs.flows.questionnaire.record import settle, take
from dialogs.intents.household import household_named
from dialogs.intents.words import asks_which
from dialogs.interpret import hear
from dialogs.language.recognisers.unnamed import BIRTH
from dialogs.match_choice import bare
from dialogs.phrases import ask, say
from dialogs.questions import Question, questions
from dialogs.readback import is_denied, partly_known, said_back, value
from dialogs.reading import Taken
from dialogs.reply import Choice, Reply, shifted, unnumbered
from dialogs.sensitive import allowed, declined
from dialogs.states import (
    Carried,
    ChangeState,
    DropState,
    FactsState,
    OverwriteState,
    PointsBefore,
    SensitiveState,
)
from dialogs.utterance import Said
from dialogs.withheld import FLOW
from scoring.ages import complete_years

PER_PAGE = 8


class Change(Flow):
    """The list of answers, page by page."""

    name = "change"
    remembers = ChangeState
    passing = True

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(ChangeState)
        answers = [one for one in changeable(talk) if not state.among or one.id in state.among]
        page = state.page
        shown = answers[(page - 1) * PER_PAGE : page * PER_PAGE]
        more = len(answers) > page * PER_PAGE
        offers_more = declined(talk.conversation) and not (more or state.among)
        keys = (
            *(("more",) if more else ()),
            *(("word:sensitive",) if offers_more else ()),
            "back",
        )
        asked = ask("change/list", self.name, keys, empty=not answers)
        listed = [_line(number, question, talk) for number, question in enumerate(shown, 1)]
        *ways, back = shifted(asked.choices, len(listed))
        return Reply(asked.text, (*listed, *ways, *unnumbered([back])))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        key = self.picked(talk, said)
        if key is None:
            question = None if said.tap else titled(talk, said.text)
            return reopen(talk, question) if question else None
        if key == "more":
            return Step(
                talk.conversation.stay(ChangeState(page=talk.state_as(ChangeState).page + 1))
            )
        if key == "back":
            return Step(talk.conversation.leave())
        if key == FLOW:  # 补上, by its number or its label
            return Step(talk.conversation.leave().enter(FLOW, SensitiveState(on=True)))
        return reopen(talk, questions()[key])


class Drop(Flow):
    """Waits for the yes to an answer that voids others."""

    name = "drop"
    remembers = DropState
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        voided = talk.state_as(DropState).voids
        lost = [
            f"{question.title}：{value(question, talk)}"
            for question in questions().values()
            if set(question.facts) & set(voided)
        ]
        return ask("change/drop", self.name, ("yes", "no"), lost=lost)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        below = talk.after(talk.conversation.leave())
        match self.confirmed(talk, said):
            case "yes":
                return settle(below, asked(below), _facts(talk))
            case "no":
                return Step(
                    proceed(below, carried(below).but(before=None)), note=say("change/kept")
                )
        return None


class Overwrite(Flow):
    """Waits for the yes to a new value of what is known already."""

    name = "overwrite"
    remembers = OverwriteState
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        whose, changed = talk.conversation.whose, _changed(talk)
        keys = ("yes", "no", "mine") if whose else ("yes", "no")
        return ask("change/overwrite", self.name, keys, changed=changed, whose=whose)

    def again(self, talk: Talk) -> Reply:
        whose, changed = talk.conversation.whose, _changed(talk)
        return Reply(say("change/again", changed=changed, whose=whose), self.ask(talk).choices)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        below = talk.after(talk.conversation.leave())
        if whose := household_named(said):
            return _of_another(below, whose, _facts(talk))
        along = carried(below).but(before=talk.state_as(OverwriteState).before)
        match self.confirmed(talk, said):
            case "yes":
                after = below.after(learn(below.conversation, _reopening(below, _facts(talk)), []))
                on = below.conversation.top.flow not in (NAME, "result")  # in the middle of booking
                there = after.conversation if on else proceed(after, along)
                return Step(there, note=said_back(below, after, _facts(talk)))
            case "no":
                return Step(below.conversation, note=say("change/kept"))
            case "mine":
                return _of_oneself(below, _facts(talk))
        if asks_which(said):
            return Step(talk.conversation, reply=self.again(talk))
        if _is_as_recorded(talk, said):
            return Step(below.conversation, note=say("change/kept"), rest=said)
        return None

    def command(self, talk: Talk, word: str) -> Step | None:
        if word == "self" and talk.conversation.whose:
            return _of_oneself(talk.after(talk.conversation.leave()), _facts(talk))
        return super().command(talk, word)


def _changed(talk: Talk) -> list[tuple[str, str, str | None]]:
    """What would change, with its old and its new value; a line of a list by its own label."""
    facts, known = _facts(talk), talk.conversation.facts
    now = talk.after(talk.conversation.but(facts={**known, **facts}))
    asked_for = (one for one in questions().values() if {*one.facts} & facts.keys())
    changed: list[tuple[str, str, str | None]] = []
    for question in asked_for:
        if not question.ticks:
            changed.append((question.title, value(question, talk), _new(question, now)))
        for line in question.ticks.values():
            if line.sets in facts:
                changed.append((line.label, _there(known, line.sets), _there(facts, line.sets)))
    return changed


def _there(facts: Facts, fact: str) -> str:
    return "有" if facts.get(fact) else "没有"


def _is_as_recorded(talk: Talk, said: Said) -> bool:
    """居住证我有的, where 没有 waits for a yes: it is so as it was recorded."""
    told = hear(None, said, talk.today).facts if said.tap is None else {}
    again = _facts(talk).keys() & told.keys()
    return bool(again) and all(told[one] == talk.conversation.facts.get(one) for one in again)


def _of_oneself(below: Talk, facts: Facts) -> Step:
    """是我自己的, of what was taken for the other one's: it is one's own turn again, with these.
    Sensitive facts need a consent of one's own."""
    turn = back(below)
    own = below.after(below.conversation.own)
    told = allowed(facts, own.conversation)
    changed = [
        (question.title, value(question, own))
        for question in questions().values()
        if not question.ticks and {*question.facts} & {*told} & {*own.conversation.facts}
    ]
    after = own.after(learn(own.conversation, _reopening(own, told), told_by(told)))
    was = [say("change/was", title=title, old=old) for title, old in changed]
    note = "\n".join(filter(None, (turn.note, *was, said_back(own, after, told))))
    before = None if pending(own) else points_before(own)
    return Step(proceed(after, Carried(before=before)), note=note)


def _of_another(below: Talk, whose: str, facts: Facts) -> Step:
    """对呀，老公的嘛: what was taken for a new value of one's own is that one's."""
    theirs: Facts = {fact: value for fact, value in facts.items() if value is not None}
    offered = offer(below, whose, theirs)
    return offered or Step(below.conversation, note=say("change/kept"))


def _new(question: Question, now: Talk) -> str | None:
    """What is told now; None where what was told is only taken back."""
    facts = now.conversation.facts
    gone = any(fact in facts and facts[fact] is None for fact in question.facts)
    return None if gone else value(question, now)


def _reopening(talk: Talk, facts: Facts) -> Facts:
    """The new values, and what the old ones had ruled out: unknown again."""
    for question in questions().values():
        if question.ticks:
            continue  # a line that is there now says nothing of the others
        own = {fact: value for fact, value in facts.items() if fact in question.facts}
        if own and question.id in talk.conversation.answered:
            facts = {**effect(question, Taken(own), talk.conversation).facts, **facts}
    return facts


class OwnBirth(Flow):
    """Whose birth is it? Nothing is kept until the yes."""

    name = "own_birth"
    remembers = FactsState
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
    return talk.state_as(FactsState).facts


def changeable(talk: Talk) -> list[Question]:
    """The questions answered, told of, or left open, in their order."""
    conversation = talk.conversation
    seen = {*conversation.answered, *conversation.passed}
    return [
        question
        for question in questions().values()
        if question.id in seen
        or (not question.ticks and partly_known(question, conversation.facts))
        or (question.after not in seen and is_denied(question, conversation.facts))
    ]


def reopen(talk: Talk, question: Question) -> Step:
    """Ask a question again; where all was answered, the result will tell the difference."""
    conversation = talk.conversation
    before = None if pending(talk) else points_before(talk)
    along = carried_along(talk).but(before=before)
    lists = {id: lines for id, lines in along.lists.items() if id != question.id}
    return Step(at(conversation, question.id, along.but(lists=lists)))


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


def points_before(talk: Talk) -> PointsBefore:
    """The points as they are, for a result to be compared with."""
    estimate = talk.estimate
    points = {
        category.id: category.points
        for part in estimate.parts
        for category in part.categories
        if category.points
    }
    return PointsBefore(
        total=estimate.points,
        high=estimate.high,
        categories=points,
        answered=talk.conversation.answered,
    )


def _line(number: int, question: Question, talk: Talk) -> Choice:
    label = f"{question.title}：{value(question, talk)}"
    return Choice(number, label, f"{Change.name}.{question.id}", (question.title,))
