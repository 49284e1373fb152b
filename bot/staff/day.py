"""The page of a day at a window: who comes, who is here, who was served."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking import window
from bot.booking.tables import sites
from bot.database import reading
from bot.models.appointment import ARRIVED, BOOKED, SERVING
from bot.service import the_service
from bot.staff.access import EVERYBODY, allowed
from bot.staff.blueprint import blueprint
from bot.staff.forms import given_day, whole
from bot.staff.places import free
from bot.staff.steps import STATES, next_steps
from dialogs.booking.purposes import PURPOSES

AT_ONCE = 20  # rows; a fuller day is shown by the hour
ENOUGH_DIGITS = 3  # of a telephone number, to look for it


@dataclass(frozen=True, slots=True)
class Board:
    """What of a day is shown: who is `here` now, first of all, then the others in `rows`. `hours`
    counts all others by hour, and those still to come; empty where everybody fits on one page."""

    here: list[Row[Any]]
    rows: list[Row[Any]]
    hours: Mapping[int, tuple[int, int]]
    hour: int | None = None


@blueprint.get("/sites/<site>")
@allowed(*EVERYBODY)
def day(site: str) -> ResponseReturnValue:
    """One window's day, in the order people come."""
    return day_page(site, given_day(request.args.get("day"), the_service().clock().date()))


@blueprint.post("/sites/<site>/find")
@allowed(*EVERYBODY)
def find(site: str) -> ResponseReturnValue:
    """Somebody of the day by code, name or telephone, of which a part is enough. A form is sent, so
    that neither stands in an address."""
    wanted = "".join(request.form.get("who", "").split())[:20]
    chosen = given_day(request.form.get("day"), the_service().clock().date())
    return day_page(site, chosen, who=wanted)


def day_page(site: str, day: date, *, who: str | None = None, **more: object) -> str:
    """The page of a day, or of those of its people whom `who` may mean."""
    service, now = the_service(), the_service().clock()
    with reading(service.engine) as connection:
        place = _site(connection, site)
        rows = window.day_view(connection, site, day)
        slots = window.slots_of_day(connection, site, day)
    if who is None:
        hour = whole(request.args.get("hour"), 0, 23)
        board = _board(rows, now.hour if hour is None and day == now.date() else hour or 0)
    else:
        board = Board([], [row for row in rows if who and _is_meant(row, who)], {})
    counts = Counter(row.state for row in rows)
    return render_template(
        "staff/day.html",
        place=place,
        day=day,
        board=board,
        booked=len(rows),
        counts={state: counts[state] for state in STATES},
        free=free(slots, now),
        places=sum(slot.capacity for slot in slots if slot.open),
        next_steps=next_steps,
        purposes=PURPOSES,
        now=now,
        who=who,
        **more,
    )


def _board(rows: list[Row[Any]], hour: int) -> Board:
    """The whole day where it fits; otherwise the hour, or the next one that has anybody."""
    here = [row for row in rows if row.state in (SERVING, ARRIVED)]
    here.sort(key=lambda row: (row.state != SERVING, row.arrived_at or row.starts_at, row.id))
    others = [row for row in rows if row.state not in (SERVING, ARRIVED)]
    if len(others) <= AT_ONCE:
        return Board(here, others, {})
    total = Counter(row.starts_at.hour for row in others)
    coming = Counter(row.starts_at.hour for row in others if row.state == BOOKED)
    shown = next((one for one in sorted(total) if one >= hour), max(total))
    return Board(
        here,
        [row for row in others if row.starts_at.hour == shown],
        {one: (total[one], coming[one]) for one in sorted(total)},
        shown,
    )


def _is_meant(row: Row[Any], wanted: str) -> bool:
    if wanted in row.code or wanted in (row.name or ""):
        return True
    return len(wanted) >= ENOUGH_DIGITS and wanted in (row.phone or "")


def _site(connection: Connection, site: str) -> Row[Any]:
    found = connection.execute(sites.select().where(sites.c.id == site)).one_or_none()
    return found or abort(404)
