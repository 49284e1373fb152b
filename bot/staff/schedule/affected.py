"""Appointments whose window closed, or opened again: kept, told, and listed until settled."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking import aftermath, rebooking
from bot.booking.rebooking import Outcome
from bot.booking.sites import neighbours
from bot.booking.slots import open_sites
from bot.database import reading, writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter.steps import appointment_at
from bot.staff.flashes import say
from bot.staff.forms import row_number
from bot.staff.reports.notices import explained
from bot.staff.schedule import cases
from bot.staff.sites import site_titles

MOST = 100  # rows of each list, and offers at once; a closed day may hit two thousand


@blueprint.get("/affected")
@allowed(*EVERYBODY)
def affected() -> ResponseReturnValue:
    """Those to call first, each with what became of the notice; and where else there is room."""
    service = the_service()
    with reading(service.engine) as connection:
        hit, again = cases.hit(connection), cases.restored(connection)
        places = _places(connection, {case.row.site for case in hit[:MOST]})
    return render_template(
        "staff/affected.html",
        lists=(
            ("hit", hit[:MOST], cases.counts(hit)),
            ("again", again[:MOST], cases.counts(again)),
        ),
        places=places,
        now=service.clock(),
        explained=explained,
    )


@blueprint.post("/affected/settle-told")
@allowed(*EVERYBODY)
def settle_told() -> ResponseReturnValue:
    """All whose notice was delivered at once, so that those remain who must be called."""
    with writing(the_service().engine) as connection:
        listed = [*cases.hit(connection), *cases.restored(connection)]
        reached = [case.row for case in listed if case.group == cases.REACHED]
        settled = [_settle(connection, row) for row in reached]
    say("settled" if any(settled) else "none_told", bad=not any(settled))
    return redirect(url_for("staff.affected"))


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/settle")
@allowed(*EVERYBODY)
def settle(site: str, appointment: int) -> ResponseReturnValue:
    """The person was reached; the appointment leaves the list."""
    with writing(the_service().engine) as connection:
        row = appointment_at(connection, site, appointment)
        known = row.settled_at is not None and row.reopened_at is None
        done = known or _settle(connection, row)
    say("settled" if done else "too_late", bad=not done)
    return redirect(url_for("staff.affected"))


@blueprint.post("/affected/offer")
@allowed(*EVERYBODY)
def offer_times() -> ResponseReturnValue:
    """Keep another time for each who was chosen, at their own window or at the one named."""
    chosen = {row_number(text) for text in request.form.getlist("appointment")} - {None}
    site = request.form.get("to", "")
    everyone = bool(request.form.get("all"))
    if not (chosen or everyone):
        say("none_chosen", bad=True)
        return redirect(url_for("staff.affected"))
    made = dict.fromkeys(Outcome, 0)
    with reading(the_service().engine) as connection:
        hit = cases.hit(connection)[:MOST]
        possible = {case.row.id for case in hit if case.can_be_offered}
        chosen = possible if everyone else chosen
        listed = [case.row for case in hit if case.row.id in chosen]
        there = site if site in site_titles(connection) else ""
    for row in listed:
        made[_offer(row, there or row.site)] += 1
    made[Outcome.NOBODY] += len(chosen) - len(listed)
    counted = {one.value: count for one, count in made.items()}
    say("times_offered", bad=not made[Outcome.MADE], **counted)
    return redirect(url_for("staff.affected"))


def _offer(row: Row[tuple[object, ...]], site: str) -> Outcome:
    """One after the other, each in a short transaction of its own: nobody waits for all of them."""
    with writing(the_service().engine) as connection:
        now = the_service().clock()
        outcome = rebooking.offer_time(connection, row.id, site, now)
        if outcome is Outcome.MADE:
            target = f"appointment {row.id}"
            where = {"site": row.site, "to": site_titles(connection)[site]}
            audit.record(connection, now, me().account, "offer_time", target, **where)
    return outcome


def _places(connection: Connection, sites: set[str]) -> list[tuple[str, str]]:
    """Where else there is room, and from when on: the nearest first, where all come from one
    window and the office entered where the windows lie."""
    free = {one.site: one.day for one in open_sites(connection, the_service().clock())}
    titles = site_titles(connection)
    order = neighbours(connection, next(iter(sites))) if len(sites) == 1 else ()
    near = [site for site in order if site in free]
    others = [site for site in titles if site in free and site not in near]
    return [
        (site, f"{titles[site]}（{free[site].month}月{free[site].day}日起有空位）")
        for site in (*near, *others)
        if site in titles and sites != {site}
    ]


def _settle(connection: Connection, row: Row[tuple[object, ...]]) -> bool:
    now = the_service().clock()
    done = aftermath.settle(connection, row.id, now)
    if done:
        audit.record(
            connection, now, me().account, "settle", f"appointment {row.id}", site=row.site
        )
    return done
