"""The day at a window: who comes, who is here, who was served."""

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking import changes, window
from bot.booking.tables import sites
from bot.database import reading, writing
from bot.models.appointment import ARRIVED, BOOKED, MISSED, SERVED, SERVING
from bot.service import the_service
from bot.staff import audit
from bot.staff.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.forms import MOST, given_day, short_text, telephone, whole
from dialogs.booking.purposes import PURPOSES

STATES = (BOOKED, ARRIVED, SERVING, SERVED, MISSED)


@blueprint.get("/sites/<site>")
@allowed(*EVERYBODY)
def day(site: str) -> ResponseReturnValue:
    """One window's day, in the order people come."""
    service = the_service()
    chosen = given_day(request.args.get("day"), service.clock().date())
    with reading(service.engine) as connection:
        place = _site(connection, site)
        rows = window.day_view(connection, site, chosen)
        slots = window.slots_of_day(connection, site, chosen)
    counts = {state: sum(row.state == state for row in rows) for state in STATES}
    return render_template(
        "staff/day.html",
        place=place,
        day=chosen,
        rows=rows,
        counts=counts,
        free=_free(slots, service.clock()),
        places=sum(slot.capacity for slot in slots if slot.open),
        next_steps=next_steps,
        purposes=PURPOSES,
        now=service.clock(),
    )


# What the buttons of a row offer, by its state: the step, and the name of its button.
NEXT: dict[str, dict[str, str]] = {
    BOOKED: {ARRIVED: "check_in", MISSED: "mark_missed"},
    ARRIVED: {SERVING: "start_serving", BOOKED: "undo"},
    SERVING: {SERVED: "finish"},
    SERVED: {SERVING: "undo"},
    MISSED: {ARRIVED: "check_in", BOOKED: "undo"},
}


def next_steps(row: Row[Any], now: datetime) -> dict[str, str]:
    """What may be done with an appointment now: steps, and the names of their buttons."""
    steps = NEXT.get(row.state, {})
    return {state: name for state, name in steps.items() if window.in_time(row, state, now)}


@blueprint.post("/sites/<site>/check-in")
@allowed(*EVERYBODY)
def check_in(site: str) -> ResponseReturnValue:
    """By the code the citizen says or shows."""
    service = the_service()
    code = "".join(request.form.get("code", "").split())
    with writing(service.engine) as connection:
        row = window.by_code(connection, site, code)
        flash(*_check_in(connection, row))
    return redirect(url_for("staff.day", site=site, _anchor=f"a{row.id}" if row else None))


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/step")
@allowed(*EVERYBODY)
def take_step(site: str, appointment: int) -> ResponseReturnValue:
    """Check in, begin, finish, note that nobody came, or take that back."""
    state = request.form.get("state", "")
    if state not in STATES:
        abort(400)
    service = the_service()
    with writing(service.engine) as connection:
        row = appointment_at(connection, site, appointment)
        if not _step(connection, row, state):
            flash("too_late", "bad")
    return redirect(url_for("staff.day", site=site, day=row.day, _anchor=f"a{row.id}"))


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/settle")
@allowed(*EVERYBODY)
def settle(site: str, appointment: int) -> ResponseReturnValue:
    """The person of a closed appointment was reached; it leaves the list."""
    service = the_service()
    with writing(service.engine) as connection:
        row, now = appointment_at(connection, site, appointment), service.clock()
        done = changes.settle(connection, row.id, now)
        if done:
            target = f"appointment {row.id}"
            audit.record(connection, now, me().account, "settle", target, site=site)
    flash("settled" if done else "too_late", "" if done else "bad")
    return redirect(url_for("staff.orphans"))


@blueprint.post("/sites/<site>/book")
@allowed(*EVERYBODY)
def book(site: str) -> ResponseReturnValue:
    """For somebody who telephones, or stands at the window without an appointment."""
    service, form = the_service(), request.form
    name, phone = short_text(form.get("name"), 20), telephone(form.get("phone"))
    wrong_phone = phone is None and bool(form.get("phone", "").strip())
    chosen = given_day(form.get("day"), service.clock().date())
    here = form.get("here") == "1"
    purpose = form.get("purpose", "")
    slot = whole(form.get("slot"), 1, MOST)
    lacks_phone = phone is None and not here  # whoever stands there needs no call
    if not name or wrong_phone or lacks_phone or slot is None or purpose not in PURPOSES:
        flash("name_and_phone", "bad")
        return redirect(url_for("staff.day", site=site, day=chosen))
    with writing(service.engine) as connection:
        now = service.clock()
        open_now = _free(window.slots_of_day(connection, site, chosen), now)
        offered = [one.id for one in open_now if here or one.ends_at > now]
        made = slot in offered and window.book_for(
            connection, slot, purpose, now, name=name, phone=phone or ""
        )
        if made:
            if here:
                window.step(connection, made, ARRIVED, now)
            action = "walk_in" if here else "book_by_phone"
            about: dict[str, object] = {"name": name, "phone": phone or ""}
            audit.record(
                connection, now, me().account, action, f"appointment {made}", about, site=site
            )
    if made:
        flash("booked")
        return redirect(url_for("staff.appointment", site=site, appointment=made))
    flash("slot_full", "bad")
    return redirect(url_for("staff.day", site=site, day=chosen))


def appointment_at(connection: Connection, site: str, appointment: int) -> Row[Any]:
    """The appointment, if it is at this site; a clerk cannot reach another's by its number."""
    row = window.by_id(connection, appointment)
    if row is None or row.site != site:
        abort(404)
    return row


def has_room(slot: Row[Any], now: datetime) -> bool:
    """Whether somebody can still be put into the slot."""
    return bool(slot.open and slot.taken < slot.capacity and slot.ends_at > now)


def _free(slots: list[Row[Any]], now: datetime) -> list[Row[Any]]:
    """The slots of a day to book somebody into. After the day's last one has ended, those of today
    with a place left, for whoever stands at the window all the same."""
    if any(slot.open and slot.ends_at > now for slot in slots):
        return [slot for slot in slots if has_room(slot, now)]
    today = now.date()
    return [s for s in slots if s.day == today and s.open and s.taken < s.capacity]


def _check_in(connection: Connection, row: Row[Any] | None) -> tuple[str, str]:
    """Check somebody in by the row their code led to; the sentence that says what became of it."""
    if row is None:
        return "no_such_code", "bad"
    if row.day != the_service().clock().date():
        return "code_of_other_day", "bad"
    return ("checked_in", "") if _step(connection, row, ARRIVED) else ("already_in", "bad")


def _step(connection: Connection, row: Row[Any], state: str) -> bool:
    now = the_service().clock()
    if state not in NEXT.get(row.state, {}) or not window.step(connection, row.id, state, now):
        return False
    action = NEXT[row.state][state]
    audit.record(connection, now, me().account, action, f"appointment {row.id}", site=row.site)
    return True


def _site(connection: Connection, site: str) -> Row[Any]:
    found = connection.execute(sites.select().where(sites.c.id == site)).one_or_none()
    return found or abort(404)
