"""`/estimate`: the questionnaire as a page. Nothing is stored; it leads to `/result/…`."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.pages.blueprint import blueprint
from bot.pages.questionnaire import Filled, Form, read_form
from bot.pages.sealed_answers import keep_key, sealed
from bot.service import the_service
from bot.web.letters import are_large
from dialogs.sensitive import lines
from scoring.engine.told import filler


@blueprint.get("/estimate")
def estimate() -> ResponseReturnValue:
    """The questions, empty; in large letters one after the other."""
    if are_large():
        return redirect(url_for("pages.begin_steps"))
    return form_page(read(request.form), first=True)


@blueprint.post("/estimate")
def estimate_now() -> ResponseReturnValue:
    """On to the result; or the form again while something is unclear or newly opened."""
    filled = read(request.form)
    if filled.faults or filled.young:
        return form_page(filled), 422
    if filled.new or not filled.facts:
        return form_page(filled)
    told = filled.told(the_service().clock())
    return keep_key(make_response(redirect(f"/result/{sealed(told)}", 303)))


def read(form: Form) -> Filled:
    """What was sent, read with the rules of today."""
    service = the_service()
    today = service.clock().date()
    return read_form(form, today, service.rules().at(today).counted)


def form_page(filled: Filled, first: bool = False) -> str:
    """The questions, with what was given to them. `first`: nothing was, so that no radio is set."""
    service = the_service()
    rules, today = service.rules(), service.clock().date()
    return render_template(
        "pages/estimate.html",
        filled=filled,
        first=first,
        lines=lines(rules.at(today).counted),
        told=filler(rules.figures(today)),
    )
