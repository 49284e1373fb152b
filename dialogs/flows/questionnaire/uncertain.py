"""What looks like an answer and is not certain: of which time, of which payment, of which place."""

from __future__ import annotations

import re

from dialogs.flow import Talk
from dialogs.flows.questionnaire.asked import state_of
from dialogs.flows.questionnaire.hearing import TIMES, listen
from dialogs.flows.questionnaire.stay import is_mere_stay
from dialogs.intents.remarks import months_in
from dialogs.interpret import Heard, hear
from dialogs.interpret.asked import Asked
from dialogs.language import Refused
from dialogs.language.analysis import analyse
from dialogs.language.lexicon import any_of
from dialogs.language.recognisers.dates_in_text import find_moments
from dialogs.language.text import clean
from dialogs.question_reply import asked_back
from dialogs.questions import Question
from dialogs.reading import Taken
from dialogs.utterance import Said

_PAYS = re.compile("[交缴][了过费满]?")
_PAID = ("social_insurance", "housing_fund")


def since(
    talk: Talk, question: Question, said: Said, heard: Heard, year: int | None
) -> Refused | None:
    """大概三月份, 国庆前后, of the year that was said before: the time since then, to be confirmed.
    It is no stretch of three months."""
    if year is None and isinstance(heard.answer, Refused):
        year = heard.answer.year
    if year is None or said.tap or question.kind not in TIMES or isinstance(heard.answer, Taken):
        return None
    text = Asked(question, analyse(said.text, talk.today)).said_of_oneself
    own = [one.year for one in find_moments(text, talk.today)]
    year = own[-1] if own else year
    starts = (Said(f"{year}年{month}月到现在") for month in months_in(text))
    times = (listen(talk, question, start).facts.get(question.facts[0]) for start in starts)
    values = tuple(time for time in times if isinstance(time, int))
    return Refused("vague", values, said=said.text) if values else None


def of_arrival(
    talk: Talk, question: Question, said: Said, heard: Heard, year: int | None
) -> Refused | None:
    """瓯北住廿年, 一五年进的厂: since when one is here or works here. The time counts from the
    registration, which may be later: that is asked back, with one tap or its month."""
    text = clean(said.text, keep_spaces=True)
    if question.id != "residence" or said.tap or asked_back(talk, question):
        return None
    if not is_mere_stay(text):
        return None
    match heard.answer:
        case Taken(facts={"residence_months": int(value)}) if value:
            return Refused("arrival", (value,), said=said.text)
        case Refused(year=int(told)) if not year:
            return Refused("arrival", said=said.text, year=told)
        case None if not heard.facts:
            years = [one.year for one in find_moments(text, talk.today)]
            return Refused("arrival", said=said.text, year=years[-1]) if years else None
    return None


def of_permit_holder(talk: Talk, question: Question, said: Said, heard: Heard) -> Refused | None:
    """没有, from anyone with a residence permit, which is made out only after a registration: asked
    back once."""
    told = heard.answer.facts if isinstance(heard.answer, Taken) else {}
    holds = {**talk.conversation.facts, **heard.facts}.get("permit") == "residence_permit"
    if question.id != "residence" or said.tap or talk.conversation.misses or not holds:
        return None
    return Refused("registered", said=said.text) if told.get(question.facts[0]) == 0 else None


def only_asks(talk: Talk, question: Question, heard: Heard, said: Said) -> bool:
    """Whether what was refused as an answer is a question, and nothing beside it answers:
    交上去几天能出结果; 不晓得人家学堂收不收."""
    refusal = heard.answer
    told = heard.facts or heard.others or heard.confirm.keys() - {*question.facts}
    if told or not isinstance(refusal, Refused) or refusal.choices or refusal.year:
        return False
    text = clean(said.text, keep_spaces=True)
    if not heard.question or heard.question not in text:
        return False
    rest = Said(text.replace(heard.question, ""))
    return hear(question, rest, talk.today).answer is None


def of_which_payment(talk: Talk, question: Question, heard: Heard, said: Said) -> bool:
    """先交了14个月，断了，又交了两年, where something else is asked: of the insurance, or of the
    fund?"""
    told = isinstance(heard.answer, Taken) or bool(heard.facts or heard.others or heard.question)
    told = told or any(one.choices or one.year for one in heard.confirm.values())
    times = any(one.endswith(("年", "月", "年了", "月了")) for one in heard.unheard)
    open_ones = any(id not in talk.conversation.answered for id in _PAID)
    at_payment = question.id in _PAID
    return not (told or at_payment) and times and open_ones and bool(_PAYS.search(said.text))


def of_there(talk: Talk, question: Question, said: Said, heard: Heard) -> Refused | None:
    """2次, after 在温州市区献的: a figure without a place may be that of there."""
    told = heard.answer.facts if isinstance(heard.answer, Taken) else {}
    value = told.get(question.facts[0]) if question.kind else None
    state = state_of(talk)
    if not state.elsewhere or said.tap or not value or state.offered:
        return None
    here = any_of("in_county").search(clean(said.text))
    return None if here or not isinstance(value, int) else Refused("elsewhere", (value,))
