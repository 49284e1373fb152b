"""A stay told without a registration, from which the time counts: 在瓯北砌砖十三年."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.flow import Talk
from dialogs.interpret import Heard
from dialogs.interpret.asked import PAUSE
from dialogs.language import Refused
from dialogs.language.analysis import analyse
from dialogs.language.lexicon import any_of
from dialogs.questions import Question
from dialogs.utterance import Said

RESIDENCE = "residence_months"
_ARRIVED = re.compile(
    "进(?:的|了)?厂|上的?班|打工|干活|做工|厂里?(?:干|做)|在[这那]个?(?:厂|公司|店)|[来到](?:的|了|这|过)"
)
_REGISTERED = re.compile(
    "登(?!记.{0,4}(?:不记|不知|不晓|记不|忘|想不|啥时|哪年|什么时))|办证|派出所|暂住|[到至](?:现在|今)"
)
"""The registration is spoken of, or the stretch is told as the question asks for it."""


def asking_when_registered(
    talk: Talk, question: Question | None, said: Said, heard: Heard
) -> Heard:
    """The same, with a stay that is told beside something else to be asked back. At its own
    question that is done by `uncertain.of_arrival`."""
    months = heard.facts.get(RESIDENCE)
    asked = question is not None and RESIDENCE in question.facts
    if said.tap is not None or asked or not isinstance(months, int) or not months:
        return heard
    if RESIDENCE in talk.conversation.facts:
        return heard  # the new value waits for a yes as it is
    told = analyse(said.text, talk.today)
    own = (one for one in told.mentions if one.fact == RESIDENCE and one.own and one.value)
    if not any(is_mere_stay(_clause_of(told.message.text, one.start, one.end)) for one in own):
        return heard
    facts = {fact: value for fact, value in heard.facts.items() if fact != RESIDENCE}
    doubt = Refused("arrival", (months,), said=said.text)
    return replace(heard, facts=facts, confirm={**heard.confirm, RESIDENCE: doubt})


def _clause_of(text: str, start: int, end: int) -> str:
    """The clauses in which a piece of a text stands."""
    first = max((one.end() for one in PAUSE.finditer(text, 0, start)), default=0)
    after = PAUSE.search(text, end)
    return text[first : after.start() if after else len(text)]


def is_mere_stay(text: str) -> bool:
    """Whether a text tells how long one is in the county or works here, and of no registration.

    >>> [is_mere_stay(one) for one in ("瓯北住廿年", "瓯北登记廿年", "住了八年")]
    [True, False, False]
    """
    here = _ARRIVED.search(text) or any_of("inside").search(text)
    return here is not None and not _REGISTERED.search(text)
