"""叫下一位, 重呼, to another window; and a number for a person who walks in."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking.queue import calls
from bot.booking.queue.hall import hall_of
from bot.booking.queue.walk_in import take_number
from bot.booking.queue.windows import windows_at_work
from bot.database import writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter.seat import LONGEST_WINDOW, my_seat
from bot.staff.counter.steps import appointment_at
from bot.staff.flashes import about, say
from bot.staff.forms import short_text
from dialogs.booking.purposes import PURPOSES

# A button tapped twice in so short a time calls one person, not two.
TWICE = audit.A_MOMENT / 30


@blueprint.post("/sites/<site>/next")
@allowed(*EVERYBODY)
def next_one(site: str) -> ResponseReturnValue:
    """Call the next one to one's window. Who was called before and has not come is passed first."""
    seat = my_seat(site)
    if seat is None or seat.paused_at:
        say("no_window" if seat is None else "paused", bad=True)
        return _back(site)
    by = me().account
    with writing(the_service().engine) as connection:
        now = the_service().clock()  # when it is one's turn: who is called last, stands first
        twice = audit.count(connection, by, ("call",), now - TWICE)
        before = calls.has_called(connection, site, now, by)
        called = None
        if not twice and before is None:
            called = calls.call_next(connection, site, now, by, seat.window)
            if called is not None:
                row = appointment_at(connection, site, called)
                _note(connection, "call", row, seat.window)
    if before is not None and not twice:
        say("called_before", bad=True, number=before)
    elif called is None and not twice:
        say("nobody_waits")
    return _back(site)


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/recall")
@allowed(*EVERYBODY)
def recall(site: str, appointment: int) -> ResponseReturnValue:
    """Call once more."""
    by = me().account
    with writing(the_service().engine) as connection:
        now = the_service().clock()
        row = appointment_at(connection, site, appointment)
        done = calls.recall(connection, row.id, now, by)
        if done:
            _note(connection, "recall", row, row.called_to)
    say("recalled" if done else "too_late", bad=not done, **about(row))
    return _back(site)


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/hand-over")
@allowed(*EVERYBODY)
def hand_over(site: str, appointment: int) -> ResponseReturnValue:
    """Send whom one has on to another window."""
    by = me().account
    window = short_text(request.form.get("window"), LONGEST_WINDOW)
    with writing(the_service().engine) as connection:
        now = the_service().clock()
        row = appointment_at(connection, site, appointment)
        there = row.served_by is None and row.called_to == window  # the button was tapped twice
        known = window in windows_at_work(connection, site, now)
        done = there or (known and calls.hand_over(connection, row.id, window, now, by))
        if done and not there:
            _note(connection, "hand_over", row, window)
    told = about(row) | {"window": window}
    say("handed_over" if done else "too_late", bad=not done, **told)
    return _back(site)


@blueprint.post("/sites/<site>/walk-in")
@allowed(*EVERYBODY)
def walk_in(site: str) -> ResponseReturnValue:
    """A number for a person who walked in: one tap on what they came for."""
    purpose = request.form.get("purpose", "")
    now = the_service().clock()
    with writing(the_service().engine) as connection:
        made = take_number(connection, site, purpose, now) if purpose in PURPOSES else None
        if made is not None:
            row = appointment_at(connection, site, made)
            _note(connection, "take_number", row)
            ahead = hall_of(connection, site, now).ahead_of(made)
    if made is None:
        say("closed_today", bad=True)
    else:
        say("number_taken", ahead=ahead, **about(row))
    return _back(site)


def _note(connection: Connection, action: str, row: Row[Any], window: str | None = None) -> None:
    now, by, target = the_service().clock(), me().account, f"appointment {row.id}"
    audit.record(
        connection, now, by, action, target, site=row.site, number=row.ticket, window=window
    )


def _back(site: str) -> ResponseReturnValue:
    return redirect(url_for("staff.day", site=site))
