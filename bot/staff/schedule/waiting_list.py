"""Who waits for a place, at which window, and who is being offered one."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from bot.booking.waiting_list import in_line
from bot.database import reading
from bot.people import pseudonym
from bot.service import the_service
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.reports.notices import explained
from bot.staff.sites import site_titles

MOST = 100  # shown of each window


@dataclass(frozen=True, slots=True)
class Line:
    """The line of one window: its first, and how many there are in all."""

    title: str
    first: list[tuple[Row[Any], str]]
    total: int


@blueprint.get("/waiting-list")
@allowed(*EVERYBODY)
def waiting_list() -> ResponseReturnValue:
    """Each window's line in its order. People appear as pseudonyms only: nobody of them gave a
    name."""
    service = the_service()
    with reading(service.engine) as connection:
        order = list(site_titles(connection))
        rows = [row for row in in_line(connection) if me().works_at(row.site)]
    secret = service.settings.secret_key
    lines = {}
    for site, together in groupby(rows, key=lambda row: row.site):
        people = list(together)
        shown = [(row, pseudonym(secret, row.person)) for row in people[:MOST]]
        lines[site] = Line(people[0].title, shown, len(people))
    return render_template(
        "staff/waiting_list.html",
        lines=[lines[site] for site in sorted(lines, key=order.index)],
        now=service.clock(),
        explained=explained,
    )
