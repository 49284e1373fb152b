"""`/appointments`: see, book, move and cancel one's appointment. GET shows, POST acts."""

from datetime import date, datetime

import segno
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from bot.booking import appointments, calendar_file, reservation, sites, slots, waiting
from bot.booking.map_link import map_link
from bot.booking.own_phone import keep_phone
from bot.booking.queries import active_row, cancelled_row
from bot.booking.queries import place as place_of
from bot.clock import ZONE
from bot.database import reading, writing
from bot.models.appointment import FROM_PAGE
from bot.outbox import consent
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.pages.sheet import facts_of
from bot.service import the_service
from bot.store import ticks_told
from dialogs.booking.protocol import (
    Confirmed,
    ConfirmPlace,
    HasOne,
    Held,
    NotNow,
    Place,
    TooOften,
    Waiting,
)
from dialogs.booking.purposes import PURPOSES
from dialogs.booking.telephone import mobile_in
from dialogs.booking.townships import township, townships
from dialogs.conversation import Ticks
from dialogs.in_time import prospects, working_days
from dialogs.papers import listed, missing
from dialogs.region import Township
from scoring import estimate

OTHERS = 5  # places with times that are named where there are none
LONGEST_PHONE = 40  # characters of what is typed as one
YEARS = range(2000, 2101)  # databases and zones take no others without trouble


@blueprint.get("/appointments")
@personal
def my_appointment() -> ResponseReturnValue:
    """What one has: an appointment, an offer, a place in the line; or where one can go."""
    return mine_page()


def mine_page(typed: str = "") -> str:
    """The page; `typed` is a telephone that was none."""
    service, now = the_service(), the_service().clock()
    with reading(service.engine) as connection:
        place = appointments.mine(connection, _me(), now)
        held = reservation.current(connection, _me(), now)
        entry = waiting.mine(connection, _me(), now, held)
        if place is not None and not request.args.get("move"):
            return _shown(connection, place, entry, held, typed)
        moving = place is not None
        return render_template(
            "pages/appointments_sites.html",
            townships=townships(),
            bookable=sites.bookable(connection, now),
            soonest={one.site: one.day for one in slots.open_sites(connection, now, _me())},
            moving=moving,
            held=held,
            entry=entry,
            waits_for=township(entry.site) if entry else None,
            may_ask=consent.is_open(connection, _me(), service.settings),
        )


@blueprint.get("/appointments/<site>")
@personal
def appointment_days(site: str) -> ResponseReturnValue:
    """The days of a site; with `day` its times."""
    service, now = the_service(), the_service().clock()
    where = _township(site)
    day = _day(request.args.get("day"))
    with reading(service.engine) as connection:
        days = slots.open_days(connection, site, now, _me())
        times = slots.open_times(connection, site, day, now, _me()) if day else ()
        moving = appointments.mine(connection, _me(), now) is not None
        there = sites.site(connection, site)
        free = any(one.free for one in days)
        others = () if free else slots.open_sites(connection, now, _me())[:OTHERS]
    return render_template(
        "pages/appointments_times.html",
        where=where,
        site=there,
        map_link=map_link(there),
        others=[(one, township(one.site)) for one in others],
        days=days,
        day=day,
        times=times,
        moving=moving,
        sample=there is not None and there.sample,
    )


@blueprint.post("/appointments/hold")
@personal
def hold_appointment() -> ResponseReturnValue:
    """Keep a place, and go on to confirming it."""
    service = the_service()
    site, starts_at = _township(request.form.get("site", "")).id, _chosen_time()
    if starts_at is None:
        flash("choose")
        return _to_times(site, request.form.get("day"))
    with writing(service.engine) as connection:
        held = reservation.hold(connection, _me(), site, starts_at, service.clock())
    match held:
        case Held():
            return redirect(url_for("pages.confirm_appointment"))
        case TooOften(Held()):
            flash("often_kept")
            return redirect(url_for("pages.confirm_appointment"))
        case TooOften():
            flash("often")
        case _:
            flash("taken")
    return _to_times(site, starts_at.date())


@blueprint.get("/appointments/confirm")
@personal
def confirm_appointment() -> ResponseReturnValue:
    """The held place, what for, and whether to be reminded."""
    return _confirming()


def _confirming(**typed: object) -> str | AnyResponse:
    """The page, with what was `typed`."""
    service, now = the_service(), the_service().clock()
    with reading(service.engine) as connection:
        held = reservation.current(connection, _me(), now)
        moving = appointments.mine(connection, _me(), now)
    if held is None:
        flash("none_held" if moving else "lapsed")  # who goes back after booking did not lose it
        return redirect(url_for("pages.my_appointment"))
    return render_template(
        "pages/appointments_confirm.html",
        held=held,
        where=township(held.site),
        moving=moving,
        purposes=PURPOSES.values(),
        today=now.date(),
        blank_days=service.settings.blank_days,
        typed=typed,
    )


