"""The page of a day at a window: who comes, who is here, who was served."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking import counter, search
from bot.booking.day_end import count_unsettled
from bot.booking.lifecycle import STATES
from bot.booking.queue.hall import Hall, hall_of
from bot.booking.queue.windows import windows_at_work
from bot.database import reading
from bot.models.appointment import CALLED, PASSED, PAST
from bot.service import the_service
from bot.staff.auth import members
from bot.staff.auth.access import EVERYBODY, allowed, is_live
from bot.staff.blueprint import blueprint
from bot.staff.counter.day_view import Board, board_of, found
from bot.staff.counter.free_slots import free
from bot.staff.counter.seat import my_seat
from bot.staff.counter.steps import next_steps
from bot.staff.forms import given_day, row_number, whole
from bot.staff.sites import site_or_404
from dialogs.booking.purposes import PURPOSES

RARE = (CALLED, PASSED, PAST)  # shown where there are some


@blueprint.get("/sites/<site>")
@allowed(*EVERYBODY)
def day(site: str) -> ResponseReturnValue:
    """One window's day, in the order people come."""
    return day_page(site, given_day(request.args.get("day"), the_service().clock().date()))


def day_page(
    site: str,
    day: date,
    *,
    who: str | None = None,
    elsewhere: Sequence[Row[Any]] = (),
    **more: object,
) -> str:
    """The page of a day, or of those of its people whom `who` may mean, and `elsewhere` those of
    other days."""
    now = the_service().clock()
    with reading(the_service().engine) as connection:
        place = site_or_404(connection, site)
        slots = counter.slots_of_day(connection, site, day)
        rows = counter.day_outline(connection, site, day, slots)
        hall = hall_of(connection, site, now)
        if who is None:
            board = _board(rows, day, now, hall)
        else:
            board = found(rows, set(search.found_on(connection, site, day, who)))
        shown = _shown(connection, board, elsewhere)
        left = 0 if _goes_on(slots, now) else count_unsettled(connection, site, day, now)
        at_work = windows_at_work(connection, site, now)
    return render_template(
        "staff/_day.html" if is_live() else "staff/day.html",
        place=place,
        day=day,
        next_steps=next_steps,
        purposes=PURPOSES,
        now=now,
        who=who,
        elsewhere=elsewhere,
        hall=hall,
        unsettled=left,
        seat=my_seat(site),
        at_work=at_work,
        live=who is None and day == now.date(),
        **_counted(rows),
        **_places(slots, now),
        **shown,
        **more,
    )


def _counted(rows: list[Row[Any]]) -> dict[str, object]:
    """How many are booked, and how many are in each state."""
    counts = Counter(row.state for row in rows)
    shown = {state: counts[state] for state in STATES if counts[state] or state not in RARE}
    return {"booked": len(rows), "counts": shown}


def _places(slots: list[Row[Any]], now: datetime) -> dict[str, object]:
    """How many can come, where there is room yet, and the windows that are open: 2 before 10."""
    open_ones = [slot for slot in slots if slot.open]
    windows = sorted({slot.window for slot in open_ones}, key=lambda one: (len(one), one))
    places = sum(slot.capacity for slot in open_ones)
    return {"places": places, "free": free(slots, now), "windows": windows}


def _shown(
    connection: Connection, board: Board, elsewhere: Sequence[Row[Any]]
) -> dict[str, object]:
    """All that is shown of these people: their rows, who is booked twice, which clerk served."""
    board = board.filled(counter.by_ids(connection, board.shown))
    twice = search.booked_twice(connection, (*board.here, *board.rows, *elsewhere))
    return {"board": board, "twice": twice, "names": members.names(connection)}


def _goes_on(slots: list[Row[Any]], now: datetime) -> bool:
    """Whether a window is open yet: until then nobody is left to be settled."""
    return any(slot.open and slot.ends_at > now for slot in slots)


def _board(rows: list[Row[Any]], day: date, now: datetime, hall: Hall) -> Board:
    """The day, at the hour and the appointment that the address asks for."""
    hour = whole(request.args.get("hour"), 0, 23)
    at = row_number(request.args.get("at"))
    today = day == now.date()
    queue = [row.id for row in (*hall.serving, *hall.called, *hall.waiting)] if today else []
    return board_of(rows, now.hour if hour is None and today else hour or 0, at, queue)
