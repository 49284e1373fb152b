"""Lines of a list: it stays open after one, by number or by word, until nothing is left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dialogs.agenda import learn, settled_by
from dialogs.conversation import Facts
from dialogs.flow import Step, Talk
from dialogs.flows.questionnaire.asked import NAME, carried, state_of
from dialogs.flows.questionnaire.record import apart, asking_back, take, values_in_doubt
from dialogs.interpret import Heard, closes
from dialogs.language import Refused
from dialogs.language.analysis import analyse
from dialogs.language.recognisers.rates import product
from dialogs.language.text import clean
from dialogs.phrases import say
from dialogs.question_reply import addressed, shown
from dialogs.questions import Question, facts_behind, nothing, questions
from dialogs.readback import said_back, ticked_so_far
from dialogs.reading import Taken, read
from dialogs.reply import Reply
from dialogs.states import OverwriteState
from dialogs.utterance import Said

_NUMBERS = re.compile(r"[\d\s,，、.]+")
_LEADING_NUMBER = re.compile(r"\s*第?\d{1,2}[个项,，、.\s]+(?=\D)")


def listed(talk: Talk, question: Question, taken: Taken, heard: Heard, said: Said) -> Step:
    """The step after lines of a list."""
    talk = _with_doubts(talk, {**_of_the_tick(talk, question, taken, said), **heard.confirm})
    facts, changed = apart(talk, heard, {**heard.facts, **taken.facts})
    facts |= {fact: value for fact, value in changed.items() if value in (None, nothing(fact))}
    told = _lines_told(question, facts)
    keys = tuple(dict.fromkeys((*(taken.ticked or ()), *told)))
    if taken.more or (question.ticks and keys and not _is_whole(talk, taken, said)):
        step = _ticked_one(talk, question, Taken(facts, keys, more=True))
    else:
        together = tuple(dict.fromkeys((*state_of(talk).ticked, *keys)))
        step = _put_right(talk, take(talk, question, Taken(facts, together)), heard)
    return _awaiting_a_yes(step, {one: changed[one] for one in changed if one not in facts})


def _awaiting_a_yes(step: Step, changed: Facts) -> Step:
    """The step, before which an answer that was told otherwise waits for a yes."""
    if not changed:
        return step
    waits = OverwriteState(facts=changed)
    return replace(step, conversation=step.conversation.enter("overwrite", waits), reply=None)


def _put_right(talk: Talk, step: Step, heard: Heard) -> Step:
    """没有 我是问你税 去年交了1万2千块, where no tax was recorded: that is asked once more."""
    known = talk.conversation.facts
    doubts = {
        fact: why for fact, why in heard.confirm.items() if known.get(fact) == 0 and why.choices
    }
    again = next((one for one in questions().values() if doubts.keys() & {*one.facts}), None)
    if again is None or step.conversation.top.flow not in (NAME, "result"):
        return step
    return asking_back(talk.after(step.conversation), carried(talk), again, doubts, step.note)


def of_the_last_tick(talk: Talk, question: Question, said: Said) -> Taken | None:
    """How often, or how much, said of the line that was ticked last before it is asked for
    (志愿服务 | 4次)."""
    ticks = [question.ticks[key] for key in state_of(talk).ticked if key in question.ticks]
    opened = ticks[-1].opens if ticks else None
    detail = read(questions()[opened], said, talk.today) if opened else None
    return Taken(detail.facts, ticked=(), more=True) if isinstance(detail, Taken) else None


def again(talk: Talk, question: Question) -> Reply:
    """The question once more, without what its text says only the first time."""
    return Reply(addressed(question, talk.conversation), shown(talk, question))


def _ticked_one(talk: Talk, question: Question, taken: Taken) -> Step:
    state = state_of(talk)
    known = {**talk.conversation.facts, **taken.facts}
    kept = (key for key in state.ticked if not _is_denied(question, key, taken.facts, known))
    together = tuple(dict.fromkeys((*kept, *(taken.ticked or ()))))
    conversation = talk.conversation.stay(state.but(ticked=together))
    ids = settled_by({**conversation.facts, **taken.facts}, frozenset(taken.facts))
    after = talk.after(learn(conversation, taken.facts, ids))
    beside = {
        fact: value
        for fact, value in taken.facts.items()
        if fact not in question.domain or value == nothing(fact)
    }
    beside |= {fact: None for fact, value in taken.facts.items() if value is None}
    told = said_back(talk, after, beside) if beside else ""
    labels = ticked_so_far(after, question, together)
    note = say("questionnaire/ticked", labels=labels, told=told)
    note = f"{told}\n{note}".strip()
    return Step(after.conversation, note, reply=again(after, question))


def _is_denied(question: Question, key: str, told: Facts, known: Facts) -> bool:
    """我不是党员, after 我是党员: of the line that was ticked nothing is left."""
    facts = facts_behind(question.ticks[key]) if question.ticks else ()
    return not _is_told(facts, known) and not told.keys().isdisjoint(facts)


def _lines_told(question: Question, facts: Facts) -> list[str]:
    """The lines of a list of which the message tells something."""
    return [key for key, tick in question.ticks.items() if _is_told(facts_behind(tick), facts)]


def _is_told(behind: Iterable[str], facts: Facts) -> bool:
    return any(facts.get(fact) not in (None, nothing(fact)) for fact in behind)


def _of_the_tick(talk: Talk, question: Question, taken: Taken, said: Said) -> dict[str, Refused]:
    """4 大概十二次; 每年500捐了3年: what is said of the one line that is ticked, not certain."""
    line = question.ticks.get(taken.ticked[0]) if taken.ticked and len(taken.ticked) == 1 else None
    number = _LEADING_NUMBER.match(said.text)
    if said.tap or line is None or line.opens is None:
        return {}
    opened = questions()[line.opens]
    if number is None:
        total = product(opened.kind, clean(said.text), talk.today) if opened.kind else None
        return {} if total is None else {opened.facts[0]: Refused("vague", (total,))}
    detail = read(opened, Said(said.text[number.end() :]), talk.today)
    return {opened.facts[0]: detail} if isinstance(detail, Refused) else {}


def _with_doubts(talk: Talk, refused: dict[str, Refused]) -> Talk:
    """The talk that offers values of what was not certain where it is asked for later."""
    state = state_of(talk)
    doubts = {**state.doubts, **values_in_doubt(refused)}
    return talk.after(talk.conversation.stay(state.but(doubts=doubts)))


def _is_whole(talk: Talk, taken: Taken, said: Said) -> bool:
    """Whether a list is complete as it was said: several of its numbers at once (1 3 6), or that
    there is nothing else."""
    if closes(analyse(said.text, talk.today).message) is not None:
        return True
    several_named = len(taken.ticked or ()) > 1
    return said.tap is None and several_named and bool(_NUMBERS.fullmatch(said.text.strip()))
