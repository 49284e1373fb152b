"""What a township decides by itself: that it closes for the rest of today, and opens again."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking import changes
from bot.booking.calendar import Closure
from bot.booking.tables import closures
from bot.database import reading
from bot.service import the_service
from bot.staff.auth.access import EVERYBODY, allowed
from bot.staff.blueprint import blueprint
from bot.staff.forms import given_time, row_number, short_text
from bot.staff.schedule.carry_out import Place, carried_out, looked_at
from bot.staff.schedule.faulty import FaultyError
from bot.staff.schedule.hours_forms import LONGEST_REASON, Wanted
from bot.staff.schedule.week import windows_of
from bot.staff.sites import site_or_404


@blueprint.get("/sites/<site>/today")
@allowed(*EVERYBODY)
def today(site: str) -> ResponseReturnValue:
    """What is closed today, and a form to close."""
    return _page(site)


@blueprint.post("/sites/<site>/today/preview")
@allowed(*EVERYBODY)
def preview_today(site: str) -> ResponseReturnValue:
    """The dry run: nothing changes, and the page says whom it would hit."""
    try:
        return looked_at(_wanted(site), _place(site))
    except FaultyError as error:
        return _page(site, filled=request.form, fault=f"hours_{error.args[0]}"), 400


@blueprint.post("/sites/<site>/today/apply")
@allowed(*EVERYBODY)
def apply_today(site: str) -> ResponseReturnValue:
    """Close, or open again, after the dry run was seen."""
    try:
        carried_out(_wanted(site))
    except FaultyError as error:
        return _page(site, filled=request.form, fault=f"hours_{error.args[0]}"), 400
    return redirect(url_for("staff.today", site=site))


def _page(site: str, **more: object) -> str:
    now = the_service().clock()
    with reading(the_service().engine) as connection:
        place = site_or_404(connection, site)
        closed = _closed(connection, site, now)
        windows = windows_of(connection, site)
    return render_template(
        "staff/today.html", place=place, now=now, closed=closed, windows=windows, **more
    )


def _closed(connection: Connection, site: str, now: datetime) -> list[Row[Any]]:
    """What the site closed of today by itself."""
    day = now.date()
    own = closures.select().where(
        closures.c.site == site, closures.c.own, closures.c.first_day == day
    )
    return list(connection.execute(own.order_by(closures.c.id)))


def _wanted(site: str) -> Wanted:
    """The change asked for.

    Raises:
        FaultyError: it is none.
    """
    now = the_service().clock()
    number = row_number(request.form.get("id"))
    if number is None:
        return _close(site, now)
    with reading(the_service().engine) as connection:
        if number not in [row.id for row in _closed(connection, site, now)]:
            raise FaultyError("gone")
    return Wanted(changes.RemoveClosure(number), "reopen_today", site)


def _close(site: str, now: datetime) -> Wanted:
    form = request.form
    closes, typed = given_time(form.get("closes")), form.get("closes")
    opens = now.time().replace(second=0, microsecond=0)
    if (typed and closes is None) or (closes is not None and closes <= opens):
        raise FaultyError("times")
    reason = short_text(form.get("reason"), LONGEST_REASON)
    if not reason:
        raise FaultyError("reason")
    window = short_text(form.get("window"), 20) or None
    closure = Closure(now.date(), now.date(), opens, closes, window)
    return Wanted(changes.CloseToday(site, closure, reason), "close_today", site)


def _place(site: str) -> Place:
    return Place(url_for("staff.apply_today", site=site), url_for("staff.today", site=site))
