"""日终登记: who came, all of a day at once; and one appointment put right later."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking import transitions
from bot.booking.day_end import OUTCOMES, likely, unsettled
from bot.booking.queries import CAME, standing
from bot.database import reading, writing
from bot.models.appointment import PAST
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter.settling import is_as_shown, listed, say_settled
from bot.staff.counter.steps import appointment_at
from bot.staff.flashes import about, say
from bot.staff.forms import given_day
from bot.staff.sites import site_or_404

MEANT = {PAST: CAME}
"""How it then stands, where that is called otherwise."""


@blueprint.get("/sites/<site>/day-end")
@allowed(*EVERYBODY)
def day_end(site: str) -> ResponseReturnValue:
    """Everybody of whom nobody noted the end, each with what is likely."""
    now = the_service().clock()
    day = given_day(request.args.get("day"), now.date())
    with reading(the_service().engine) as connection:
        place = site_or_404(connection, site)
        rows = unsettled(connection, site, day, now)
    return render_template(
        "staff/day_end.html",
        place=place,
        day=day,
        likely=likely,
        **listed(rows),
    )


@blueprint.post("/sites/<site>/day-end")
@allowed(*EVERYBODY)
def settle_day(site: str) -> ResponseReturnValue:
    """Note all that was chosen; what a colleague noted meanwhile stays."""
    now = the_service().clock()
    day = given_day(request.form.get("day"), now.date())
    done = 0
    with writing(the_service().engine) as connection:
        rows = unsettled(connection, site, day, now)
        for row in rows:
            state = request.form.get(f"to-{row.id}", "")
            if state in OUTCOMES and is_as_shown(row):
                done += _settled(connection, row, state)
    say_settled(done)
    return redirect(url_for("staff.day_end", site=site, day=day))


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/came")
@allowed(*EVERYBODY)
def settle_one(site: str, appointment: int) -> ResponseReturnValue:
    """Put right what was noted of one appointment, on its day or later."""
    state = request.form.get("to", "")
    if state not in OUTCOMES:
        abort(400)
    with writing(the_service().engine) as connection:
        row = appointment_at(connection, site, appointment)
        done = standing(row) == MEANT.get(state, state) or _settled(connection, row, state)
        waits = transitions.may_still_be_served(connection, row, the_service().clock())
    say("put_right" if done else "still_here" if waits else "too_late", bad=not done, **about(row))
    return redirect(url_for("staff.appointment", site=site, appointment=appointment))


def _settled(connection: Connection, row: Row[tuple[object, ...]], state: str) -> bool:
    now, by = the_service().clock(), me().account
    before = standing(row)
    if not transitions.settle(connection, row.id, state, now, by):
        return False
    about_row = f"appointment {row.id}"
    changed = {"before": before, "after": state}
    audit.record(connection, now, by, "settle_day", about_row, None, site=row.site, **changed)
    return True
