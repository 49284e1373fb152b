"""A whole day on paper, for when there is no power: beforehand, to be ticked and entered later.

A paper lies about, so it says no more than the window needs to tell who is who: the check-in code,
which people have on their telephones, and for those without one the surname and the last four
digits. The rest of a name or number tells nobody apart and would only be carried home.
"""

from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from bot.booking import counter
from bot.booking.day_end import OUTCOMES
from bot.database import reading
from bot.models.appointment import tail
from bot.service import the_service
from bot.staff.auth.access import EVERYBODY, allowed
from bot.staff.blueprint import blueprint
from bot.staff.counter.entries import entries
from bot.staff.forms import given_day
from bot.staff.sites import site_or_404
from bot.staff.words import masked_name, state_of
from bot.web.stored_words import words
from dialogs.booking.purposes import PURPOSES

EMPTY_LINES = 6  # for people without an appointment, of each window


class Line(NamedTuple):
    """One appointment, in words."""

    code: str
    who: str
    purpose: str
    state: str


@blueprint.get("/sites/<site>/print")
@allowed(*EVERYBODY)
def print_day(site: str) -> ResponseReturnValue:
    """All of the day's appointments, by window and time, with what is ticked and noted."""
    now = the_service().clock()
    day = given_day(request.args.get("day"), now.date())
    with reading(the_service().engine) as connection:
        place = site_or_404(connection, site)
        slots = counter.slots_of_day(connection, site, day)
        lines = counter.day_lines(connection, site, day)
    windows: dict[str, dict[str, list[Line]]] = {}
    for slot in sorted(slots, key=lambda one: (len(one.window), one.window)):  # 2 before 10
        if slot.id in lines:
            times = windows.setdefault(slot.window, {})
            times.setdefault(f"{slot.starts_at:%H:%M}", []).extend(map(_line, lines[slot.id]))
    return render_template(
        "staff/print_day.html",
        place=place,
        day=day,
        total=sum(map(len, lines.values())),
        windows=windows,
        outcomes=OUTCOMES,
        empty_lines=EMPTY_LINES,
        now=now,
    )


@blueprint.get("/sites/<site>/print/worksheet")
@allowed(*EVERYBODY)
def print_worksheet(site: str) -> ResponseReturnValue:
    """A worksheet without anybody's name, with every item of the rules in force."""
    service = the_service()
    today = service.clock().date()
    with reading(service.engine) as connection:
        place = site_or_404(connection, site)
    rules = service.rules()
    found = entries(rules, today).values()
    by_category = groupby(found, attrgetter("category"))
    return render_template(
        "staff/print_worksheet.html",
        place=place,
        rules=rules,
        today=today,
        categories=[(name, list(some)) for name, some in by_category],
    )


def _line(row: Row[Any]) -> Line:
    who = masked_name(row.name) or words()["sources"][row.source]
    purpose = PURPOSES[row.purpose].label if row.purpose in PURPOSES else row.purpose
    phone = f"尾号 {tail(row.phone)}" if row.phone else ""
    return Line(
        row.code,
        f"{who} {phone}".strip(),
        purpose,
        state_of(row),
    )
