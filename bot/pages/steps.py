"""`/steps/…`: the questionnaire one question at a time, as 大字版 asks it. The answers so far lie
sealed in the address: back, reload and a pause lose nothing, and nothing is stored."""

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.pages.blueprint import blueprint
from bot.pages.own_answers import Own, changeable
from bot.pages.prefill import form_of
from bot.pages.questionnaire import Filled, read_one
from bot.pages.sealed_answers import keep_key, sealed
from bot.pages.web_result import opening
from bot.service import the_service
from dialogs.agenda import pending, previous
from dialogs.conversation import Conversation, Facts
from dialogs.correction import corrected
from dialogs.flow import Talk
from dialogs.questions import Question
from scoring.engine.told import filler


@blueprint.get("/steps")
def begin_steps() -> ResponseReturnValue:
    """The first question."""
    return keep_key(make_response(redirect(_address(Conversation()))))


@blueprint.route("/steps/<answers>", methods=["GET", "POST"])
@opening
def step(own: Own) -> ResponseReturnValue:
    """The next question, or the one that `ask` names; the result when none is left."""
    talk = own.talk
    question = _asked(talk, request.args.get("ask"))
    if question is None:
        return redirect(own.base)
    if request.method != "POST":
        return _page(own, question, read_one(question, form_of(question, talk), talk.today))
    filled = read_one(question, request.form, talk.today)
    if filled.faults or filled.young:
        return _page(own, question, filled), 422
    return redirect(_address(_answered(talk, question, filled.facts)), 303)


def _asked(talk: Talk, id: str | None) -> Question | None:
    may = {one.id: one for one in changeable(talk)}
    left = (one.id for one in pending(talk))
    return may.get(id or "") or next((may[one] for one in left if one in may), None)


def _answered(talk: Talk, question: Question, facts: Facts) -> Conversation:
    """With this answer; without one, the question is passed."""
    after = corrected(talk, question, facts).conversation
    return after if facts else after.but(passed=(*after.passed, question.id))


def _address(conversation: Conversation) -> str:
    return f"/steps/{sealed(conversation)}"


def _page(own: Own, question: Question, filled: Filled) -> str:
    talk, service = own.talk, the_service()
    may = {one.id for one in changeable(talk)}
    left = [one for one in pending(talk) if one.id in may and one.id != question.id]
    seen = {*talk.conversation.answered, *talk.conversation.passed} - {question.id}
    return render_template(
        "pages/step.html",
        block=filled.blocks[0],
        young=filled.young,
        told=filler(service.rules().figures(talk.today)),
        number=len(seen) + 1,
        left=len(left),
        before=previous(talk.conversation, question.id),
        base=own.base,
    )
