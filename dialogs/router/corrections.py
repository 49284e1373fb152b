"""An answer that is put right: at any time, by its name or by what was told first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dialogs.agenda import learn, pending, proceed
from dialogs.booking.flow import BookingFlow
from dialogs.conversation import Facts
from dialogs.effects import effect
from dialogs.fact_names import named_in
from dialogs.flow import Step, Talk
from dialogs.flows import top
from dialogs.flows.change import points_before
from dialogs.flows.profile import back
from dialogs.flows.questionnaire.asked import NAME, asked, carried
from dialogs.flows.questionnaire.record import take
from dialogs.language.analysis import analyse
from dialogs.language.mention import SELF
from dialogs.language.precheck import asks
from dialogs.language.put_right import PutRight, put_right
from dialogs.language.text import clean
from dialogs.phrases import say
from dialogs.plausibility import in_doubt, ruled_out
from dialogs.questions import Question, questions
from dialogs.readback import heard, value
from dialogs.reading import Taken, read_text
from dialogs.sensitive import asks_sensitive, permitted
from dialogs.states import Carried, OverwriteState
from dialogs.utterance import Said

_OF_ME = re.compile("[我俺咱](?!们)")


def corrected(talk: Talk, said: Said) -> Step | None:
    """社保不是42个月是52个月, whatever is asked: the new value, and what was there before. What
    only ought to be is asked back."""
    flow = top(talk)
    if said.tap or not talk.conversation.consented or (flow.guarded and not _books(talk)):
        return None
    text = clean(said.text, keep_spaces=True)
    told = put_right(text)
    if _of_oneself(talk, text, told):
        return replace(back(talk), again=(said,))
    if told is None or asks(text) or any(one != SELF for one in _owners(talk, said)):
        return None
    found = list(_named(talk, text, told)) or list(_by_old(talk, told, text))
    found = found or list(_by_title(talk, told))
    if len(found) != 1:
        return None
    question, facts = found[0]
    if told.unsure or (talk.conversation.whose and _OF_ME.search(text)):
        waits = OverwriteState(facts=facts, before=before(talk).before)
        return Step(talk.conversation.enter("overwrite", waits))
    return _put_right(talk, question, facts)


def _of_oneself(talk: Talk, text: str, told: PutRight | None) -> bool:
    """我社保不是30个月是26个月, on the other one's turn: 30 stands among one's own answers only."""
    if told is None or not talk.conversation.whose or not _OF_ME.search(text):
        return False
    own, named, bare = talk.after(talk.conversation.own), named_in(text), told.without("")
    for name in named:
        bare = bare.without(name)
    for question in _answered(own) if bare.old else ():
        for fact in {*question.facts} & {*named.values()}:
            old = _read(own, question, fact, bare.old).get(fact)
            if old is not None and old == own.conversation.facts[fact]:
                return old != talk.conversation.facts.get(fact)
    return False


def _books(talk: Talk) -> bool:
    return isinstance(top(talk), BookingFlow)


def _owners(talk: Talk, said: Said) -> tuple[str, ...]:
    return analyse(said.text, talk.today).message.owners


def _answered(talk: Talk) -> Iterator[Question]:
    """What may be put right: answered, and not what is asked now."""
    now = asked(talk).id if top(talk).name == NAME else ""
    conversation = talk.conversation
    for question in questions().values():
        hidden = asks_sensitive(question) and not permitted(conversation)
        known = all(fact in conversation.facts for fact in question.facts)
        if (
            known
            and not question.ticks
            and not hidden
            and not question.several
            and question.id != now
        ):
            yield question


def _named(talk: Talk, text: str, told: PutRight) -> Iterator[tuple[Question, Facts]]:
    """The answer named by the message, with its new value."""
    found = named_in(text) or dict(_only_field(talk, text))
    if len({*found.values()}) != 1:
        return
    fact = next(iter(found.values()))
    question = next((one for one in _answered(talk) if fact in one.facts), None)
    bare = told
    for name in found:
        bare = bare.without(name)
    if question and (not bare.old or _read(talk, question, fact, bare.old)):
        facts = _read(talk, question, fact, bare.new)
        if facts and facts[fact] != talk.conversation.facts.get(fact):
            yield question, facts


def _only_field(talk: Talk, text: str) -> Iterator[tuple[str, str]]:
    """税记错了，是两万六: the only one of several numbers that there is something of."""
    for question in _answered(talk):
        told = [fact for fact in question.fields if talk.conversation.facts.get(fact)]
        if len(told) == 1 and (name := question.name_in(text)):
            yield name, told[0]


def _by_old(talk: Talk, told: PutRight, text: str) -> Iterator[tuple[Question, Facts]]:
    """42个月改成52个月: the answers that are as it was told first. A message that opens with
    不是1个月 is of the last answer, which was just said back, if that one is 1个月."""
    bare, now = told.without(""), asked(talk) if top(talk).name == NAME else None
    opens = text.startswith("不是")
    if told.needs_name or not bare.old:
        return
    for question in _answered(talk):
        last = opens and talk.conversation.answered[-1:] == (question.id,)
        may_be_now = now is not None and now.kind == question.kind and not (told.plainly or last)
        if question.fields or may_be_now:
            continue  # 不是三年，是四年: of what is asked
        if question.kind == "years" and "年" not in bare.old:
            continue  # 42个月 is no 3 years
        fact = question.facts[0]
        old, new = (_read(talk, question, fact, one) for one in (bare.old, bare.new))
        if old and new and old[fact] == talk.conversation.facts.get(fact) != new[fact]:
            yield question, new


_BESIDE_THE_CHANGE = re.compile("^(?:让|叫|要|想)+|[你您]?(?:怎么|还|也)*[没不](?:给|帮)?我?改.*$")


def _by_title(talk: Talk, told: PutRight) -> Iterator[tuple[Question, Facts]]:
    """让你把慈善改成3000你没改: the one answer whose title holds the word of a change."""
    bare = told.without("")
    name, new = (_BESIDE_THE_CHANGE.sub("", one) for one in (bare.old, bare.new))
    if not told.plainly or len(name) < SHORTEST_NAME:
        return
    titled = [one for one in _answered(talk) if name in one.title and not one.fields]
    if len(titled) == 1:
        fact = titled[0].facts[0]
        facts = _read(talk, titled[0], fact, new)
        if facts and facts[fact] != talk.conversation.facts.get(fact):
            yield titled[0], facts


SHORTEST_NAME = 2
"""Characters of a word that is looked for in the titles."""


def _read(talk: Talk, question: Question, fact: str, text: str) -> Facts:
    """The value that a piece states of a fact; none where it states none for certain."""
    named = f"{question.fields[fact].label}{text}" if question.fields else text
    taken = read_text(question, named, talk.today)
    facts = taken.facts if isinstance(taken, Taken) else {}
    return {fact: facts[fact]} if fact in facts else {}


def before(talk: Talk) -> Carried:
    """What goes along: the points before, once all was answered."""
    if top(talk).name == NAME:
        return carried(talk)
    return Carried(before=None if pending(talk) else points_before(talk))


def _put_right(talk: Talk, question: Question, facts: Facts) -> Step:
    change = effect(question, Taken(facts), talk.conversation)
    if change.voids:
        return take(talk, question, Taken(facts))
    reopened = ruled_out(talk, facts)
    after = talk.after(learn(talk.conversation, {**change.facts, **reopened}, [question.id]))
    old = value(question, talk) if question.id in talk.conversation.answered else ""
    was = say("change/was", title=question.title, old=old)
    note = f"{was}\n{heard(after, [question.id], talk)}\n{in_doubt(reopened)}".strip()
    if top(talk).name in (NAME, "result"):
        return Step(proceed(after, before(talk)), note=note)
    return Step(after.conversation, note=note)
