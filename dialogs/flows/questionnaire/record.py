"""Answers are kept, said back, and led on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from dialogs.agenda import learn, proceed, settled_by
from dialogs.conversation import Facts
from dialogs.effects import effect
from dialogs.flow import Step, Talk
from dialogs.flows.questionnaire.asked import NAME, asked, carried
from dialogs.intents.remarks import worth_saying
from dialogs.interpret import Heard
from dialogs.language import Refused
from dialogs.language.recognisers.named_nouns import RENTS
from dialogs.language.recognisers.unnamed import BIRTH
from dialogs.phrases import say
from dialogs.plausibility import in_doubt, is_child, ruled_out
from dialogs.question_reply import likely, unclear
from dialogs.questions import Question, nothing, questions
from dialogs.readback import heard as heard_back
from dialogs.readback import said_back
from dialogs.reading import Taken
from dialogs.states import Carried, DropState, OverwriteState, QuestionState


def take(talk: Talk, question: Question, taken: Taken) -> Step:
    """An answer to the asked question; where it voids later answers, wait for a yes."""
    change = effect(question, taken, talk.conversation)
    if change.voids:
        return Step(
            talk.conversation.enter("drop", DropState(facts=change.facts, voids=change.voids))
        )
    details = {fact: value for fact, value in taken.facts.items() if value != nothing(fact)}
    return settle(talk, question, change.facts, details)


def settle(talk: Talk, question: Question, facts: Facts, details: Facts | None = None) -> Step:
    """Keep the answer, with the details that came with it, say it back and go on."""
    known = {**talk.conversation.facts, **facts}
    ids = [question.id, *settled_by(known, frozenset(details or ()))]
    reopened = ruled_out(talk, facts)
    after = talk.after(learn(talk.conversation, {**facts, **reopened}, ids))
    note = f"{heard_back(after, ids, talk)}\n{in_doubt(reopened)}".strip()
    return Step(proceed(after, carried(talk)), note=note)


def several(talk: Talk, heard: Heard, ruled: Facts | None = None) -> Step:
    """Several answers in one message; the first that was not clear is asked next. `ruled`: what an
    earlier answer ruled out, and this one does not."""
    facts, refused = dict(heard.facts), _doubts(talk, heard)
    if is_child(facts, talk.today):
        facts.pop(BIRTH)
        refused[BIRTH] = Refused("vague")
    facts, changed = apart(talk, heard, facts)
    known = {**talk.conversation.facts, **facts}
    ids = settled_by(known, frozenset(facts))
    reopened = ruled_out(talk, facts)
    after = talk.after(learn(talk.conversation, {**(ruled or {}), **facts, **reopened}, ids))
    said = f"{said_back(talk, after, facts)}\n{in_doubt(reopened)}".strip()
    unclear_ones = [one for one in questions().values() if refused.keys() & {*one.facts}]
    along = carried(talk)
    kept = {*along.doubts, *values_in_doubt(refused)}  # offered when they are asked for
    later = unclear_ones if changed else [one for one in unclear_ones[1:] if one.id not in kept]
    unheard = (*heard.unheard, *_said_unclearly(refused, later))
    note = say("questionnaire/named", heard=said, unheard=unheard)
    if changed:
        waits = OverwriteState(facts=changed, before=along.before)
        on = proceed(after, along.but(before=None))
        return Step(on.enter("overwrite", waits), note=note)
    if unclear_ones:
        return asking_back(after, along, unclear_ones[0], refused, note)
    return Step(proceed(after, along), note=note)


def _doubts(talk: Talk, heard: Heard) -> dict[str, Refused]:
    """What is asked back. 买房之前租的, where one owns the home: both are true in turn."""
    known = talk.conversation.facts
    return {
        fact: doubt
        for fact, doubt in heard.confirm.items()
        if fact not in known or doubt.choices or doubt.why != "contradictory"
    }


def asking_back(
    after: Talk, along: Carried, question: Question, refused: Mapping[str, Refused], note: str
) -> Step:
    """The step to the first question whose answer was not clear; the others are offered later."""
    fact = next(fact for fact in question.facts if fact in refused)
    others = {other: why for other, why in refused.items() if other not in question.facts}
    state = QuestionState(
        at=question.id,
        before=along.before,
        doubts={**along.doubts, **values_in_doubt(others)},
        lists={id: lines for id, lines in along.lists.items() if id != question.id},
        ticked=along.lists.get(question.id, ()),
        year=refused[fact].year or None,
    ).offering(likely(question, refused[fact], fact))
    conversation = after.conversation.go(NAME, state)
    reply = unclear(after.after(conversation.but(misses=1)), question, refused[fact])
    return Step(conversation, note=note, reply=reply)


def values_in_doubt(refused: Mapping[str, Refused]) -> dict[str, tuple[int, ...]]:
    """The values of what was not certain, by the question that is to offer them."""
    doubts = {}
    for question in questions().values():
        found = next((refused[fact] for fact in question.facts if fact in refused), None)
        if found and not question.fields and (offered := likely(question, found).offered):
            doubts[question.id] = offered
    return doubts


def _said_unclearly(refused: Mapping[str, Refused], asked: Sequence[Question]) -> list[str]:
    """What was said of facts that are asked for only later, not in so many words: it is named, so
    that nothing said is passed over."""
    told = (refused[fact] for question in asked for fact in question.facts if fact in refused)
    return [one.said for one in told if one.said and worth_saying(one.said) and "," not in one.said]


def apart(talk: Talk, heard: Heard, facts: Facts) -> tuple[Facts, Facts]:
    """What is new, and what would overwrite an answer: that waits for a yes. A set grows; what is
    only implied overwrites nothing."""
    known, new, changed = talk.conversation.facts, {}, {}
    at = asked(talk).facts if talk.conversation.top.flow == NAME else ()
    for fact, told in facts.items():
        old = known.get(fact)
        if isinstance(told, list) and told and isinstance(old, list):
            together = {*map(str, told), *map(str, old)} - heard.denied.get(fact, frozenset())
            told = list[JsonValue](sorted(together))
        ruled_out = old == nothing(fact) and not _was_answered(talk, fact)
        kept = fact not in known or old == told or _grows(old, told)
        if kept or fact in at or ruled_out or heard.corrects:
            new[fact] = told
        elif heard.rules.get(fact) != RENTS:
            changed[fact] = told
    return new, changed


def _grows(old: JsonValue, told: JsonValue) -> bool:
    """我还是党员, after 退伍军人: all that was there is there still."""
    if not (old and isinstance(old, list) and isinstance(told, list)):
        return False
    return {*map(str, old)} <= {*map(str, told)}


def _was_answered(talk: Talk, fact: str) -> bool:
    """Whether a fact was told, not only ruled out by another answer."""
    answered = talk.conversation.answered
    return any(id in answered and fact in questions()[id].facts for id in questions())
