"""`/result/…`: the estimate of answers that lie sealed in the address, for their browser alone."""

from collections.abc import Callable
from functools import wraps

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from bot.pages.blueprint import blueprint
from bot.pages.estimate import form_page, read
from bot.pages.own_answers import Own, change, was_before
from bot.pages.prefill import whole_form
from bot.pages.result import shown
from bot.pages.sealed_answers import LASTS, LapsedError, opened, sealed
from bot.pages.what_if import what_if
from dialogs.conversation import Facts
from dialogs.correction import Correction, corrected
from dialogs.questions import Question

View = Callable[..., ResponseReturnValue]


def opening(view: Callable[..., ResponseReturnValue]) -> View:
    """Give the view the answers; a page that invites to make an own estimate where they do not
    open here. No address of these pages is told to another."""

    @wraps(view)
    def opened_for(answers: str, **arguments: str) -> Response:
        response = make_response(_view(view, answers, arguments))
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return opened_for


def _view(view: View, answers: str, arguments: dict[str, str]) -> ResponseReturnValue:
    try:
        conversation = opened(answers)
    except LapsedError:
        return render_template("pages/no_result.html", why="lapsed", days=LASTS.days), 404
    if conversation is None:
        return render_template("pages/no_result.html", why="closed", days=LASTS.days), 403

    def keep(question: Question, facts: Facts) -> tuple[Correction, str]:
        correction = corrected(own.talk, question, facts)
        return correction, f"/result/{sealed(correction.conversation)}"

    own = Own(conversation, f"/result/{answers}", keep)
    return view(own, **arguments)


@blueprint.get("/result/<answers>")
@opening
def web_result(own: Own) -> ResponseReturnValue:
    """The estimate."""
    return render_template("pages/result.html", days=LASTS.days, **shown(own, was_before()))


@blueprint.get("/result/<answers>/edit")
@opening
def edit(own: Own) -> ResponseReturnValue:
    """All questions at once, with the answers."""
    return form_page(read(whole_form(own.talk)))


@blueprint.route("/result/<answers>/change/<id>", methods=["GET", "POST"])
@opening
def change_result(own: Own, id: str) -> ResponseReturnValue:
    """One answer."""
    return change(own, id)


@blueprint.get("/result/<answers>/what-if")
@opening
def suppose_result(own: Own) -> ResponseReturnValue:
    """What it would be if something were otherwise."""
    return what_if(own)
