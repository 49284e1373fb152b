"""The timetable of a week: one form for many windows and sites."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, select, union
from werkzeug.datastructures import MultiDict

from bot.booking.tables import extra_days, weekly_rules
from bot.booking.week import week_of
from bot.database import reading
from bot.service import the_service
from bot.staff.auth.access import DESK, allowed
from bot.staff.blueprint import blueprint
from bot.staff.schedule.week_form import DEFAULTS, chosen_windows, lines_from, lines_of
from bot.staff.sites import site_titles

Form = MultiDict[str, str]


@blueprint.get("/hours/week")
@allowed(*DESK)
def week() -> ResponseReturnValue:
    """Filled in as the window of the address has it: changed here, or copied to others."""
    return week_page()


def week_page(filled: Form | None = None, fault: str = "") -> str:
    """The form, or what came back of it with the fault it has."""
    service = the_service()
    today = service.clock().date()
    asked = filled if filled is not None else request.args
    site = asked.get("from" if filled is not None else "site", "")
    with reading(service.engine) as connection:
        titles = site_titles(connection)
        names = windows_of(connection, site if site in titles else None)
        window = asked.get("window", "")
        hours = week_of(connection, site, window, today) if window else {}
    first = next((one for some in hours.values() for one in some), None)
    sizes = {name: str(getattr(first, name)) for name in DEFAULTS} if first else DEFAULTS
    return render_template(
        "staff/week.html",
        titles=titles,
        site=site if site in titles else "",
        names=names,
        lines=lines_from(hours) if filled is None else lines_of(filled),
        sizes=sizes if filled is None else filled,
        ticked_sites=[site] if filled is None else filled.getlist("at"),
        ticked=[window or next(iter(names), "1")] if filled is None else chosen_windows(filled),
        starts_on=today if filled is None else filled.get("starts_on", ""),
        fault=fault,
    )


def windows_of(connection: Connection, site: str | None) -> list[str]:
    """The windows that have or had hours at the site, or anywhere: 2 before 10."""
    tables: tuple[Any, ...] = (weekly_rules, extra_days)
    named = (
        select(one.c.window).where(one.c.site == site if site is not None else one.c.site != "")
        for one in tables
    )
    return sorted(connection.scalars(union(*named)), key=lambda name: (len(name), name))
