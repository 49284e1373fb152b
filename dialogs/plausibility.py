"""A date of birth that is not yet sure: the day is missing where it matters, or it is a child's.
And times that it rules out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dialogs.conversation import Facts
from dialogs.flow import Step, Talk
from dialogs.interpret import Heard
from dialogs.interpret.heard import TOLD_ON
from dialogs.language import Refused
from dialogs.language.recognisers.unnamed import AGE, BIRTH
from dialogs.match_choice import bare
from dialogs.phrases import say
from dialogs.questions import titles
from dialogs.reading import Taken
from dialogs.reply import Reply
from dialogs.states import FactsState, QuestionState
from dialogs.utterance import Said
from scoring import FACTS
from scoring.ages import complete_years

OWN_FROM = 16
"""Years; anyone who is younger may not work, so a parent has probably written a child's birth."""
_AT_WORK = frozenset({"social_insurance_months", "housing_fund_months"})
_A_YEAR = {"months": 12, "years": 1}
_DAY_SAID = re.compile(r"[日号]|\d{8}|(?:\d+\D+){2}\d")
_DAY_ALONE = re.compile(r"(\d{1,2})[日号]?")


def is_child(facts: Facts, today: date) -> bool:
    """Whether the date of birth among these facts is hardly that of who asks for points."""
    born = facts.get(BIRTH)
    return born is not None and complete_years(date.fromisoformat(str(born)), today) < OWN_FROM


def credible(talk: Talk, heard: Heard) -> Heard:
    """The same, unless a time is longer than the person has lived, or could have worked; an age
    that is not that of the birth recorded is asked back."""
    heard = _of_one_birth(talk, heard)
    beyond = beyond_life(talk, heard.facts)
    if not beyond:
        return heard
    facts = {fact: value for fact, value in heard.facts.items() if fact not in beyond}
    confirm = {**heard.confirm, **dict.fromkeys(beyond, Refused("beyond_life"))}
    answer = heard.answer
    if isinstance(answer, Taken) and not beyond.isdisjoint(answer.facts):
        kept = {fact: value for fact, value in answer.facts.items() if fact in facts}
        answer = (
            replace(answer, facts=kept) if answer.ticked is not None else Refused("beyond_life")
        )
    return replace(heard, answer=answer, facts=facts, confirm=confirm)


def _of_one_birth(talk: Talk, heard: Heard) -> Heard:
    """刚满23, where 1974年3月 is recorded: in which month of that year one was born is asked."""
    born, age = talk.conversation.facts.get(BIRTH), heard.facts.get(AGE)
    if born is None or not isinstance(age, int) or BIRTH in heard.facts:
        return heard
    if abs(complete_years(date.fromisoformat(str(born)), talk.today) - age) <= 1:
        return heard
    facts = {fact: value for fact, value in heard.facts.items() if fact not in (AGE, TOLD_ON)}
    doubt = Refused("month_missing", year=talk.today.year - age)
    return replace(heard, facts=facts, confirm={**heard.confirm, BIRTH: doubt})


def beyond_life(talk: Talk, facts: Facts) -> frozenset[str]:
    """The times among these facts that cannot be for the date of birth told."""
    known = {BIRTH: talk.conversation.facts.get(BIRTH), **facts}
    return impossible(known, talk.today)


def impossible(facts: Facts, today: date) -> frozenset[str]:
    """The times that are longer than the person has lived, or could have worked."""
    born = facts.get(BIRTH)
    if born is None:
        return frozenset()
    lived = complete_years(date.fromisoformat(str(born)), today) + 1
    return frozenset(
        fact
        for fact, value in facts.items()
        if isinstance(value, int) and FACTS[fact].type in _A_YEAR
        if value > _A_YEAR[FACTS[fact].type] * (lived - (OWN_FROM if fact in _AT_WORK else 0))
    )


def ruled_out(talk: Talk, facts: Facts) -> Facts:
    """Times told before that a date of birth among these facts rules out: unknown again."""
    if BIRTH not in facts:
        return {}
    others = {f: v for f, v in talk.conversation.facts.items() if f not in facts}
    return dict.fromkeys(impossible({**others, BIRTH: facts[BIRTH]}, talk.today))


def in_doubt(reopened: Facts) -> str:
    """What is said of the times that a date of birth ruled out."""
    outlived = titles(reopened) if reopened else []
    return say("questionnaire/outlived", titles=outlived) if outlived else ""


def with_month(talk: Talk, said: Said) -> Said:
    """A day that was asked for, with the year and month said before."""
    month = talk.state_as(QuestionState).month
    day = _DAY_ALONE.fullmatch(bare(said.text))
    return Said(f"{month}{day[1]}日") if month and day and said.tap is None else said


def doubted(talk: Talk, facts: Facts, said: Said) -> Step | None:
    """What is asked before a date of birth is kept; None where it is sure."""
    if BIRTH not in facts:
        return None
    if is_child(facts, talk.today):
        return Step(talk.conversation.enter("own_birth", FactsState(facts=facts)))
    born = date.fromisoformat(str(facts[BIRTH]))
    if _DAY_SAID.search(said.text) or born.month != talk.today.month or not _matters(talk, born):
        return None
    kept = talk.state_as(QuestionState).but(month=f"{born.year}年{born.month}月")
    reply = Reply(say("questionnaire/day", month=born.month))
    return Step(talk.conversation.stay(kept), reply=reply)


def _matters(talk: Talk, first: date) -> bool:
    """Whether the first and the last day of that month give other points today."""
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    known = talk.conversation.facts
    first_day, last_day = (
        talk.after(talk.conversation.but(facts={**known, BIRTH: day.isoformat()})).estimate
        for day in (first, last)
    )
    return first_day.points != last_day.points
