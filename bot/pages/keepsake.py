"""`/sheet/a4`: what one takes along on one page of paper: number, papers, appointment, answers."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.booking import appointments
from bot.database import reading
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.pages.sheet import facts_of
from bot.service import the_service
from bot.store import ticks_told
from dialogs.booking.purposes import PURPOSES
from dialogs.conversation import Ticks
from dialogs.papers import by_office, listed
from dialogs.side_by_side import told
from scoring import CategoryResult, Ruleset, estimate


class Answer(NamedTuple):
    """A category, with what was said of it: "" where there is nothing of it."""

    category: CategoryResult
    told: str


def keepsake(rules: Ruleset, facts: Mapping[str, Any], ticks: Ticks, today: date) -> dict[str, Any]:
    """What `pages/keepsake.html` needs beside the appointment."""
    result = estimate(rules, facts, on=today)
    answers = [(one, told(one, rules.catalogue)) for one in result.categories()]
    return {
        "rules": rules,
        "result": result,
        "answers": [Answer(one, said) for one, said in answers if said],
        "nothing": [one.label for one, said in answers if said == ""],
        "open": [one.label for one, said in answers if said is None and one.high > one.low],
        "offices": list(by_office(listed(result, ticks))),
    }


@blueprint.get("/sheet/a4")
@personal
def own_keepsake() -> ResponseReturnValue:
    """The page of the person who looks."""
    service, owner = the_service(), person() or ""
    now = service.clock()
    with reading(service.engine) as connection:
        facts = facts_of(connection, owner)
        ticks = ticks_told(connection, owner) if facts else Ticks()
        place = appointments.mine(connection, owner, now)
    if not facts:
        return render_template("pages/no_sheet.html", why="empty"), 404
    return render_template(
        "pages/keepsake.html",
        **keepsake(service.rules(), facts, ticks, now.date()),
        place=place,
        purpose=place and PURPOSES.get(place.purpose),
    )
