"""`/estimate`: the questionnaire as a page. Nothing is stored."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.pages.blueprint import blueprint
from bot.pages.questionnaire import Filled, read_form
from bot.pages.result import shown
from bot.service import the_service
from dialogs.sensitive import SENSITIVE, lines
from scoring import read_facts
from scoring.engine.told import filler


@blueprint.get("/estimate")
def estimate() -> str:
    """The questions, empty."""
    return _form(_read(), first=True)


@blueprint.post("/estimate")
def estimate_now() -> ResponseReturnValue:
    """The result; or the form again while something is unclear or newly opened."""
    filled = _read()
    if request.form.get("edit"):
        return _form(filled)
    if filled.faults or filled.young:
        return _form(filled), 422
    if filled.new:
        return _form(filled)
    service = the_service()
    rules, today = service.rules(), service.clock().date()
    answers = [
        (name, text)
        for name, texts in request.form.lists()
        if name not in ("csrf_token", "edit")
        for text in texts
    ]
    return render_template(
        "pages/result.html",
        answers=answers,
        left_out=frozenset() if filled.consented else SENSITIVE & rules.at(today).counted,
        **shown(rules, read_facts(filled.facts), today),
    )


def _read() -> Filled:
    service = the_service()
    today = service.clock().date()
    return read_form(request.form, today, service.rules().at(today).counted)


def _form(filled: Filled, first: bool = False) -> str:
    service = the_service()
    rules, today = service.rules(), service.clock().date()
    asked = lines(rules.at(today).counted)
    told = filler(rules.figures(today))
    return render_template(
        "pages/estimate.html", filled=filled, first=first, lines=asked, told=told
    )
