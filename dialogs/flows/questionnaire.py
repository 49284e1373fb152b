"""The questionnaire: one question after another, each asked only while it can change the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import JsonValue

from dialogs.agenda import give_up, learn, pending, previous, proceed, settled_by, told_by
from dialogs.answering import Named, effect, parted, understand
from dialogs.conversation import Facts
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.asking import asked_back, likely, of_offer, question_text, shown, unclear
from dialogs.flows.birth import (
    BIRTH,
    credible,
    doubted,
    in_doubt,
    is_child,
    ruled_out,
    with_month,
)
from dialogs.language import Refused
from dialogs.phrases import say
from dialogs.questions import Question, nothing, questions
from dialogs.readback import category_of, heard, ticked_so_far
from dialogs.reading import Taken, keeps, read
from dialogs.reply import Reply
from dialogs.utterance import Said
from scoring import FACTS


class Questionnaire(Flow):
    """State: `at` the question asked; `ticked` so far by taps; `year` of a birth without month;
    `before` the points before a change."""

    name = "questionnaire"
    personal = True

    def ask(self, talk: Talk) -> Reply:
        question = asked(talk)
        return Reply(question_text(talk, question), shown(talk, question))

    def again(self, talk: Talk) -> Reply:
        question = asked(talk)
        return Reply(question.ask, shown(talk, question))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        if not _first_time(talk) and keeps(said):
            return _skip(talk)
        step = self._heard(talk, said)
        if step is None or step.reply:
            head, question = parted(said)
            first = self._heard(talk, head) if head else None
            if first and not first.reply:
                return replace(first, question=question)
        return step

    def _heard(self, talk: Talk, said: Said) -> Step | None:
        question = asked(talk)
        year = talk.state.get("year")
        meant = of_offer(with_month(talk, said), asked_back(talk, question))
        if isinstance(meant, Refused):
            return self._unclear(talk, question, meant)
        understood = understand(
            question, meant, talk.today, year if isinstance(year, int) else None
        )
        match credible(talk, understood or _of_the_last_tick(talk, question, meant)):
            case Taken(more=True, ticked=None) as taken:
                return self._in_part(talk, question, taken)
            case Taken(more=True) as taken if meant.tap or _first_time(talk) or not taken.ticked:
                return self._ticked_one(talk, question, taken)
            case Taken(ticked=None) as taken:
                return doubted(talk, taken.facts, meant) or take(talk, question, taken)
            case Taken(facts=facts, ticked=keys):
                together = tuple(dict.fromkeys((*ticked(talk), *(keys or ()))))
                return take(talk, question, Taken(facts, together))
            case Named() as named:
                return several(talk, named)
            case Refused(why="unknown"):
                return self.command(talk, "unknown")
            case Refused() as refusal:
                return self._unclear(talk, question, refusal)
        return None

    def about(self, talk: Talk) -> str:
        return asked(talk).title

    def retry(self, talk: Talk, said: Said) -> Reply:
        question = asked(talk)
        return unclear(talk, question, None)

    def command(self, talk: Talk, word: str) -> Step | None:
        known = QUESTION_WORDS.get(word)
        return known(talk) if known else None

    def _unclear(self, talk: Talk, question: Question, refusal: Refused) -> Step:
        kept, misses = dict(talk.state), talk.conversation.misses + 1
        kept.pop("offered", None)
        kept.pop("only", None)
        kept |= likely(question, refusal)
        if refusal.year:  # half of the answer: no miss
            kept, misses = {**kept, "year": refusal.year}, 1
        conversation = talk.conversation.stay(**kept).but(misses=misses)
        reply = unclear(talk.after(conversation), question, refusal)
        return Step(conversation, reply=reply, misses=conversation.misses)

    def _in_part(self, talk: Talk, question: Question, taken: Taken) -> Step:
        """One of several numbers was denied, or is not known: the others are asked for."""
        facts = {**talk.conversation.facts, **taken.facts}
        left = [field.label for fact, field in question.fields.items() if fact not in facts]
        if not left:
            return take(talk, question, taken)
        after = talk.after(learn(talk.conversation, taken.facts, []))
        told = [
            (field.label, taken.facts[fact], FACTS[fact].unit)
            for fact, field in question.fields.items()
            if fact in taken.facts
        ]
        note = say("questionnaire/in_part", told=told, left=left)
        return Step(after.conversation, note=note, reply=Reply("", shown(after, question)))

    def _ticked_one(self, talk: Talk, question: Question, taken: Taken) -> Step:
        together: list[JsonValue] = list(dict.fromkeys((*ticked(talk), *(taken.ticked or ()))))
        conversation = talk.conversation.stay(**{**talk.state, "ticked": together})
        ids = settled_by({**conversation.facts, **taken.facts}, frozenset(taken.facts))
        conversation = learn(conversation, taken.facts, ids)
        labels = ticked_so_far(talk.after(conversation), question, together)
        asked_again = self.again(talk.after(conversation))
        return Step(conversation, say("questionnaire/ticked", labels=labels), reply=asked_again)


def _first_time(talk: Talk) -> bool:
    return asked(talk).id not in talk.conversation.answered


def asked(talk: Talk) -> Question:
    """The question that was asked last."""
    return questions()[str(talk.state["at"])]


def ticked(talk: Talk) -> tuple[str, ...]:
    """What was tapped so far of a list."""
    keys = talk.state.get("ticked")
    return tuple(map(str, keys)) if isinstance(keys, list) else ()


def _of_the_last_tick(talk: Talk, question: Question, said: Said) -> Taken | None:
    """How often, or how much, said of the line that was ticked last before it is asked for
    (志愿服务 | 4次)."""
    ticks = [question.ticks[key] for key in ticked(talk) if key in question.ticks]
    opened = ticks[-1].opens if ticks else None
    detail = read(questions()[opened], said, talk.today) if opened else None
    return Taken(detail.facts, ticked=(), more=True) if isinstance(detail, Taken) else None


def take(talk: Talk, question: Question, taken: Taken) -> Step:
    """An answer to the asked question; where it voids later answers, wait for a yes."""
    change = effect(question, taken, talk.conversation)
    if change.voids:
        facts: Mapping[str, JsonValue] = change.facts
        return Step(talk.conversation.enter("drop", facts=dict(facts), voids=list(change.voids)))
    details = {fact: value for fact, value in taken.facts.items() if value != nothing(fact)}
    return settle(talk, question, change.facts, details)


def settle(talk: Talk, question: Question, facts: Facts, details: Facts | None = None) -> Step:
    """Keep the answer, with the details that came with it, say it back and go on."""
    known = {**talk.conversation.facts, **facts}
    ids = [question.id, *settled_by(known, frozenset(details or ()))]
    reopened = ruled_out(talk, facts)
    after = talk.after(learn(talk.conversation, {**facts, **reopened}, ids))
    note = f"{heard(after, ids)}\n{in_doubt(reopened)}".strip()
    return Step(proceed(after, **carried(talk)), note=note)


def several(talk: Talk, named: Named) -> Step:
    """Several answers in one message; the first that was not clear is asked next."""
    facts, refused = named.taken.facts, named.refused
    if is_child(facts, talk.today):
        facts = {fact: value for fact, value in facts.items() if fact != BIRTH}
        refused = {**refused, BIRTH: Refused("vague")}
    known = {**talk.conversation.facts, **facts}
    ids = settled_by(known, frozenset(facts))
    reopened = ruled_out(talk, facts)
    after = talk.after(learn(talk.conversation, {**facts, **reopened}, ids))
    said = f"{heard(after, told_by(facts))}\n{in_doubt(reopened)}".strip()
    note = say("questionnaire/named", heard=said, unheard=named.unheard)
    conversation = proceed(after, **carried(talk))
    for question in questions().values():
        if not refused.keys().isdisjoint(question.facts):
            refusal = next(refused[fact] for fact in question.facts if fact in refused)
            state = {**carried(talk), **likely(question, refusal)}
            if refusal.year:
                state["year"] = refusal.year
            conversation = after.conversation.go("questionnaire", at=question.id, **state)
            reply = unclear(talk.after(conversation.but(misses=1)), question, refusal)
            return Step(conversation, note=note, reply=reply)
    return Step(conversation, note=note)


def carried(talk: Talk) -> dict[str, JsonValue]:
    """What goes with the questionnaire from question to question."""
    return {"before": talk.state["before"]} if "before" in talk.state else {}


def _skip(talk: Talk) -> Step:
    return _leave_open(talk, "questionnaire/skipped")


def _unknown(talk: Talk) -> Step:
    return _leave_open(talk, "questionnaire/unknown")


def _leave_open(talk: Talk, said: str) -> Step:
    question = asked(talk)
    if question.id in talk.conversation.answered:
        return Step(proceed(talk), note=say("questionnaire/kept", title=question.title))
    after = talk.after(give_up(talk.conversation, question))
    note = say(said, title=question.title, counts=not question.always)
    return Step(proceed(after, **carried(talk)), note=note)


def _back(talk: Talk) -> Step:
    before = previous(talk.conversation, asked(talk).id)
    if before is None:
        return Step(talk.conversation, note=say("questionnaire/first"))
    return Step(talk.conversation.go("questionnaire", at=before.id, **carried(talk)))


def _why(talk: Talk) -> Step:
    question = asked(talk)
    category = category_of(question, talk)
    note = say("questionnaire/why", why=question.why, category=category)
    return Step(talk.conversation, note=note)


def _progress(talk: Talk) -> Step:
    left = len(pending(talk))
    done = len(talk.conversation.answered) + len(talk.conversation.passed)
    note = say("questionnaire/progress", done=done, left=left, estimate=talk.estimate)
    return Step(talk.conversation, note=note)


QUESTION_WORDS: Mapping[str, Callable[[Talk], Step]] = {
    "skip": _skip,
    "unknown": _unknown,
    "back": _back,
    "why": _why,
    "progress": _progress,
}
