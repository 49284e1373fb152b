"""One appointment: see the telephone number, move it, call it off."""

from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from bot.booking import counter, search, transitions
from bot.booking.queries import came
from bot.booking.tables import slots
from bot.database import reading, writing
from bot.models.appointment import CANCELLED
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import members
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter import look_ups
from bot.staff.counter.free_slots import has_room
from bot.staff.counter.steps import appointment_at, next_steps
from bot.staff.flashes import about, say
from bot.staff.forms import given_day, row_number, short_text
from bot.staff.reach import latest_notice, way_to
from bot.staff.reports.notices import explained
from dialogs.booking.purposes import PURPOSES

LONGEST_REASON = 60


@blueprint.get("/sites/<site>/appointments/<int(max=2147483647):appointment>")
@allowed(*EVERYBODY)
def appointment(site: str, appointment: int) -> ResponseReturnValue:
    """Masked; the number is shown on request, and the request is noted. An older link leads to the
    window where its owner moved it since, if one works there too."""
    with reading(the_service().engine) as connection:
        row = counter.by_id(connection, appointment)
    if row is not None and row.site != site and me().works_at(row.site):
        return redirect(url_for("staff.appointment", site=row.site, appointment=appointment))
    return _page(site, appointment, seen=False)


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/contact")
@allowed(*EVERYBODY)
def contact(site: str, appointment: int) -> ResponseReturnValue:
    """The name and number in full, because a person must be called."""
    service = the_service()
    now, by = service.clock(), me().account
    with writing(service.engine) as connection:
        appointment_at(connection, site, appointment)
        may = look_ups.may_go_on(connection, now, by, look_ups.PEOPLE, site)
        if may:
            audit.record(
                connection, now, by, "see_contact", f"appointment {appointment}", site=site
            )
    if not may:
        say("too_many_look_ups", bad=True)
        return _page(site, appointment, seen=False), 429
    return _page(site, appointment, seen=True)


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/move")
@allowed(*EVERYBODY)
def move(site: str, appointment: int) -> ResponseReturnValue:
    """To another time at the same window; the citizen is told."""
    service = the_service()
    slot = row_number(request.form.get("slot"))
    with writing(service.engine) as connection:
        now = service.clock()
        row = appointment_at(connection, site, appointment)
        here = slots.select().where(slots.c.id == slot, slots.c.site == site)
        known = connection.execute(here).one_or_none()
        there = row.slot == slot  # the button was tapped twice
        moved = known is not None and (
            there or counter.move(connection, appointment, known.id, now)
        )
        if moved and known is not None and not there:
            audit.record(
                connection,
                now,
                me().account,
                "move",
                f"appointment {appointment}",
                site=site,
                to=known.starts_at.isoformat(timespec="minutes"),
            )
        way = way_to(connection, row, counter.MOVED)
    say("moved" if moved else "slot_full", bad=not moved, way=way, **about(row))
    if moved or known is None:
        return _back(site, appointment)
    return _back(site, appointment, other=known.day, full=slot)


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/call-off")
@allowed(*EVERYBODY)
def call_off(site: str, appointment: int) -> ResponseReturnValue:
    """Cancel for the office; the citizen is told why."""
    service = the_service()
    reason = short_text(request.form.get("reason"), LONGEST_REASON)
    if not reason:
        say("reason_missing", bad=True)
        return _back(site, appointment)
    with writing(service.engine) as connection:
        now = service.clock()
        row = appointment_at(connection, site, appointment)
        before = row.state == CANCELLED  # the button was tapped twice
        done = before or counter.call_off(connection, appointment, reason, now)
        if done and not before:
            audit.record(
                connection,
                now,
                me().account,
                "cancel",
                f"appointment {appointment}",
                personal={"reason": reason},
                site=site,
            )
        way = way_to(connection, row, counter.CALLED_OFF)
    say("called_off" if done else "too_late", bad=not done, way=way, **about(row))
    return _back(site, appointment)


def _page(site: str, number: int, seen: bool) -> str:
    service = the_service()
    with reading(service.engine) as connection:
        row = appointment_at(connection, site, number)
        names = members.names(connection)
        notice = latest_notice(connection, number)
        same_phone = search.same_phone(connection, row)
        waits = transitions.may_still_be_served(connection, row, service.clock())
        other_day = given_day(request.args.get("other"), row.day)
        free = [
            slot
            for slot in counter.slots_of_day(connection, site, other_day)
            if has_room(slot, service.clock()) and slot.id != row.slot
        ]
    return render_template(
        "staff/appointment.html",
        row=row,
        seen=seen,
        names=names,
        free=free,
        same_phone=same_phone,
        notice=notice,
        explained=explained,
        other_day=other_day,
        next_steps=next_steps,
        now=service.clock(),
        came=came(row),
        waits=waits,
        purposes=PURPOSES,
    )


def _back(
    site: str, number: int, *, other: date | None = None, full: int | None = None
) -> Response:
    """To the page; `other` is the day that was looked at, `full` the slot there that is gone."""
    return redirect(
        url_for("staff.appointment", site=site, appointment=number, other=other, full=full)
    )
