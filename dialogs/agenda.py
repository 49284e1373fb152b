"""What is still to be asked: unanswered, and still able to change the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from dialogs.conversation import Conversation, Facts
from dialogs.flow import Talk
from dialogs.questions import Question, followers, is_known, nothing, questions, stand_ins
from dialogs.sensitive import asks_sensitive, on_offer, undecided
from dialogs.states import Carried, QuestionState


def pending(talk: Talk) -> list[Question]:
    """The questions left, in order; follow-ups only of what was ticked."""
    return list(_left(talk))


def most_left(talk: Talk) -> int:
    """How many questions are left at most: with every follow-up that an answer may still open."""
    left = pending(talk)
    return len(left) + follow_ups(talk, left)


def follow_ups(talk: Talk, left: Sequence[Question]) -> int:
    """How many more questions the answers to those that are left may still open."""
    open_ones = {one.id for one in left}
    opened = (one for one in on_offer(talk).values() if one.after in open_ones)
    return sum(not one.told_only and one.id not in open_ones for one in opened)


def has_follow_up(question: Question, talk: Talk) -> bool:
    """Whether something that was ticked here is still to be asked about."""
    offered = on_offer(talk)
    opened = [offered[one.id] for one in followers(question.id) if one.id in offered]
    return bool(opened) and any(True for _ in _left(talk, opened))


def _left(talk: Talk, among: Iterable[Question] | None = None) -> Iterator[Question]:
    """Those of some questions, or of all on offer, that are still to be asked."""
    answered, facts = talk.conversation.answered, talk.conversation.facts
    seen, open_facts = {*answered, *talk.conversation.passed}, talk.open_facts
    for question in on_offer(talk).values() if among is None else among:
        if question.id in seen or (question.after and question.after not in answered):
            continue
        if question.always:
            if not all(is_known(fact, facts) for fact in question.domain):
                yield question
        elif not open_facts.isdisjoint(question.domain):
            yield question


def proceed(talk: Talk, along: Carried | None = None) -> Conversation:
    """On to the next question, or to the result when none is left, with what goes `along`. The
    first sensitive question waits beneath the request for its consent."""
    first, along = next(_left(talk), None), along or Carried()
    if first is None:
        return talk.conversation.go("result", along)
    state = QuestionState(
        at=first.id,
        before=along.before,
        doubts={id: values for id, values in along.doubts.items() if id != first.id},
        lists={id: lines for id, lines in along.lists.items() if id != first.id},
        ticked=along.lists.get(first.id, ()),
        offered=along.doubts.get(first.id, ()),
        year=talk.conversation.born_in if first.id == "birth" else None,
    )
    asking = talk.conversation.go("questionnaire", state)
    if asks_sensitive(first) and undecided(talk.conversation):
        return asking.enter("sensitive")
    return asking


def previous(conversation: Conversation, at: str | None) -> Question | None:
    """The question before this one that was answered or passed; from the result, the last one."""
    seen = {*conversation.answered, *conversation.passed}
    order = list(questions().values())
    end = next((index for index, one in enumerate(order) if one.id == at), len(order))
    return next((one for one in reversed(order[:end]) if one.id in seen), None)


def learn(conversation: Conversation, facts: Facts, answered: Iterable[str]) -> Conversation:
    """The conversation with these facts (None: unknown again) and these questions answered."""
    known: Facts = {
        fact: value for fact, value in {**conversation.facts, **facts}.items() if value is not None
    }
    ids = dict.fromkeys((*conversation.answered, *answered))
    kept = tuple(id for id in ids if questions()[id].ticks or _settled(questions()[id], known))
    passed = tuple(id for id in conversation.passed if id not in kept)
    return conversation.but(facts=known, answered=kept, passed=passed)


def settled_by(facts: Facts, named: frozenset[str]) -> list[str]:
    """The questions that one message answered without being asked: all their facts are known."""
    return [id for id in told_by(named) if _settled(questions()[id], facts)]


def told_by(facts: Iterable[str]) -> list[str]:
    """The questions that facts speak of, wholly or in part, in their order."""
    ids = {id for fact in facts for id in _filling().get(fact, ())}
    return [id for id in questions() if id in ids] if ids else []


@cache
def _filling() -> Mapping[str, tuple[str, ...]]:
    """The questions that each fact answers, or one that stands in for it."""
    found: dict[str, tuple[str, ...]] = {}
    for question in questions().values():
        own = question.facts if not question.ticks else ()
        for fact in dict.fromkeys(one for id in own for one in (id, *stand_ins(id))):
            found[fact] = (*found.get(fact, ()), question.id)
    return found


def _settled(question: Question, facts: Facts) -> bool:
    return all(is_known(fact, facts) for fact in question.facts)


def give_up(conversation: Conversation, question: Question) -> Conversation:
    """The question is left open: its own facts are unknown, but for the numbers told already, and
    so is what its unticked lines denied."""
    followed = (one for one in followers(question.id) if one.id not in conversation.answered)
    unticked = {fact for one in followed for fact in one.facts}
    facts = {
        fact: value
        for fact, value in conversation.facts.items()
        if fact not in question.facts or (question.fields and value)
        if fact not in question.beside
        if fact not in unticked or value != nothing(fact)
    }
    answered = tuple(id for id in conversation.answered if id != question.id)
    passed = (*(id for id in conversation.passed if id != question.id), question.id)
    return conversation.but(facts=facts, answered=answered, passed=passed)


def stage(talk: Talk) -> str:
    """Whether the questions are being asked, or are done."""
    if talk.conversation.top.flow == "questionnaire":
        return "asking"
    return "done" if talk.conversation.answered and not pending(talk) else ""
