"""Questions: their answer, or topics to choose from."""

from __future__ import annotations

from dataclasses import replace

from dialogs import faq
from dialogs.asked_along import Along
from dialogs.booking.entry import inquire
from dialogs.booking.flow import BookingFlow
from dialogs.booking.intent import about_hours, fits
from dialogs.commands import command
from dialogs.flow import Step, Talk
from dialogs.flows import beneath, is_closed, top
from dialogs.flows.consent import told_outright
from dialogs.flows.topics import also_asked, parts, tell
from dialogs.intents.remarks import asks_worth, is_no_paper_of_ours
from dialogs.intents.words import asks_readings, demanded, phrase
from dialogs.interpret import hear
from dialogs.language.asking import before_the_question
from dialogs.language.precheck import asks_outright
from dialogs.phrases import say
from dialogs.recent import counted, referred, substituted
from dialogs.router.misses import beyond, keepable, missed, plainly_asks
from dialogs.states import TopicsState
from dialogs.utterance import Said

LARGE_LETTERS = "/letters/large"
OF_ONES_OWN = frozenset({"book_review", "which_window"})
"""Topics whose answer is one's own appointment, where there is one."""


def questioned(talk: Talk, said: Said) -> Step | None:
    """A question: its answer, or three topics to choose from; the place is kept."""
    if is_closed(talk):
        return None
    talk = beneath(talk)
    found = talk.find(substituted(talk, said))
    if step := _asked_several(talk, said, found):
        return step
    sure, guarded = found.decision == "answer", top(talk).guarded
    own = found.asks and not guarded and not about_hours(said.text)
    if own and found.topics[:1] and found.topics[0] in OF_ONES_OWN:
        return inquire(talk, found.topics[0])
    if sure:
        return tell(talk, found.topics[0])
    if guarded or found.decision == "none":
        return None if guarded or not plainly_asks(talk, said, found) else beyond(talk, said)
    if found.neighbour:
        return _elsewhere(talk, found.neighbour, said.text)
    return _likely(talk, said, found)


def _likely(talk: Talk, said: Said, found: faq.Found) -> Step:
    """The likeliest topic, or three to choose from; only offered, where it has no word of it."""
    if not found.supported:
        return replace(beyond(talk, said), offered=found.topics[:2])
    waits = top(talk).personal or isinstance(top(talk), BookingFlow)
    if waits and (not found.asks or found.decision == "choices"):  # rather an answer
        return replace(missed(talk, said), offered=found.topics[:2])
    near = counted(talk, said.text) if found.decision == "likely" else None
    if near:
        rest = tuple(id for id in found.topics if id != near)
        found = replace(found, topics=(near, *rest)[:3], close=rest[:2])
    if found.decision != "choices" or talk.conversation.recent.menu:
        return tell(talk, found.topics[0], found.close, found.beside)
    state = TopicsState(topics=found.topics, said=keepable(talk, said) or "")
    listed = talk.conversation.enter("topics", state)
    return Step(listed, misses=talk.conversation.misses + 1, menu=True)


def _elsewhere(talk: Talk, neighbour: str, text: str) -> Step:
    """Who deals with something else; and that nothing is written of it, where its worth is asked
    (驾照算不算分)."""
    other = faq.neighbours()[neighbour]
    worth = asks_worth(text)
    note = say("elsewhere", where=other.where, worth=worth)
    return Step(talk.conversation, note=note)


def unwritten(talk: Talk, said: Said) -> Step | None:
    """驾照有分吗: a paper of which the rules do not speak."""
    if said.tap or is_closed(talk) or not is_no_paper_of_ours(said.text):
        return None
    note = say("elsewhere", where="", worth=True)
    return Step(beneath(talk).conversation, note=note)


def helped(talk: Talk, said: Said) -> Step | None:
    """字太小, 我不识字 while a yes is waited for: before that nothing else can be read."""
    if said.tap or not top(talk).guarded:
        return None
    found = talk.find(substituted(talk, said))
    topic = faq.topics()[found.topics[0]] if found.decision in ("answer", "likely") else None
    helps = topic and topic.link and topic.link.page == LARGE_LETTERS
    return tell(talk, found.topics[0]) if helps else None


def _asked_several(talk: Talk, said: Said, found: faq.Found) -> Step | None:
    """The answer to a message that asks more than one thing; the others stand under it."""
    several = also_asked(talk, said.text)
    if not several or top(talk).guarded or OF_ONES_OWN.intersection(several):
        return None
    first = found.topics[0] if found.decision == "answer" else several[0]
    others = tuple(one for one in several if one != first)
    also = say("topics/also") if others else _points_so_far(talk, said)
    if not also:
        return None
    step = tell(talk, first, others)
    return replace(step, note=f"{step.note}\n{also}")


def _points_so_far(talk: Talk, said: Said) -> str:
    """The points as they stand, where they are asked for beside something else."""
    asked = any(phrase(Said(part)) in ("start", "result") for part in parts(said.text))
    begun = bool(talk.conversation.facts) and talk.conversation.top.flow == "questionnaire"
    step = top(talk).command(talk, "progress") if asked and begun else None
    return step.note if step else ""


def told_along(talk: Talk, question: Along) -> Step:
    """What is said of a question that came beside an answer: nothing but a note. How many points
    there are in all, the result says, or the way to it."""
    if question.of_total:
        step = top(talk).command(talk, "progress") if top(talk).name == "questionnaire" else None
        return step or Step(talk.conversation)
    if phrase(Said(question.part)) == "mistaken":
        return command(talk, "mistaken")
    if called := demanded(Said(question.part)):
        return command(talk, called)
    if asks_readings(Said(question.part)) and (step := referred(talk, Said(question.part))):
        return step
    if is_no_paper_of_ours(question.part):
        return Step(talk.conversation, note=say("elsewhere", where="", worth=True))
    found = question.found(talk.find)
    if found.neighbour:
        return _elsewhere(talk, found.neighbour, question.whole)
    if told_outright(found) or found.decision == "elsewhere":
        rest = found.close if found.decision == "likely" and not top(talk).guarded else ()
        return tell(beneath(talk), found.topics[0], rest, found.beside)
    near = found.topics[:2] if found.supported else ()
    note = "" if near or not asks_outright(question.part) else say("questionnaire/beyond")
    return Step(talk.conversation, note=note, offered=() if top(talk).guarded else near)


def digressed(talk: Talk, said: Said) -> Step | None:
    """In the middle of booking a question that is surely about something else (搬家了要不要改地址):
    not what it may have of a time or a change."""
    asked = top(talk)
    if said.tap or not isinstance(asked, BookingFlow) or is_closed(talk):
        return None
    if fits(said.text, "booking") or not asks_outright(said.text) or asked.picked(talk, said):
        return None
    head = before_the_question(said.text, hear(None, said, talk.today).question)
    if head and asked.answer(talk, Said(head)):
        return None  # an answer with a question behind it
    found = talk.find(said.text)
    sure = found.decision == "answer" and found.topics[0] not in OF_ONES_OWN
    return questioned(talk, said) if sure else None
