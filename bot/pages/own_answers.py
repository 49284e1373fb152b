"""A person's own answers on a page: each can be changed there, wherever they are kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.pages.prefill import form_of
from bot.pages.questionnaire import Filled, read_one
from bot.pages.sealed_answers import LapsedError, keep_key, seal, unseal
from bot.service import the_service
from dialogs.agenda import pending
from dialogs.conversation import Conversation, Facts
from dialogs.correction import Correction, corrected
from dialogs.flow import Talk
from dialogs.question_reply import addressed
from dialogs.questions import Question
from dialogs.readback import partly_known, value
from dialogs.sensitive import SENSITIVE, askable, on_offer, permitted
from scoring.engine.told import filler


@dataclass(frozen=True, slots=True)
class Own:
    """Whose answers a page shows: those sealed in its address, or those of the chat. `base` is the
    address; `keep` keeps a changed one, and gives the address to go on from."""

    conversation: Conversation
    base: str
    keep: Callable[[Question, Facts], tuple[Correction, str]]

    @property
    def talk(self) -> Talk:
        """With the rules of today."""
        service = the_service()
        now, rules = service.clock(), service.rules()
        return Talk(self.conversation, now, rules, signing=service.signing)


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its answer; `known`: whether there is one."""

    question: Question
    value: str
    known: bool


def rows(talk: Talk) -> list[Row]:
    """The answers, and what is still to be answered, in the order of the questions."""
    open_ones = {one.id for one in pending(talk)}
    return [
        Row(question, value(question, talk), known)
        for question in changeable(talk)
        if (known := _is_known(question, talk)) or question.id in open_ones or not question.after
    ]


def changeable(talk: Talk) -> list[Question]:
    """The questions that a page may ask: what is sensitive only where that was agreed to."""
    may = permitted(talk.conversation)
    asked = (_addressed(askable(talk, id), talk.conversation) for id in on_offer(talk))
    return [one for one in asked if not one.told_only and (may or SENSITIVE.isdisjoint(one.facts))]


def _addressed(question: Question, conversation: Conversation) -> Question:
    words = addressed(question, conversation)
    return question if words == question.ask else question.model_copy(update={"ask": words})


def _is_known(question: Question, talk: Talk) -> bool:
    told = question.id in talk.conversation.answered
    return told or (not question.ticks and partly_known(question, talk.conversation.facts))


def change(own: Own, id: str) -> ResponseReturnValue:
    """The page with one question; what was given is kept, and a follow-up it opens comes next."""
    talk = own.talk
    question = next((one for one in changeable(talk) if one.id == id), None)
    if question is None:
        abort(404)
    if request.method != "POST":
        form = form_of(question, talk)
        return _asked(own, question, read_one(question, form, talk.today))
    filled = read_one(question, request.form, talk.today)
    if filled.faults or filled.young:
        return _asked(own, question, filled), 422
    lost = corrected(talk, question, filled.facts).lost
    if lost and "drop" not in request.form:
        return _asked(own, question, filled, lost=_named(talk, lost))
    correction, base = own.keep(question, filled.facts)
    opened = _follow_up(talk.after(correction.conversation), question)
    was = correction.was | was_before()
    page = f"{base}/change/{opened.id}" if opened else base
    response = make_response(redirect(f"{page}?was={seal(was)}" if was else page, 303))
    return keep_key(response)


def _follow_up(talk: Talk, question: Question) -> Question | None:
    """The first question that an answer has opened."""
    open_ones = {one.id for one in pending(talk) if one.after == question.id}
    return next((one for one in changeable(talk) if one.id in open_ones), None)


def was_before() -> Facts:
    """What the address says that answers were before they were changed."""
    try:
        kept: dict[str, Any] | None = unseal(request.args.get("was", ""))
    except LapsedError:
        return {}
    return kept or {}


def _asked(own: Own, question: Question, filled: Filled, lost: tuple[str, ...] = ()) -> str:
    service = the_service()
    told = filler(service.rules().figures(service.clock().date()))
    return render_template(
        "pages/change.html",
        block=filled.blocks[0],
        young=filled.young,
        lost=lost,
        told=told,
        base=own.base,
        whose=own.conversation.whose,
        known=_is_known(question, own.talk),
    )


def _named(talk: Talk, ids: tuple[str, ...]) -> tuple[str, ...]:
    named = (one for one in on_offer(talk).values() if one.id in ids)
    return tuple(f"{one.title}：{value(one, talk)}" for one in named)
