"""The flow of the questions: what an answer to the one that is asked leads to."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.agenda import learn
from dialogs.conversation import Facts
from dialogs.effects import effect
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.questionnaire.asked import NAME, asked, state_of
from dialogs.flows.questionnaire.beside import with_others, with_question
from dialogs.flows.questionnaire.hearing import (
    beside,
    but_the_offered,
    is_told,
    listen,
    month_alone,
)
from dialogs.flows.questionnaire.record import several, take
from dialogs.flows.questionnaire.rest import with_rest
from dialogs.flows.questionnaire.tick_list import again, listed, of_the_last_tick
from dialogs.flows.questionnaire.uncertain import (
    of_arrival,
    of_permit_holder,
    of_there,
    of_which_payment,
    only_asks,
    since,
)
from dialogs.flows.questionnaire.words import QUESTION_WORDS, skip
from dialogs.intents.agreement import withholds
from dialogs.interpret import Heard
from dialogs.language import Refused
from dialogs.phrases import say
from dialogs.plausibility import doubted, with_month
from dialogs.question_reply import (
    asked_back,
    likely,
    number_first,
    of_offer,
    question_text,
    shown,
    unclear,
)
from dialogs.questions import Question
from dialogs.reading import Taken, keeps
from dialogs.recent import counted
from dialogs.reply import Choice, Reply
from dialogs.sensitive import SENSITIVE
from dialogs.states import Offer, QuestionState
from dialogs.utterance import Said
from dialogs.withheld import keep_back
from scoring import FACTS


class Questionnaire(Flow):
    """Asks one question after another."""

    name = NAME
    remembers = QuestionState
    personal = True

    def ask(self, talk: Talk) -> Reply:
        question, year = asked(talk), state_of(talk).year
        if year is not None:
            return unclear(talk, question, Refused("month_missing", year=year))
        return Reply(question_text(talk, question), shown(talk, question))

    def again(self, talk: Talk) -> Reply:
        return again(talk, asked(talk))

    def choices(self, talk: Talk) -> Sequence[Choice]:
        return shown(talk, asked(talk))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        question, year = asked(talk), state_of(talk).year
        if question.id in talk.conversation.answered and keeps(said):
            return skip(talk)
        offered = asked_back(talk, question)
        typed, rest = number_first(with_month(talk, said), offered)
        meant = of_offer(typed, question, offered, talk.today)
        if isinstance(meant, Refused):
            return _unclear(talk, question, meant)
        meant = month_alone(question, meant) if year else meant
        heard = but_the_offered(talk, listen(talk, question, meant, year))
        heard = beside(heard, listen(talk, None, Said(rest))) if rest else heard
        if question.fact in SENSITIVE and withholds(said) and not is_told(heard):
            return skip(talk)  # 党员这个不说: neither yes nor no
        if refusal := since(talk, question, meant, heard, year):
            return _unclear(talk, question, refusal)
        if refusal := of_arrival(talk, question, said, heard, year):
            return _unclear(talk, question, refusal)
        if refusal := of_permit_holder(talk, question, said, heard):
            return _unclear(talk, question, refusal)
        if only_asks(talk, question, heard, meant):
            return None
        if of_which_payment(talk, question, heard, meant):
            return _unheard(talk, question, say("questionnaire/which_payment"))
        if refusal := of_there(talk, question, meant, heard):
            return _unclear(talk, question, refusal)
        step = with_others(talk, self._taken(talk, question, meant, heard), heard)
        step = keep_back(talk, step, heard)
        near = counted(talk, heard.question, plainly=True)
        step = with_question(step, heard, said, question.title, near)
        return with_rest(talk, step, heard)

    def _taken(self, talk: Talk, question: Question, said: Said, heard: Heard) -> Step | None:
        answer = heard.answer or of_the_last_tick(talk, question, said)
        match answer:
            case Taken(more=True, ticked=None) as taken if not heard.beside:
                return _in_part(talk, question, taken)
            case Taken(ticked=tuple()) as taken:
                return listed(talk, question, taken, heard, said)
            case Taken() as taken if not heard.beside and not heard.unheard:
                return doubted(talk, taken.facts, said) or take(talk, question, taken)
            case Refused(why="unknown") if not heard.facts:
                return self.command(talk, "unknown")
            case Refused() as refusal if not heard.facts:
                return _unclear(talk, question, refusal)
        if isinstance(answer, Taken):
            change = effect(question, answer, talk.conversation)
            ruled: Facts = {fact: value for fact, value in change.facts.items() if value is None}
            return several(talk, heard, ruled)
        return several(talk, heard) if heard.facts or heard.confirm else None

    def about(self, talk: Talk) -> str:
        return asked(talk).title

    def retry(self, talk: Talk, said: Said) -> Reply:
        return unclear(talk, asked(talk), None)

    def command(self, talk: Talk, word: str) -> Step | None:
        known = QUESTION_WORDS.get(word)
        return known(talk) if known else None


def _unclear(talk: Talk, question: Question, refusal: Refused) -> Step:
    """The question stays, with what the answer may have meant. Half of an answer is no miss."""
    state = state_of(talk).offering(likely(question, refusal))
    if refusal.why == "elsewhere":
        state = state.but(elsewhere=True)
    if refusal.year:
        state = state.but(year=refusal.year)
    misses = 1 if refusal.year else talk.conversation.misses + 1
    conversation = talk.conversation.stay(state).but(misses=misses)
    reply = unclear(talk.after(conversation), question, refusal)
    return Step(conversation, reply=reply, misses=misses)


def _unheard(talk: Talk, question: Question, text: str) -> Step:
    """The question stays, with what the message left open."""
    conversation = talk.conversation.but(misses=talk.conversation.misses + 1)
    reply = Reply(f"{text}\n{question.ask}", shown(talk, question))
    return Step(conversation, reply=reply, misses=conversation.misses)


def _in_part(talk: Talk, question: Question, taken: Taken) -> Step:
    """One of several numbers was denied, or is not known: the others are asked for."""
    facts = {**talk.conversation.facts, **taken.facts}
    left = [field.label for fact, field in question.fields.items() if fact not in facts]
    if not left:
        return take(talk, question, taken)
    asking = talk.conversation.stay(state_of(talk).offering(Offer()))
    after = talk.after(learn(asking, taken.facts, []))
    told = [
        (field.label, taken.facts[fact], FACTS[fact].unit)
        for fact, field in question.fields.items()
        if fact in taken.facts
    ]
    note = say("questionnaire/in_part", told=told, left=left)
    return Step(after.conversation, note=note, reply=Reply("", shown(after, question)))
