"""The page of a day at a window: who comes, who is here, who was served."""

from collections import Counter
from datetime import date
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking import counter
from bot.booking.tables import sites
from bot.database import reading, writing
from bot.models.appointment import TAIL
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import members
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter import look_ups
from bot.staff.counter.day_view import board_of, found
from bot.staff.counter.free_slots import free
from bot.staff.counter.steps import STATES, next_steps
from bot.staff.flashes import say
from bot.staff.forms import given_day, row_number, telephone, whole
from dialogs.booking.purposes import PURPOSES


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
    service, now = the_service(), the_service().clock()
    wanted = "".join(request.form.get("who", "").split())[:20]
    chosen = given_day(request.form.get("day"), now.date())
    with writing(service.engine) as connection:
        may = look_ups.may_go_on(connection, now, me().account, look_ups.PEOPLE, site)
        if may:
            audit.record(connection, now, me().account, "find", site=site, day=chosen)
    if not may:
        say("too_many_look_ups", bad=True)
        return day_page(site, chosen, asked=wanted), 429
    return day_page(site, chosen, who=wanted)


def day_page(site: str, day: date, *, who: str | None = None, **more: object) -> str:
    """The page of a day, or of those of its people whom `who` may mean."""
    service, now = the_service(), the_service().clock()
    with reading(service.engine) as connection:
        place = _site(connection, site)
        rows = counter.day_view(connection, site, day)
        slots = counter.slots_of_day(connection, site, day)
        names = members.names(connection)
        elsewhere = _on_other_days(connection, site, day, who or "")
    if who is None:
        hour = whole(request.args.get("hour"), 0, 23)
        at = row_number(request.args.get("at"))
        board = board_of(rows, now.hour if hour is None and day == now.date() else hour or 0, at)
    else:
        board = found(rows, who)
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
        elsewhere=elsewhere,
        names=names,
        **more,
    )


def _on_other_days(connection: Connection, site: str, day: date, who: str) -> list[Row[Any]]:
    """Whom a whole telephone number, or its last four digits, also finds."""
    digits = who if len(who) == TAIL and who.isdecimal() else telephone(who)
    return counter.by_phone(connection, site, digits, day) if digits else []


def _site(connection: Connection, site: str) -> Row[Any]:
    found = connection.execute(sites.select().where(sites.c.id == site)).one_or_none()
    return found or abort(404)
