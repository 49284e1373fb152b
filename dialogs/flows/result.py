"""The result: total with range, the lines that gave points, what is unsettled, how to go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from dialogs.agenda import pending, previous
from dialogs.booking.request import wish_in
from dialogs.conversation import Conversation
from dialogs.enough import enough
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.change import points_before
from dialogs.flows.consent import told_of
from dialogs.flows.only_asked import without_asked
from dialogs.flows.questionnaire.asked import at
from dialogs.flows.questionnaire.beside import with_others, with_question
from dialogs.flows.questionnaire.hearing import listen
from dialogs.flows.questionnaire.record import several, take
from dialogs.intents.remarks import asks, without_asides, worth_saying
from dialogs.interpret import Heard
from dialogs.language import Refused
from dialogs.match_choice import bare
from dialogs.next_step import gap, next_step
from dialogs.phrases import ask, offered, say
from dialogs.plausibility import is_child
from dialogs.question_reply import SHOWN
from dialogs.questions import Question, questions
from dialogs.reading import Taken, keeps, none_of
from dialogs.recent import speaks_of
from dialogs.reply import Choice, Reply
from dialogs.sensitive import SENSITIVE, declined, without_any
from dialogs.side_by_side import beside
from dialogs.states import Carried
from dialogs.utterance import Said, Utterance
from dialogs.withheld import keep_back
from scoring import CategoryResult

_NONE = re.compile("(?:我|都|也|这些|那些)*(?:没有|没得|没|无)(?:了|的|过)*$")
_LOUD = {"permit_unknown", "before_first_value", "undated_items", "repealed_items", "over_aged"}
"""Notices that belong to the result itself; its own words or 明细 say the others."""


class Result(Flow):
    """The points `before` a change are shown once, as “66 → 69，因为…”."""

    name = "result"
    remembers = Carried

    def ask(self, talk: Talk) -> Reply:
        change = _change(talk)
        if change and not change["moved"] and change["high"] == talk.estimate.high:
            again = self.again(talk)
            return replace(again, text=f"{say('result/unchanged', change=change)}\n{again.text}")
        conversation = talk.conversation
        estimate = talk.estimate
        lines = [category for part in estimate.parts for category in part.categories]
        passed = [questions()[id] for id in conversation.passed]
        return ask(
            "result/show",
            self.name,
            _keys(talk),
            estimate=estimate,
            told=talk.told_what_counts,
            permit=conversation.facts.get("permit"),
            other_permit=conversation.other_permit,
            unleased=_without_lease(talk),
            low=lowest(talk),
            disputed=_unsettled(lines, "reading"),
            unpublished=_unsettled(lines, "unpublished"),
            passed=[one.title for one in passed if not _is_known(talk, one)],
            partly=[one.title for one in passed if _is_known(talk, one)],
            left_out=_left_out(talk),
            without=without_any(talk).estimate.high,
            notices=[one for one in estimate.notices if one.id in _LOUD],
            left=len(pending(talk)),
            change=change,
            rules=talk.rules,
            whose=conversation.whose,
            beside=beside(talk),
            goal=conversation.goal,
            gap=gap(talk),
            wish=_wish_to_come(talk),
            next=next_step(talk),
            enough=enough(lowest(talk), estimate.high, talk.today),
        )

    def choices(self, talk: Talk) -> Sequence[Choice]:
        return offered("result/show", self.name, _keys(talk), goal=talk.conversation.goal)

    def spoken(self, talk: Talk, utterance: Utterance) -> Conversation:
        del utterance
        return talk.conversation.stay(Carried())

    def again(self, talk: Talk) -> Reply:
        left = len(pending(talk))
        whose, both = talk.conversation.whose, beside(talk)
        return ask(
            "result/again",
            self.name,
            _keys(talk),
            estimate=talk.estimate,
            told=talk.told_what_counts,
            low=lowest(talk),
            left=left,
            whose=whose,
            beside=both,
            goal=talk.conversation.goal,
            gap=gap(talk),
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        """Its choices are reserved words; facts named here are taken as changes."""
        if said.tap is not None:
            return None
        if keeps(said):
            return Step(talk.conversation, note=say("change/kept"))
        told = without_asides(said.text)
        if (open_one := _left_open(talk, told)) is not None:
            return take(_changing(talk), open_one, none_of(open_one))
        heard = listen(talk, None, Said(told))
        heard = replace(
            heard, corrects=heard.corrects or ("不是" in said.text and told != said.text)
        )
        if is_child(heard.facts, talk.today):
            return None
        heard = without_asked(heard, told, talk.conversation.facts)
        own = heard.facts or any(map(_worth_asking, heard.confirm.values()))
        nothing = not (own or heard.others or heard.withheld or heard.withheld_of)
        if nothing and worth_saying(told) and not asks(told):
            if (late := _late(talk, Said(told))) is not None:
                return several(_changing(talk), late)
            if heard.unheard and len(bare(told)) <= len(bare(heard.unheard[0])) + 1:
                return Step(talk.conversation, note=say("result/which", said=told[:SHOWN]))
        step = with_others(talk, several(_changing(talk), heard) if own else None, heard)
        step = keep_back(talk, step, heard)
        return with_question(step, heard, said)

    def command(self, talk: Talk, word: str) -> Step | None:
        before = previous(talk.conversation, None)
        if word == "back" and before is not None:
            return Step(at(talk.conversation, before.id))
        return None


def _left_open(talk: Talk, text: str) -> Question | None:
    """公益没有: what was passed over is none, said by its title."""
    said = _NONE.sub("", bare(text))
    passed = [questions()[id] for id in talk.conversation.passed if said != bare(text)]
    return next((one for one in passed if bare(one.title) == said), None)


def _late(talk: Talk, said: Said) -> Heard | None:
    """What a figure alone says: of what was spoken of last, or of what its word names."""
    named = [one for one in questions().values() if one.is_named(said.text)]
    for question in named or questions().values():
        if question.kind and (named or speaks_of(talk, question)):
            heard = replace(listen(talk, question, said), unheard=())
            match heard.answer:
                case Taken():
                    return heard
                case Refused(choices=choices, year=year) if choices or year:
                    return heard
    return None


def _changing(talk: Talk) -> Talk:
    """The talk that remembers the points before a change; what is told before all was answered is
    none."""
    if pending(talk):
        return talk
    return talk.after(talk.conversation.stay(Carried(before=points_before(talk))))


def _keys(talk: Talk) -> tuple[str, ...]:
    """What can be done from here."""
    return (
        *(("word:resume",) if pending(talk) else ()),
        *("word:details", "word:papers", "word:advice", "word:change", "word:book"),
        *(("word:gap",) if gap(talk) else ()),
        *(("word:both",) if beside(talk) else ()),
        *(("word:self",) if talk.conversation.whose else ()),
    )


def _left_out(talk: Talk) -> frozenset[str]:
    """The sensitive facts that count here, where some were skipped that can change the result."""
    if not declined(talk.conversation) or talk.open_facts.isdisjoint(SENSITIVE):
        return frozenset()
    return SENSITIVE & talk.counted


def _worth_asking(refusal: Refused) -> bool:
    """Whether an unclear answer was one: it had a number (社保三年多) or a year without its month,
    where 社保断了 asks."""
    return bool(refusal.choices or refusal.year) or refusal.why in ("beyond_life", "out_of_bounds")


def _unsettled(lines: list[CategoryResult], kind: str) -> list[CategoryResult]:
    return [
        line
        for line in lines
        if line.low != line.high and _kinds(line) >= {kind} and "unanswered" not in _kinds(line)
    ]


def _kinds(line: CategoryResult) -> set[str]:
    return {one.kind for one in line.unsettled}


def _is_known(talk: Talk, question: Question) -> bool:
    """个税 24000, 税费 left open: a part of what is asked was told."""
    return any(talk.conversation.facts.get(fact) for fact in question.facts)


def _wish_to_come(talk: Talk) -> str:
    """Where and when one wanted to come, said before the consent and not booked yet."""
    said = talk.conversation.destination
    return told_of(wish_in(said, talk.today)[0]) if said else ""


def _without_lease(talk: Talk) -> Decimal | None:
    """The points where the years of renting do not count, for want of a lease on record."""
    conversation = talk.conversation
    if not (conversation.no_lease and conversation.facts.get("rented_years")):
        return None
    facts = {**conversation.facts, "rented_years": 0}
    return talk.after(conversation.but(facts=facts)).estimate.points


def lowest(talk: Talk) -> Decimal:
    """The fewest points that are possible, also where the years of renting do not count."""
    low, unleased = talk.estimate.low, _without_lease(talk)
    return low if unleased is None else min(low, unleased)


def _change(talk: Talk) -> dict[str, object] | None:
    """Total before and now, the categories that moved, and whether a question was answered
    that was open before."""
    before = talk.state_as(Carried).before
    if before is None:
        return None
    moved = [
        (category.label, old, category.points)
        for part in talk.estimate.parts
        for category in part.categories
        if (old := before.categories.get(category.id, Decimal(0))) != category.points
    ]
    high = talk.estimate.high if before.high is None else before.high
    answered = talk.conversation.answered
    new = [] if before.answered is None else [id for id in answered if id not in before.answered]
    added = any(not questions()[id].told_only for id in new)
    return {"total": before.total, "high": high, "moved": moved, "added": added}
