"""The consent to sensitive facts: asked before the first of them, skipped without loss elsewhere,
given later (补上), withdrawn (撤回)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs import consent_texts
from dialogs.agenda import learn, pending, proceed, settled_by, told_by
from dialogs.asked_along import Along
from dialogs.conversation import Conversation, Facts
from dialogs.early import MINUTES
from dialogs.flow import Step, Talk
from dialogs.flows.asking_consent import AskingConsent
from dialogs.flows.change import points_before
from dialogs.flows.questionnaire.hearing import listen
from dialogs.flows.questionnaire.words import QUESTION_WORDS
from dialogs.intents.agreement import besides_the_yes, declines, refuses
from dialogs.intents.consenting import consenting, without_nothing_else
from dialogs.intents.household import in_first_person
from dialogs.intents.words import asks_which_private
from dialogs.interpret import hear
from dialogs.interpret.asked import own_mentions
from dialogs.interpret.denials import is_there
from dialogs.language.analysis import analyse
from dialogs.phrases import ask, offered, say
from dialogs.questions import nothing, questions
from dialogs.readback import heard
from dialogs.reading import Taken
from dialogs.reply import Choice, Reply
from dialogs.requests import Request, WithdrawSensitive
from dialogs.sensitive import SENSITIVE, lines, list_apart, on_offer, permitted
from dialogs.states import Carried, QuestionState, SensitiveState
from dialogs.utterance import Said
from dialogs.withheld import FLOW, forgetting, held, keep_back, released, withdrawn

_KEYS = ("agree", "skip")
_PAUSE = re.compile("[，,。！!；;…\\s]+")


class Sensitive(AskingConsent):
    """Stands above what goes on with a yes or without."""

    name = FLOW
    remembers = SensitiveState
    personal = True

    def ask(self, talk: Talk) -> Reply:
        conversation = talk.conversation
        return ask(
            "sensitive/ask",
            self.name,
            _KEYS,
            lines=lines(talk.counted),
            whose=conversation.whose,
            held=bool(held(conversation)),
            expired=_expired(talk),
            minutes=MINUTES,
            news=_news(conversation),
        )

    def choices(self, talk: Talk) -> Sequence[Choice]:
        return offered("sensitive/ask", self.name, _KEYS, held=bool(held(talk.conversation)))

    def again(self, talk: Talk) -> Reply:
        asked = self.ask(talk)
        expired, named = _expired(talk), talk.counted
        shorter = say("sensitive/again", expired=expired, minutes=MINUTES, asked=named)
        return Reply(shorter, asked.choices, asked.links)

    def about(self, talk: Talk) -> str:
        del talk
        return say("sensitive/about")

    def answer(self, talk: Talk, said: Said) -> Step | None:
        picked = self.picked(talk, said)
        if picked is None and _only_asks_which(talk, said):
            return Step(talk.conversation, reply=self.ask(talk))
        if whose := talk.conversation.whose:
            said = replace(said, text=in_first_person(said.text, whose))
        no = refuses(said) or (declines(said) and not consenting(said)) or _ends_in_no(talk, said)
        if picked == "skip" or (picked is None and no):
            return _skipped_besides(talk, said)
        rest = besides_the_yes(said, lambda one: self.picked(talk, one) == "agree")
        if rest is not None or picked == "agree":
            return _agreed_besides(talk, Said(rest or ""))
        return _denied(talk, said)

    def command(self, talk: Talk, word: str) -> Step | None:
        if word in ("skip", "unknown", "withdraw"):
            return _skipped(talk)
        if word == "why":
            return Step(talk.conversation, note=say("sensitive/why", asked=talk.counted))
        below = talk.after(talk.conversation.leave())
        if word == "back" and below.conversation.top.flow == "questionnaire":
            return QUESTION_WORDS["back"](below)
        return None

    def fulfilled(self, talk: Talk, request: Request[object], value: object) -> Step:
        """The withdrawal is done, its replies are gone too."""
        del request, value
        left = talk.after(talk.conversation.leave())
        return Step(_on(left), note=say("sensitive/withdrawn"))


def _only_asks_which(talk: Talk, said: Said) -> bool:
    """你先说清楚哪几项, 还是没说是哪几项: what is asked for, and nothing told or agreed to."""
    told = hear(None, said, talk.today)
    silent = not (told.facts or told.confirm or told.denied or consenting(said))
    return silent and asks_which_private(said)


def _ends_in_no(talk: Talk, said: Said) -> bool:
    """太长了 看不完 不要: a no behind what tells nothing."""
    *before, last = _PAUSE.split(said.text.strip())
    told = hear(None, said, talk.today)
    nothing_told = not (told.facts or told.confirm or told.denied or told.others)
    return bool(before) and nothing_told and not consenting(said) and declines(Said(last))


def _agreed_besides(talk: Talk, besides: Said) -> Step:
    """The yes, and what is told beside it, certain or not: 可以问，血献过两次."""
    besides, nothing_else = without_nothing_else(besides)
    told = hear(None, besides, talk.today)
    none = (
        dict.fromkeys(SENSITIVE - told.facts.keys() - told.confirm.keys()) if nothing_else else {}
    )
    again = (besides,) if told.facts or told.confirm or told.denied else ()
    question = Along(told.question, besides.text) if told.question else None
    agreed = _agreed(talk, {fact: nothing(fact) for fact in none})
    return replace(agreed, again=again, question=question)


def _denied(talk: Talk, said: Said) -> Step | None:
    """都没有, of the lines that the consent is asked for: nothing is recorded of what one has not,
    so that no consent is needed. What is there beside it is held: 都没有，就献过一次血."""
    answer = hear(list_apart(talk.counted), said, talk.today).answer
    if not isinstance(answer, Taken) or answer.ticked != () or answer.more:
        return None
    told = listen(talk, None, said)
    there = any(value not in (None, nothing(fact)) for fact, value in told.withheld.items())
    if there:
        return keep_back(talk, Step(talk.conversation), told)
    return _skipped_besides(talk, said)


def _skipped_besides(talk: Talk, said: Said) -> Step:
    """The no, and what is told of anything else beside it: 都没有，社保交了五年."""
    told = analyse(said.text if said.tap is None else "", talk.today)
    there = {one.fact for one in own_mentions(told) if is_there(one)} - SENSITIVE
    message = told.message
    named = [at for one in message.islands if one.fact in there for at in one.core]
    if not named:
        return _skipped(talk)
    begins, ends = message.tokens[min(named)].start, message.tokens[max(named)].end
    return replace(_skipped(talk), again=(Said(message.text[begins:ends]),))


def _expired(talk: Talk) -> bool:
    return talk.state_as(SensitiveState).told and not held(talk.conversation)


def _news(conversation: Conversation) -> str:
    text = consent_texts.sensitive()
    return text.news if text.is_news_to(conversation.sensitive) else ""


def _agreed(talk: Talk, besides: Facts) -> Step:
    """What was held counts, and what is told `besides`; the questions go on with the sensitive
    ones."""
    told: Facts = {
        fact: value for fact, value in held(talk.conversation).items() if value is not None
    }
    told = {**besides, **told}
    given = consent_texts.sensitive().answered(talk.now)
    below = released(talk.conversation.leave()).but(sensitive=given)
    ids = settled_by({**below.facts, **told}, frozenset(told))
    learnt = _lists_reopened(learn(below, told, ids))
    after = talk.after(learnt)
    note = say("sensitive/agreed", expired=_expired(talk), minutes=MINUTES)
    return Step(_on(after, talk), note=f"{note}\n{heard(after, told_by(told), talk)}".strip())


def _skipped(talk: Talk) -> Step:
    """What was held is deleted, and what an earlier text of the consent was given for."""
    no = consent_texts.sensitive().answered(talk.now, yes=False)
    told = bool(held(talk.conversation))
    left = forgetting(released(talk.conversation.leave())).but(sensitive=no)
    note = say("sensitive/skipped", held=told, expired=_expired(talk), minutes=MINUTES)
    return Step(_on(talk.after(left), talk), note=note)


def _on(after: Talk, before: Talk | None = None) -> Conversation:
    """On with what lies below: a question that is still to be asked stays; a result tells what
    changed since `before`."""
    conversation = after.conversation
    match conversation.top.flow:
        case "questionnaire":
            state = after.state_as(QuestionState)
            stays = state.at in {*conversation.answered, *(one.id for one in pending(after))}
            stays = stays or _waits_for_its_figure(after, state.at)
            return conversation if stays else proceed(after, Carried(before=state.before))
        case "result":
            if before is None or pending(before.after(before.conversation.leave())):
                return proceed(after)
            return proceed(after, Carried(before=points_before(before)))
        case "home" if before is not None and _were_asked(before):
            return proceed(after)
    return conversation


def _waits_for_its_figure(talk: Talk, id: str) -> bool:
    """志愿服务大概二三十次, told before its list was asked: how many is asked back, and stays."""
    question = on_offer(talk).get(id)
    if question is None or question.kind is None:
        return False
    return question.facts[0] not in talk.conversation.facts


def _were_asked(before: Talk) -> bool:
    """Whether questions wait: begun by 补上, or below; one of a sensitive fact was dropped."""
    below = before.conversation.leave().top.flow
    return before.state_as(SensitiveState).on or below == "questionnaire"


def _lists_reopened(conversation: Conversation) -> Conversation:
    """The lists whose own sensitive lines were left out are asked again; what opens a follow-up
    needs no list."""
    open_again = {
        question.id
        for question in questions().values()
        for tick in question.ticks.values()
        if tick.sets in SENSITIVE and tick.sets not in conversation.facts
    }
    answered = tuple(id for id in conversation.answered if id not in open_again)
    return conversation.but(answered=answered)


def resume_asking(talk: Talk) -> Step:
    """The step of 补上: the consent is asked for after all."""
    if permitted(talk.conversation):
        return Step(talk.conversation, note=say("sensitive/given_already"))
    return Step(talk.conversation.enter(FLOW, SensitiveState(on=True)))


def withdraw(talk: Talk) -> Step:
    """The step of 撤回: the sensitive facts of both people go at once, and the replies that said
    them back. All else stays."""
    given = [one for one in (talk.conversation.own, talk.conversation.other) if one]
    if not any(one.sensitive and one.sensitive.yes for one in given):
        return Step(
            talk.conversation, note=say("sensitive/not_given", kept=talk.conversation.consented)
        )
    left = withdrawn(talk.conversation, talk.now)
    return Step(left.enter(FLOW), request=WithdrawSensitive())
