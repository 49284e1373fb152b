"""`/sheet/a4`, `/result/…/a4`: number, papers, appointment and answers on one page of paper."""

from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.booking import appointments
from bot.database import reading
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.pages.own_answers import Own
from bot.pages.result import number
from bot.pages.sheet import own_sheet_of
from bot.pages.web_result import opening
from bot.service import the_service
from dialogs.booking.protocol import Place
from dialogs.booking.purposes import PURPOSES
from dialogs.papers import by_office, papers
from dialogs.side_by_side import told
from scoring import CategoryResult


class Answer(NamedTuple):
    """A category, with what was said of it: "" where there is nothing of it."""

    category: CategoryResult
    told: str


def keepsake(own: Own, place: Place | None = None) -> str:
    """The page of these answers; `place`: the appointment, where one is known."""
    talk = own.talk
    answers = [(one, told(one, talk.rules.catalogue)) for one in talk.estimate.categories()]
    return render_template(
        "pages/keepsake.html",
        base=own.base,
        rules=talk.rules,
        result=talk.estimate,
        number=number(talk),
        determination=talk.determination,
        answers=[Answer(one, said) for one, said in answers if said],
        nothing=[one.label for one, said in answers if said == ""],
        open=[one.label for one, said in answers if said is None and one.high > one.low],
        offices=list(by_office(papers(talk))),
        place=place,
        purpose=place and PURPOSES.get(place.purpose),
    )


@blueprint.get("/sheet/a4")
@personal
def own_keepsake() -> ResponseReturnValue:
    """Of the answers in the chat."""
    service, owner = the_service(), person() or ""
    own = own_sheet_of(owner)
    if own is None or not own.talk.facts:
        return render_template("pages/no_sheet.html", why="empty"), 404
    with reading(service.engine) as connection:
        place = appointments.mine(connection, owner, service.clock())
    return keepsake(own, place)


@blueprint.get("/result/<answers>/a4")
@opening
def result_keepsake(own: Own) -> ResponseReturnValue:
    """Of the answers in the address."""
    return keepsake(own)
