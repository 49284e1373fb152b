"""Hours, closures, holidays: first the dry run, which says whom it would hit, then the change."""

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, func, select, update

from bot.booking.holidays import known_years, missing_year
from bot.booking.tables import closures, extra_days, sites, special_days, weekly_rules
from bot.database import reading, writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import DESK, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.flashes import say
from bot.staff.forms import degrees, short_text
from bot.staff.schedule.carry_out import Place, carried_out, looked_at
from bot.staff.schedule.faulty import FaultyError
from bot.staff.schedule.hours_forms import WEEK, Wanted, wanted
from bot.staff.schedule.week import week_page, windows_of
from bot.staff.sites import site_or_404, site_titles

# The changes that are typed on the page of a site, and of the county; all others are a button.
SITE_FORMS = frozenset({"add_weekly", "end_weekly", "add_closure", "add_extra_day", "set_reach"})
COUNTY_FORMS = frozenset({"add_closure", "set_holiday"})


@blueprint.get("/hours")
@allowed(*DESK)
def hours_home() -> ResponseReturnValue:
    """All sites, county-wide closures, holidays."""
    return _county_page()


@blueprint.get("/hours/<site>")
@allowed(*DESK)
def hours(site: str) -> ResponseReturnValue:
    """One site: weekly hours, closures, extra days, what people are told about it."""
    return _site_page(site)


def _county_page(**more: object) -> str:
    service = the_service()
    today = service.clock().date()
    with reading(service.engine) as connection:
        titles = site_titles(connection)
        open_sites = set(connection.scalars(select(weekly_rules.c.site).distinct()))
        county = closures.select().where(closures.c.site.is_(None), closures.c.last_day >= today)
        closed = connection.execute(county.order_by(closures.c.first_day)).all()
        ahead = special_days.select().where(special_days.c.day >= today)
        days = connection.execute(ahead.order_by(special_days.c.day)).all()
        missing = missing_year(known_years(connection), today)
    return render_template(
        "staff/hours_home.html",
        titles=titles,
        open_sites=open_sites,
        closed=closed,
        days=days,
        missing=missing,
        today=today,
        **more,
    )


def _site_page(site: str, **more: object) -> str:
    service = the_service()
    today = service.clock().date()
    with reading(service.engine) as connection:
        place = site_or_404(connection, site)
        weekly = weekly_rules.select().where(
            weekly_rules.c.site == site,
            weekly_rules.c.ends_on.is_(None) | (weekly_rules.c.ends_on >= today),
        )
        closed = closures.select().where(closures.c.site == site, closures.c.last_day >= today)
        extra = extra_days.select().where(extra_days.c.site == site, extra_days.c.day >= today)
        windows = func.length(weekly_rules.c.window), weekly_rules.c.window  # 2 before 10
        order = (*windows, weekly_rules.c.opens, weekly_rules.c.weekday, weekly_rules.c.id)
        names = windows_of(connection, site)
        return render_template(
            "staff/hours.html",
            place=place,
            weekly=_alike(connection.execute(weekly.order_by(*order)).all()),
            closed=connection.execute(closed.order_by(closures.c.first_day)).all(),
            extra=connection.execute(extra.order_by(extra_days.c.day)).all(),
            windows=names,
            today=today,
            **more,
        )


def _alike(rules: Sequence[Row[Any]]) -> list[list[Row[Any]]]:
    """Weekly rules that differ in nothing but the weekday, as they were entered and are ended."""
    groups: dict[tuple[Any, ...], list[Row[Any]]] = {}
    for rule in rules:
        key = tuple(v for name, v in rule._mapping.items() if name not in ("id", "weekday"))
        groups.setdefault(key, []).append(rule)
    return list(groups.values())


@blueprint.post("/hours/preview")
@allowed(*DESK)
def preview_hours() -> ResponseReturnValue:
    """The dry run: nothing changes, and the page says what would."""
    try:
        return looked_at(_wanted(), Place(url_for("staff.apply_hours"), _back()))
    except FaultyError as error:
        return _faulty(f"hours_{error.args[0]}")


@blueprint.post("/hours/apply")
@allowed(*DESK)
def apply_hours() -> ResponseReturnValue:
    """Carry it out, after the dry run was seen; a button tapped twice does it once."""
    try:
        change = _wanted()
    except FaultyError as error:
        say(f"hours_{error.args[0]}", bad=True)
        return redirect(_back())
    try:
        carried_out(change)
    except FaultyError as error:
        return _faulty(f"hours_{error.args[0]}")
    return redirect(_back())


@blueprint.post("/hours/<site>/details")
@allowed(*DESK)
def site_details(site: str) -> ResponseReturnValue:
    """Address, telephone and place on the map, which the office fills in."""
    form = request.form
    typed: dict[str, object] = {
        "address": short_text(form.get("address"), 100),
        "telephone": short_text(form.get("telephone"), 40),
    }
    try:
        place = {
            "latitude": degrees(form.get("latitude"), 90),
            "longitude": degrees(form.get("longitude"), 180),
        }
    except ValueError:
        return _site_page(site, filled={**form, "kind": "details"}, fault="site_degrees"), 400
    service = the_service()
    with writing(service.engine) as connection:
        done = connection.execute(update(sites).where(sites.c.id == site).values(**typed, **place))
        if not done.rowcount:
            abort(404)
        now = service.clock()
        audit.record(connection, now, me().account, "change_site", site, typed, **place)
    say("site_changed")  # at the top, where the form's own anchor would not lead
    return redirect(url_for("staff.hours", site=site, _anchor="told"))


def _wanted() -> Wanted:
    """The change asked for.

    Raises:
        FaultyError: it is none.
    """
    with reading(the_service().engine) as connection:
        known = site_titles(connection)
    if request.form.get("site", "") not in ("", *known):
        abort(404)
    return wanted(request.form, list(known))


def _faulty(fault: str) -> ResponseReturnValue:
    """The form again, with what was typed; of a mere button nothing is lost."""
    form, site = request.form, request.form.get("from", "")
    if form.get("kind") == WEEK:
        return week_page(form, fault), 400
    if form.get("kind") not in (SITE_FORMS if site else COUNTY_FORMS):
        say(fault, bad=True)
        return redirect(_back())
    more: dict[str, object] = {"filled": form, "fault": fault}
    return (_site_page(site, **more) if site else _county_page(**more)), 400


def _back() -> str:
    site = request.form.get("from", "")
    return url_for("staff.hours", site=site) if site else url_for("staff.hours_home")
