"""What an answer changes: the facts it sets, and the later answers it voids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from dialogs.conversation import Conversation, Facts
from dialogs.intents import asks, qualifies
from dialogs.language import Refused, Several, mine, several
from dialogs.language.extract import BIRTH
from dialogs.language.fact_keywords import value_words
from dialogs.match_choice import bare
from dialogs.questions import Question, facts_behind, nothing, questions
from dialogs.reading import Taken, bounded, facts_of, plain, read
from dialogs.utterance import Said

MOST_CLAUSES = 16
_NUMERALS = frozenset("0123456789一二三四五六七八九十第")
"""How a message begins that gives the numbers of lines."""
_AMOUNT = re.compile(r"[\d一二两三四五六七八九十半几]")
_LIKEWISE = re.compile(".(?:也是|也一样|一样)[的吧]?$")
"""Says the same of something else: 社保五年，公积金也是."""
_YES_OR_NO = re.compile("[有是对没不无行好]{1,2}[的了啊]?")
_CLAUSE = re.compile(r"[，,、；;。\s]+")


@dataclass(frozen=True, slots=True)
class Effect:
    """`facts`: None makes one unknown again. `voids`: answers to follow-ups that would be lost."""

    facts: Facts
    voids: tuple[str, ...]


def effect(question: Question, taken: Taken, conversation: Conversation) -> Effect:
    """What taking this answer does.

    What a first answer only implies (an unticked line) leaves alone what is known already; a
    changed answer does not, and it reopens follow-ups that were ruled out.
    """
    known = conversation.facts
    implied = {} if taken.ticked is None else _ticked(question, taken.ticked)
    if question.id in conversation.answered:
        facts = {**_reopened(question, known), **taken.facts, **implied}
    else:
        kept = {f: v for f, v in implied.items() if f not in known or f in question.facts}
        facts = {**_added(question, taken.facts, known), **kept}
    voids = (
        fact
        for fact, value in facts.items()
        if fact not in question.facts and value is not None and fact in known
        if known[fact] != value and known[fact] != nothing(fact)
    )
    return Effect(facts, tuple(voids))


def _added(question: Question, facts: Facts, known: Facts) -> Facts:
    """The answer; of several numbers, those told before stay where it does not speak of them."""
    if not question.fields:
        return facts
    return {f: v for f, v in facts.items() if f not in known or v != nothing(f)}


def _reopened(question: Question, known: Facts) -> Facts:
    """Follow-ups that an earlier answer ruled out are unknown again."""
    behind = (fact for fact in question.domain if fact not in question.facts)
    return {fact: None for fact in behind if fact in known and known[fact] == nothing(fact)}


def _ticked(question: Question, ticked: Collection[str]) -> Facts:
    """Unticked means an explicit none for every fact behind the line."""
    if question.several:
        return {question.facts[0]: [key for key in question.choices if key in ticked]}
    facts: Facts = {}
    for key, tick in question.ticks.items():
        if tick.sets:
            facts[tick.sets] = key in ticked
        elif tick.opens and key not in ticked:
            facts |= {fact: nothing(fact) for fact in questions()[tick.opens].facts}
    return facts


@dataclass(frozen=True, slots=True)
class Named:
    """Several facts named in one message; `refused` were named without a certain value. `unheard`:
    its clauses of which nothing was taken."""

    taken: Taken
    refused: dict[str, Refused]
    unheard: tuple[str, ...] = ()


def understand(
    question: Question, said: Said, today: date, year: int | None = None
) -> Taken | Refused | Named | None:
    """What a message says, to this question or to others. A choice or a list is read as such first;
    a number only where the message names no other fact."""
    if said.tap is not None:
        return read(question, said, today, year)
    said = Said(mine(said.text))
    own = read(question, said, today, year)
    named = _named(question, said.text, today)
    if isinstance(own, Taken) and question.kind is None:
        own = _with_details(question, own, named, said.text)
        return _with_others(question, own, named, said.text, today)
    spoken = named.spoken
    if bare(said.text) in question.between:
        return own
    if own is not None and _shares(question, said.text, today):
        return own
    joined = own is None and question.kind is None  # 初中毕业，家里穷
    if not spoken and own is None and (one := _one_clause(question, said.text, today)):
        return Taken(one)
    if not spoken or (spoken <= set(question.facts) and not joined):
        likewise = tuple(filter(_LIKEWISE.search, _clauses(said.text)[1:]))
        return Named(own, {}, likewise) if isinstance(own, Taken) and likewise else own
    facts = {fact: plain(value) for fact, value in named.values.items()}
    if spoken.isdisjoint(question.facts):
        facts = {**_own_clause(question, said.text, today), **facts}
    taken = bounded(Taken(facts))
    if isinstance(taken, Refused):
        return taken
    return Named(taken, dict(named.refused), tuple(_unheard(question, said.text, today)))


def _named(question: Question, text: str, today: date) -> Several:
    """The facts a message names; a date alone is no birth where a stretch of time is asked for."""
    named = several(text, today)
    if question.kind not in ("months", "years") or "生" in text or BIRTH not in named.values:
        return named
    return replace(named, values={f: v for f, v in named.values.items() if f != BIRTH})


def _shares(question: Question, text: str, today: date) -> bool:
    """Whether a message names another fact only by a word that here means the asked one."""
    word = question.shared
    return bool(word) and word in text and not several(text.replace(word, ""), today).spoken


def facts_named(text: str, today: date) -> Named | Refused:
    """What a message says where nothing was asked."""
    named = several(text, today)
    taken = bounded(Taken({fact: plain(value) for fact, value in named.values.items()}))
    return taken if isinstance(taken, Refused) else Named(taken, dict(named.refused))


def _unheard(question: Question, text: str, today: date) -> Iterator[str]:
    """The clauses without which a message says the same, though they tell an amount; one clause
    alone is never missing."""
    clauses = _clauses(text)
    whole = several(text, today)
    for clause in clauses if len(clauses) > 1 else ():
        without = several("，".join(other for other in clauses if other != clause), today)
        tells = _AMOUNT.search(clause) or _LIKEWISE.search(clause)
        if without == whole and tells and not read(question, Said(clause), today):
            yield clause


def _with_details(question: Question, own: Taken, named: Several, text: str) -> Taken:
    """A choice or a list with what the message says of its follow-ups (献血两次，志愿者4次).

    One line that is named in words may be the first of several."""
    if question.ticks:
        behind = {fact for key in own.ticked or () for fact in facts_behind(question.ticks[key])}
    else:
        behind = set(question.domain) - set(question.facts)
    facts = {fact: plain(value) for fact, value in named.values.items() if fact in behind}
    first = bool(question.ticks) and len(own.ticked or ()) == 1 and bare(text)[0] not in _NUMERALS
    return Taken({**facts, **own.facts}, own.ticked, more=own.more or first)


def _with_others(
    question: Question, own: Taken, named: Several, text: str, today: date
) -> Taken | Named:
    """A choice with the time said of it (2，三年; 七年，租房子的), or with what else is named
    (居住登记三年了)."""
    if own.ticked is not None or question.fields:
        return own
    opened = (one.opens for key, one in question.choices.items() if _is(question, key, own))
    for id in filter(None, opened):
        for clause in filter(_AMOUNT.search, _clauses(text)):
            detail = read(questions()[id], Said(clause), today)
            chosen = isinstance(read(question, Said(clause), today), Taken)
            if isinstance(detail, Taken) and not chosen:
                return Taken({**detail.facts, **own.facts})
    facts = {f: plain(value) for f, value in named.values.items() if f not in question.domain}
    refused = {f: why for f, why in named.refused.items() if f not in question.domain}
    return Named(Taken({**facts, **own.facts}), refused) if facts or refused else own


def _is(question: Question, key: str, own: Taken) -> bool:
    return facts_of(question, key).items() <= own.facts.items()


def parted(said: Said) -> tuple[Said | None, Said | None]:
    """An answer and the question behind it; nothing where that may qualify the answer.

    >>> parted(Said("本科，孩子明年能上小学吗"))
    (Said(text='本科', tap=None), Said(text='孩子明年能上小学吗', tap=None))
    >>> parted(Said("有，但是过期了怎么办"))
    (None, None)
    """
    for pause in _CLAUSE.finditer(said.text.strip()) if said.tap is None else ():
        head, rest = said.text.strip()[: pause.start()], said.text.strip()[pause.end() :]
        if head and asks(_CLAUSE.split(rest, maxsplit=1)[0]):
            return (None, None) if qualifies(rest) else (Said(head), Said(rest))
    return None, None


def _own_clause(question: Question, text: str, today: date) -> Facts:
    """The answer to the asked question in one clause of the message: the first (3，社保交了四年),
    or a later one that cannot belong to what else is named (我是河南的，85年6月的)."""
    clauses, whole = _clauses(text), several(text, today)
    for place, clause in enumerate(clauses if len(clauses) > 1 else ()):
        if any(map(_qualifies, clauses[place + 1 : place + 2])):
            continue
        if place and not _stands_alone(question, clause):
            continue
        beside = several("，".join(clauses[:place] + clauses[place + 1 :]), today)
        told = {*several(clause, today).spoken, *(whole.spoken - beside.spoken)}
        if not told <= set(question.domain):  # 住了6年 says nothing of the insurance
            continue
        own = read(question, Said(clause), today)
        if isinstance(own, Taken):
            return own.facts
    return {}


def _qualifies(clause: str) -> bool:
    """Whether a clause may take back the one before (没有|但有居住登记); a word that itself tells
    another fact does not (85年6月|小学没毕业)."""
    return qualifies(value_words().without(clause))


def _one_clause(question: Question, text: str, today: date) -> Facts:
    """The answer in a message that else only chats: 没交过，老板不给交; 杭州人，租房."""
    first, *rest = _clauses(text) or ("",)
    if not rest or any(qualifies(one) or asks(one) or _AMOUNT.search(one) for one in rest):
        return {}
    own = read(question, Said(first), today)
    if isinstance(own, Taken):
        return {} if own.ticked is not None or own.more else own.facts
    return {} if own or question.kind else _own_clause(question, text, today)


def _clauses(text: str) -> list[str]:
    """The clauses of a message; none of one with more than anybody writes, as each is read with
    and without the others."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause]
    return clauses if len(clauses) <= MOST_CLAUSES else []


def _stands_alone(question: Question, clause: str) -> bool:
    """Whether a clause after others is understood by itself: a date, or the word of a choice."""
    if question.kind == "date":
        return True
    if question.kind or question.fields or clause.isdecimal():
        return False
    return not _YES_OR_NO.fullmatch(clause)