@blueprint.post("/appointments/confirm")
@personal
def confirm_appointment_now() -> ResponseReturnValue:
    """Book, or move."""
    service, form = the_service(), request.form
    starts_at, purpose = _chosen_time(), form.get("purpose", "")
    if starts_at is None or purpose not in PURPOSES:
        flash("choose")
        return redirect(url_for("pages.confirm_appointment"))
    written = written_phone()
    number = mobile_in(written)
    if written and number is None:
        flash("phone_wrong")
        reminders = bool(form.get("reminders"))
        page = _confirming(phone=written, purpose=purpose, reminders=reminders)
        return (page, 400) if isinstance(page, str) else page
    wish = ConfirmPlace(
        _township(form.get("site", "")).id,
        starts_at,
        purpose,
        reminders=bool(form.get("reminders")),
        moving=bool(form.get("moving")),
    )
    with writing(service.engine) as connection:
        answer = appointments.confirm(connection, _me(), wish, service.clock(), FROM_PAGE)
        if number and isinstance(answer, Confirmed):
            keep_phone(connection, _me(), number, service.clock())
        held = reservation.current(connection, _me(), service.clock())
        unasked = wish.reminders and consent.is_open(connection, _me(), service.settings)
    match answer:
        case Confirmed():
            flash("moved" if wish.moving else "booked")
            if unasked:  # straight on to WeChat's own question: a link is a step too many
                return redirect(url_for("pages.notice_consent"))
        case HasOne():
            flash("has_one")
        case _ if held is not None:
            flash("other_held")
            return redirect(url_for("pages.confirm_appointment"))
        case _:
            flash("lapsed")
            return redirect(url_for("pages.appointment_days", site=wish.site))
    return redirect(url_for("pages.my_appointment"))


@blueprint.get("/appointments/cancel")
@personal
def cancel_appointment() -> ResponseReturnValue:
    """Asked once more."""
    service = the_service()
    with reading(service.engine) as connection:
        place = appointments.mine(connection, _me(), service.clock())
    if place is None:
        return redirect(url_for("pages.my_appointment"))
    return render_template("pages/appointments_cancel.html", place=place)


@blueprint.post("/appointments/cancel")
@personal
def cancel_appointment_now() -> ResponseReturnValue:
    """Cancel. The form says when, so that an old page cancels no newer appointment."""
    service, starts_at = the_service(), _chosen_time()
    if starts_at is None:
        return redirect(url_for("pages.cancel_appointment"))
    with writing(service.engine) as connection:
        answer = appointments.cancel(connection, _me(), service.clock(), starts_at)
    match answer:
        case HasOne():
            flash("other")
        case NotNow():
            flash("too_late")
        case _:
            flash("cancelled")
    return redirect(url_for("pages.my_appointment"))


@blueprint.post("/appointments/wait")
@personal
def wait_for_appointment() -> ResponseReturnValue:
    """Join the waiting list of a site."""
    service = the_service()
    site = _township(request.form.get("site", "")).id
    with writing(service.engine) as connection:
        waiting.join(connection, _me(), site, service.clock())
    flash("waiting")
    return redirect(url_for("pages.my_appointment"))


@blueprint.post("/appointments/stop-waiting")
@personal
def stop_waiting() -> ResponseReturnValue:
    """Leave the waiting list, and give an offered place back."""
    service = the_service()
    with writing(service.engine) as connection:
        waiting.give_up(connection, _me(), service.clock())
    flash("not_waiting")
    return redirect(url_for("pages.my_appointment"))


@blueprint.get("/appointments/calendar.ics")
@personal
def appointment_file() -> ResponseReturnValue:
    """The appointment for the phone's own calendar; after cancelling, what takes it out again."""
    service, now = the_service(), the_service().clock()
    with reading(service.engine) as connection:
        cancelled = appointments.mine(connection, _me(), now) is None
        row = (
            cancelled_row(connection, _me(), now) if cancelled else active_row(connection, _me())
        ) or abort(404)
    place = place_of(row, now)
    text = render_template("pages/appointments_calendar.txt", place=place, cancelled=cancelled)
    head, _, about = text.strip().partition("\n")
    content = calendar_file.event(place, row.id, row.changes, head, about, now, cancelled=cancelled)
    names = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    return Response(content, mimetype="text/calendar", headers=names)


def _shown(
    connection: Connection, place: Place, entry: Waiting | None, held: Held | None, typed: str
) -> str:
    service = the_service()
    facts = facts_of(connection, _me())
    today, visit = service.clock().date(), place.starts_at.date()
    ticks = ticks_told(connection, _me()) if facts else Ticks()
    listing = listed(estimate(service.rules(), facts, on=today), ticks)
    return render_template(
        "pages/appointments.html",
        place=place,
        site=place,
        map_link=map_link(sites.site(connection, place.site)),
        offer=entry.offer if entry else None,
        kept=held if place.closed and place.movable else None,
        where=township(held.site) if held else None,
        waits_for=township(entry.site) if entry else None,
        purpose=PURPOSES[place.purpose],
        papers=listing,
        prospects=prospects(missing(listing), today, visit),
        working=working_days(today, visit),
        code=_qr(place.code),
        typed=typed,
        blank_days=service.settings.blank_days,
        may_ask=consent.is_open(connection, _me(), service.settings),
    )


def _qr(code: str) -> Markup:
    """The check-in code for a scanner, as SVG that shrinks with its box; the number
    stands beside it in words."""
    drawn: str = segno.make(code, error="m", micro=False).svg_inline(
        scale=6, border=4, unit="px", svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - six digits of our own


def _to_times(site: str, day: date | str | None) -> ResponseReturnValue:
    """To the list of times itself, where what is wrong is said: the days above it fill a phone."""
    return redirect(url_for("pages.appointment_days", site=site, day=day, _anchor="times"))


def written_phone() -> str:
    """What stands in the field for a telephone."""
    return request.form.get("phone", "").strip()[:LONGEST_PHONE]


def _me() -> str:
    return person() or ""


def _township(site: str) -> Township:
    return next((one for one in townships() if one.id == site), None) or abort(404)


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        abort(404)
    return day if day is None or day.year in YEARS else abort(404)


def _chosen_time() -> datetime | None:
    """The start in the form, in the county's zone; None when it is no moment one could book."""
    try:
        chosen = datetime.fromisoformat(request.form.get("starts_at", ""))
    except ValueError:
        return None
    if chosen.utcoffset() is None or chosen.year not in YEARS:
        return None
    return chosen.astimezone(ZONE)
