"""A whole day on paper, for when there is no power: masked like the page it comes from."""

from typing import Any, NamedTuple

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from bot.booking import counter
from bot.booking.tables import sites
from bot.database import reading
from bot.service import the_service
from bot.staff.auth.access import EVERYBODY, allowed
from bot.staff.blueprint import blueprint
from bot.staff.forms import given_day
from bot.staff.words import masked_name, masked_phone, state_of
from bot.web.stored_words import words
from dialogs.booking.purposes import PURPOSES


class Line(NamedTuple):
    """One appointment, in words."""

    at: str
    code: str
    window: str
    who: str
    purpose: str
    state: str


@blueprint.get("/sites/<site>/print")
@allowed(*EVERYBODY)
def print_day(site: str) -> ResponseReturnValue:
    """All of the day's appointments, by time."""
    now = the_service().clock()
    day = given_day(request.args.get("day"), now.date())
    with reading(the_service().engine) as connection:
        place = connection.execute(sites.select().where(sites.c.id == site)).one_or_none()
        if place is None:
            abort(404)
        rows = [_line(row) for row in counter.day_lines(connection, site, day)]
    return render_template("staff/print_day.html", place=place, day=day, rows=rows, now=now)


def _line(row: Row[Any]) -> Line:
    who = masked_name(row.name) or words()["sources"][row.source]
    purpose = PURPOSES[row.purpose].label if row.purpose in PURPOSES else row.purpose
    return Line(
        f"{row.starts_at:%H:%M}",
        row.code,
        row.window,
        f"{who} {masked_phone(row.phone)}".strip(),
        purpose,
        state_of(row),
    )
