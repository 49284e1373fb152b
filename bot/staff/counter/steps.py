"""What moves an appointment on: checked in, served, nobody came, or taken back."""

from datetime import datetime
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking import counter, transitions
from bot.booking.lifecycle import BUTTON, STATES, steps, transition
from bot.database import reading, writing
from bot.models.appointment import ARRIVED, BOOKED, CALLED, MISSED, PASSED, SERVED, SERVING
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import members
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter import look_ups
from bot.staff.counter.holding import HeldError, hand_over, holder_of
from bot.staff.counter.seat import my_seat
from bot.staff.flashes import about, say

LONGEST_CODE = 8  # as many signs as the field takes
REVIEW = "review"  # the purpose that is served with a worksheet


def next_steps(row: Row[Any], now: datetime) -> dict[str, str]:
    """What may be done with an appointment now: steps, and the names of their buttons. With what a
    colleague serves nothing, but to take it over."""
    return {} if holder_of(row) else steps(row, now)


@blueprint.post("/sites/<site>/check-in")
@allowed(*EVERYBODY)
def check_in(site: str) -> ResponseReturnValue:
    """By the code the citizen says or shows: to wait, and one stays at the top, where the next code
    goes; or to be served at once."""
    service = the_service()
    code = "".join(request.form.get("code", "").split())
    serve = request.form.get("state") == SERVING
    with writing(service.engine) as connection:
        row, fault = _by_code(connection, site, code)
        fault = fault or (_serve(connection, row) if serve else _check_in(connection, row))
        row = row and appointment_at(connection, row.site, row.id)  # with its number
        told = {} if row is None else about(row) | {"who": _who(connection, row)}
    if row is not None and serve and not fault:
        return redirect(_after(row, SERVING))
    say(fault or "checked_in", bad=bool(fault), typed=code[:LONGEST_CODE], **told)
    if row is not None and row.day != service.clock().date():
        return redirect(url_for("staff.appointment", site=site, appointment=row.id))
    return redirect(url_for("staff.day", site=site))


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
        done = _is(row, state) or _step(connection, row, state)
        who = _who(connection, row)
    if not done:
        say("held" if who else "too_late", bad=True, who=who, **about(row))
    return redirect(_after(row, state if done else None))


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/take-over")
@allowed(*EVERYBODY)
def take_over(site: str, appointment: int) -> ResponseReturnValue:
    """Go on in place of the colleague whom the form names; not of one who was faster."""
    service = the_service()
    try:
        with writing(service.engine) as connection:
            row = appointment_at(connection, site, appointment)
            hand_over(connection, row, request.form.get("holder", ""), service.clock())
    except HeldError:
        with reading(service.engine) as connection:
            row = appointment_at(connection, site, appointment)
            who = _who(connection, row)
        say("held" if who else "too_late", bad=True, who=who, **about(row))
        return redirect(_after(row, None))
    say("taken_over", **about(row))
    goes_on = row.purpose == REVIEW and row.state != CALLED
    return redirect(_after(row, SERVING if goes_on else row.state))


def appointment_at(connection: Connection, site: str, appointment: int) -> Row[Any]:
    """The appointment, if it is at this site; a clerk cannot reach another's by its number."""
    row = counter.by_id(connection, appointment)
    if row is None or row.site != site:
        abort(404)
    return row


def _after(row: Row[Any], state: str | None) -> str:
    """Where one goes on after a step: at the same person, after the last step at those who wait; to
    the worksheet when it begins. At the top where nothing was done, since there it says why."""
    if state == SERVING and row.purpose == REVIEW:
        return url_for("staff.review", site=row.site, appointment=row.id)
    anchor = "here" if state == SERVED else f"a{row.id}"
    where = None if state is None else anchor
    hour = row.starts_at.hour
    return url_for("staff.day", site=row.site, day=row.day, hour=hour, at=row.id, _anchor=where)


def _is(row: Row[Any], state: str) -> bool:
    """Whether it is so already, since the button was tapped twice; a colleague's tap is none."""
    return row.state == state and not (state == SERVING and holder_of(row))


def _who(connection: Connection, row: Row[Any]) -> str:
    """The name of the colleague who serves the person by now, "" where nobody else does."""
    here = appointment_at(connection, row.site, row.id)
    holder = holder_of(here)
    return members.names(connection).get(holder, holder) if holder else ""


def _by_code(connection: Connection, site: str, code: str) -> tuple[Row[Any] | None, str]:
    """Whose code it is, and why nobody is looked for: too many were wrong. A wrong one is noted."""
    now, by = the_service().clock(), me().account
    if not look_ups.may_go_on(connection, now, by, look_ups.WRONG_CODES, site):
        return None, "too_many_wrong_codes"
    row = counter.by_code(connection, site, code) or _of_today(connection, site, code)
    if row is None:
        audit.record(connection, now, by, "wrong_code", site=site)
    return row, ""


def _of_today(connection: Connection, site: str, code: str) -> Row[Any] | None:
    """Who was noted as not come, and came after all; or was served already."""
    today = counter.day_view(connection, site, the_service().clock().date())
    return next((row for row in today if row.code == code), None)


def _check_in(connection: Connection, row: Row[Any] | None) -> str:
    """Check a person in by the row their code led to; why not, "" if done."""
    if row is None:
        return "no_such_code"
    if row.day != the_service().clock().date():
        return "code_of_other_day"
    comes = row.state in (BOOKED, MISSED)  # and is not called back to wait
    return "" if comes and _step(connection, row, ARRIVED) else "already_in"


def _serve(connection: Connection, row: Row[Any] | None) -> str:
    """Begin to serve by a code, whether a person has checked in before or not; why not."""
    fault = _check_in(connection, row)
    if row is None or fault not in ("", "already_in"):
        return fault
    here = appointment_at(connection, row.site, row.id)
    began = _is(here, SERVING) or (
        here.state in (ARRIVED, CALLED, PASSED) and _step(connection, here, SERVING)
    )
    return "" if began else "held" if holder_of(here) else "already_in"


def _moved(connection: Connection, row: Row[Any], state: str, now: datetime) -> bool:
    seat = my_seat(row.site)
    at = seat.window if seat else None
    return transitions.step(connection, row.id, state, now, me().account, window=at)


def _step(connection: Connection, row: Row[Any], state: str) -> bool:
    now, by = the_service().clock(), me().account
    way = transition(row.state, state)
    if way is None or way.by != BUTTON or not _moved(connection, row, state, now):
        return False
    audit.record(connection, now, by, way.name, f"appointment {row.id}", site=row.site)
    return True
