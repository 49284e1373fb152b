"""补录纸上登记: what a window noted on paper is entered with the times that stand there."""

from datetime import date, datetime, time

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking.on_paper import Noted, Visit, enter, enter_visit, not_entered
from bot.clock import ZONE
from bot.database import reading, writing
from bot.models.appointment import MISSED
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter.settling import is_as_shown, listed, say_settled
from bot.staff.flashes import say
from bot.staff.forms import given_day, given_time, short_text
from bot.staff.sites import site_or_404
from dialogs.booking.purposes import PURPOSES

LONGEST_NAME = 20
WALK_IN = "visit"  # names the fields of a person without an appointment


class UnreadableError(Exception):
    """Nothing can be meant by these fields; nothing was entered."""

    def __init__(self, *names: str) -> None:
        self.names = names


@blueprint.get("/sites/<site>/paper")
@allowed(*EVERYBODY)
def paper(site: str) -> ResponseReturnValue:
    """Everybody of the day whose time is over, as the lines of the paper."""
    return _page(site, given_day(request.args.get("day"), the_service().clock().date()))


@blueprint.post("/sites/<site>/paper")
@allowed(*EVERYBODY)
def enter_paper(site: str) -> ResponseReturnValue:
    """Enter each line that has an outcome; what a colleague noted meanwhile stays."""
    now = the_service().clock()
    day = given_day(request.form.get("day"), now.date())
    try:
        with writing(the_service().engine) as connection:
            rows = not_entered(connection, site, day, now)
            lines = _read({str(row.id) for row in rows}, day, now)
            done = sum(_entered(connection, row, lines.get(str(row.id)), now) for row in rows)
    except UnreadableError as error:
        return _page(site, day, faults=error.names), 400
    say_settled(done)
    return redirect(url_for("staff.paper", site=site, day=day))


@blueprint.post("/sites/<site>/paper/visit")
@allowed(*EVERYBODY)
def enter_paper_visit(site: str) -> ResponseReturnValue:
    """Enter a person who came without an appointment."""
    now, by = the_service().clock(), me().account
    day = given_day(request.form.get("day"), now.date())
    purpose = request.form.get("purpose", "")
    try:
        noted = _read({WALK_IN}, day, now).get(WALK_IN)
    except UnreadableError as error:
        return _page(site, day, faults=error.names), 400
    if noted is None or noted.came is None or noted.state == MISSED or purpose not in PURPOSES:
        return _page(site, day, faults=(WALK_IN,)), 400
    visit = Visit(site, purpose, short_text(request.form.get("name"), LONGEST_NAME), noted.came)
    with writing(the_service().engine) as connection:
        made = enter_visit(connection, visit, noted, now, by)
        if made is not None:
            _record(connection, made, site, noted, "", now)
    say("day_settled" if made else "paper_closed", bad=not made, count=1, skipped=0)
    return redirect(url_for("staff.paper", site=site, day=day))


def _read(ids: set[str], day: date, now: datetime) -> dict[str, Noted]:
    """The lines of the form with an outcome.

    Raises:
        UnreadableError: one of them cannot be so.
    """
    form, lines, faults = request.form, {}, []
    for id in ids:
        times = [form.get(f"{name}-{id}", "").strip() for name in ("came", "done")]
        read = [_moment(day, given_time(one)) for one in times]
        noted = Noted(form.get(f"to-{id}", ""), *read)
        is_readable = all(bool(text) == bool(one) for text, one in zip(times, read, strict=True))
        if not noted.state and not any(times):
            continue
        if is_readable and noted.is_possible(now):
            lines[id] = noted
        else:
            faults.append(id)
    if faults:
        raise UnreadableError(*faults)
    return lines


def _moment(day: date, at: time | None) -> datetime | None:
    return None if at is None else datetime.combine(day, at, ZONE)


def _entered(
    connection: Connection, row: Row[tuple[object, ...]], line: Noted | None, now: datetime
) -> bool:
    by = me().account
    if line is None or not is_as_shown(row) or not enter(connection, row.id, line, now, by):
        return False
    _record(connection, row.id, row.site, line, row.state, now)
    return True


def _record(
    connection: Connection, id: int, site: str, noted: Noted, before: str, now: datetime
) -> None:
    """Marked as entered later, beside the times of the paper."""
    times = {
        name: f"{one:%Y-%m-%d %H:%M}" for name in ("came", "done") if (one := getattr(noted, name))
    }
    changed = {"before": before, "after": noted.state} | times
    target = f"appointment {id}"
    audit.record(connection, now, me().account, "enter_paper", target, None, site=site, **changed)


def _page(site: str, day: date, faults: tuple[str, ...] = ()) -> str:
    now = the_service().clock()
    with reading(the_service().engine) as connection:
        place = site_or_404(connection, site)
        rows = not_entered(connection, site, day, now)
    return render_template(
        "staff/paper.html",
        place=place,
        day=day,
        purposes=PURPOSES,
        missed=MISSED,
        visit=WALK_IN,
        typed=request.form,
        faults=faults,
        **listed(rows),
    )
