"""Looking a person up: at one window, or at all of them."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.booking import search
from bot.database import reading, writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import DESK, EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter import look_ups
from bot.staff.counter.day import day_page
from bot.staff.flashes import say
from bot.staff.forms import given_day, telephone


@blueprint.post("/sites/<site>/find")
@allowed(*EVERYBODY)
def find(site: str) -> ResponseReturnValue:
    """Anyone of the day by code, name or telephone, of which a part is enough, and of other days by
    the whole of it. A form is sent, so that none of them stands in an address."""
    service, wanted = the_service(), _wanted()
    chosen = given_day(request.form.get("day"), service.clock().date())
    if not _may_look(site):
        return day_page(site, chosen, asked=wanted), 429
    with reading(service.engine) as connection:
        phone = telephone(wanted)
        elsewhere = search.found(connection, wanted, phone, site=site, but=chosen)
    return day_page(site, chosen, who=wanted, elsewhere=elsewhere)


@blueprint.post("/find")
@allowed(*DESK)
def find_anywhere() -> ResponseReturnValue:
    """Anyone of any day and window, by the whole code, name or telephone number."""
    wanted = _wanted()
    if not _may_look(""):
        return render_template("staff/found.html", who=wanted, rows=None), 429
    with reading(the_service().engine) as connection:
        rows = search.found(connection, wanted, telephone(wanted))
        twice = search.booked_twice(connection, rows)
    return render_template("staff/found.html", who=wanted, rows=rows, twice=twice)


def _wanted() -> str:
    return "".join(request.form.get("who", "").split())[:20]


def _may_look(site: str) -> bool:
    """Whether the account may look anyone up once more, which is noted."""
    service = the_service()
    with writing(service.engine) as connection:
        may = _noted(connection, site)
    if not may:
        say("too_many_look_ups", bad=True)
    return may


def _noted(connection: Connection, site: str) -> bool:
    now, account = the_service().clock(), me().account
    may = look_ups.may_go_on(connection, now, account, look_ups.PEOPLE, site)
    if may:
        day = given_day(request.form.get("day"), now.date()) if site else None
        audit.record(connection, now, account, "find", site=site or None, day=day)
    return may
