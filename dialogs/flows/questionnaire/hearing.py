"""What a message says at a question, as far as it is worth an answer."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.effects import without_denied
from dialogs.flow import Talk
from dialogs.flows.questionnaire.asked import state_of
from dialogs.flows.questionnaire.stay import asking_when_registered
from dialogs.intents.household import NOBODY, RELATIVE, as_a_relative, in_first_person
from dialogs.intents.remarks import worth_saying
from dialogs.interpret import Heard, hear
from dialogs.interpret.asked import PAUSE
from dialogs.language.recognisers.amounts import mask_words
from dialogs.language.recognisers.durations import bare_month
from dialogs.language.text import clean
from dialogs.plausibility import credible
from dialogs.questions import Question
from dialogs.reading import Taken
from dialogs.sensitive import apart, without_needless
from dialogs.utterance import Said

TIMES = ("months", "years")
_NUMERAL = re.compile("[\\d零一二两三四五六七八九十百]")


def listen(talk: Talk, question: Question | None, said: Said, year: int | None = None) -> Heard:
    """What a message says, as far as it can be and is worth an answer."""
    if whose := talk.conversation.whose:
        said = replace(said, text=in_first_person(as_a_relative(said.text), whose))
    heard = asking_when_registered(talk, question, said, hear(question, said, talk.today, year))
    if NOBODY in heard.others:
        others = {who: facts for who, facts in heard.others.items() if who != NOBODY}
        heard = replace(heard, others=others)
    heard = credible(talk, heard)
    heard = without_denied(heard, talk.conversation.facts)
    heard = apart(without_needless(heard, talk.counted), talk.conversation)
    others = {one: facts for one, facts in heard.others.items() if not whose or one != RELATIVE}
    unheard = tuple(filter(worth_saying, heard.unheard))
    if (others, unheard) == (heard.others, heard.unheard):
        return heard
    return replace(heard, others=others, unheard=unheard)


def month_alone(question: Question, said: Said) -> Said:
    """鬼记得 反正夏天 六月吧: the month that was asked for, the only figure among other words."""
    if said.tap is not None or question.kind not in TIMES:
        return said
    clauses = PAUSE.split(clean(said.text, keep_spaces=True))
    figures = [one for one in clauses if _NUMERAL.search(mask_words(one))]
    told = len(figures) == 1 and bare_month(figures[0]) is not None
    return Said(figures[0]) if told else said


def but_the_offered(talk: Talk, heard: Heard) -> Heard:
    """税费三万, where 个税大概6000 waits for a yes: that one is not denied by being left out."""
    answer, field = heard.answer, state_of(talk).field
    if not field or not isinstance(answer, Taken) or answer.facts.get(field) != 0:
        return heard
    if not any(answer.facts.values()):
        return heard
    left = {fact: value for fact, value in answer.facts.items() if fact != field}
    facts = {fact: value for fact, value in heard.facts.items() if fact != field}
    return replace(heard, answer=replace(answer, facts=left, more=True), facts=facts)


def beside(answer: Heard, rest: Heard) -> Heard:
    """The answer, with what the rest of its message tells."""
    confirm = {fact: why for fact, why in rest.confirm.items() if fact not in answer.facts}
    facts = {**rest.facts, **answer.facts}
    return replace(rest, answer=answer.answer, facts=facts, confirm=confirm)


def is_told(heard: Heard) -> bool:
    """Whether something was understood: as the answer, or beside it."""
    answer = heard.answer
    told = isinstance(answer, Taken) and bool(answer.facts or answer.ticked)
    return told or bool(heard.facts)
