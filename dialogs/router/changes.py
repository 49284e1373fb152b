"""Changes of what was answered: by word, or by a tap in an old bubble."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from dialogs.flow import Step, Talk
from dialogs.flows import top
from dialogs.flows.change import changeable, reopen, titled
from dialogs.flows.sensitive import resume_asking
from dialogs.flows.stale import same_answer
from dialogs.flows.topics import tell
from dialogs.intents.consenting import consenting
from dialogs.intents.words import amendment, line_word
from dialogs.language.analysis import analyse
from dialogs.language.blood_given import given_here
from dialogs.language.plainly import complains_of_record
from dialogs.language.text import clean
from dialogs.phrases import say
from dialogs.questions import needed, questions
from dialogs.sensitive import asks_sensitive, declined, permitted
from dialogs.states import ChangeState, StaleState
from dialogs.utterance import Said

_CLAUSES = re.compile("[，,。；;！!？?\\s]+")
_AND = re.compile("[和跟与]")
TWICE = timedelta(seconds=4)
"""A tap that comes so soon is an impatient finger's second one: no need to explain old bubbles."""


def amended(talk: Talk, said: Said) -> Step | None:
    """改学历: straight to that answer, if there is one."""
    wanted = amendment(said) or amendment(Said(_CLAUSES.split(said.text)[0], said.tap))
    if wanted is None or top(talk).guarded:
        return None
    first, *others = _AND.split(wanted)
    question = titled(talk, first)
    if question is None:
        return _which_line(talk, line_word(first))
    step = reopen(talk, question)
    return replace(step, note=say("change/one_by_one", others=others)) if others else step


def _which_line(talk: Talk, word: str) -> Step | None:
    """改房子: the answers that the word may stand for, or the only one."""
    found = [one for one in changeable(talk) if word and word in one.title]
    if len(found) == 1:
        return reopen(talk, found[0])
    among = ChangeState(among=tuple(one.id for one in found))
    return Step(talk.conversation.enter("change", among)) if found else None


def complained(talk: Talk, said: Said) -> Step | None:
    """我献过血呀你没记上, 献血给我补上, 我在瓯北献的: the question of what was not recorded, behind
    its consent if it needs one."""
    if said.tap or top(talk).guarded or not talk.conversation.consented:
        return None
    consent = consenting(said)
    if consent and consent.yes and declined(talk.conversation):  # 我说的是同意
        return replace(resume_asking(talk), again=(said,))
    given = given_here(analyse(said.text, talk.today).message)
    if not (given or complains_of_record(clean(said.text))):
        return None
    if given and talk.conversation.facts.get("blood_donations"):
        return tell(talk, "blood_points")
    named = {token.fact for token in analyse(said.text, talk.today).message.tokens} - {None, ""}
    named |= {"blood_donations"} if given else set()
    asked = [one for one in needed(talk.counted).values() if named & {*one.facts}]
    if not asked:
        return None
    if asks_sensitive(asked[0]) and not permitted(talk.conversation):
        return resume_asking(talk)
    return reopen(talk, asked[0])


def tapped(talk: Talk, said: Said) -> Step | None:
    """A tap in an old bubble: never applied to another question than its own."""
    if said.tap is None:
        return None
    id = said.tap.partition(".")[0]
    seen = {*talk.conversation.answered, *talk.conversation.passed}
    if id in seen and talk.conversation.consented:
        if same_answer(talk, questions()[id], said):
            return Step(talk.conversation, note=say("stale/same"))
        return Step(talk.conversation.enter("stale", StaleState(question=id, tap=said.tap)))
    heard = talk.conversation.heard
    twice = heard is not None and talk.now - heard < TWICE
    return Step(talk.conversation, note="" if twice else say("old_bubble"))
