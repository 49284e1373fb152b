"""At which window one sits, said once and kept with the session; and whether one pauses."""

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.booking import counter
from bot.database import writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import sessions
from bot.staff.auth.access import EVERYBODY, allowed, me, signed_in, token
from bot.staff.blueprint import blueprint
from bot.staff.flashes import say
from bot.staff.forms import short_text

LONGEST_WINDOW = 20


@dataclass(frozen=True, slots=True)
class Seat:
    """A window, and since when it calls nobody."""

    window: str
    paused_at: datetime | None


def my_seat(site: str) -> Seat | None:
    """Where one sits at the site; None where one has not said so."""
    here = signed_in()
    if here is None or here.site != site or not here.window:
        return None
    return Seat(here.window, here.paused_at)


@blueprint.post("/sites/<site>/window")
@allowed(*EVERYBODY)
def sit_down(site: str) -> ResponseReturnValue:
    """Say at which window one sits; "" leaves it."""
    window = short_text(request.form.get("window"), LONGEST_WINDOW) or None
    with writing(the_service().engine) as connection:
        known = window is None or window in _windows_today(connection, site)
        if known:
            sessions.sit(connection, token(), site if window else None, window)
            _note(connection, "sit_down" if window else "leave_window", site, window)
    if not known:
        say("no_such_window", bad=True)
    return redirect(url_for("staff.day", site=site))


@blueprint.post("/sites/<site>/pause")
@allowed(*EVERYBODY)
def pause(site: str) -> ResponseReturnValue:
    """Call nobody for a while, or go on."""
    pauses, seat = request.form.get("pause") == "1", my_seat(site)
    if seat is not None and pauses != bool(seat.paused_at):
        with writing(the_service().engine) as connection:
            sessions.pause(connection, token(), the_service().clock() if pauses else None)
            _note(connection, "pause_window" if pauses else "resume_window", site, seat.window)
    return redirect(url_for("staff.day", site=site))


def _windows_today(connection: Connection, site: str) -> set[str]:
    today = the_service().clock().date()
    return {slot.window for slot in counter.slots_of_day(connection, site, today)}


def _note(connection: Connection, action: str, site: str, window: str | None) -> None:
    now, by = the_service().clock(), me().account
    audit.record(connection, now, by, action, site=site, window=window)
