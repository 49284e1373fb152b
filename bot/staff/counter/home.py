"""Where one begins: a clerk at the own window's day, the county at all windows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, func, select

from bot.booking.aftermath import restored, unsettled
from bot.booking.tables import appointments, slots
from bot.database import reading
from bot.models.appointment import ARRIVED, CANCELLED, SERVED
from bot.office_files import changes
from bot.service import the_service
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.sites import site_titles


@dataclass(frozen=True, slots=True)
class Today:
    """How a site stands: appointments, who waits and since when the first does, who was served."""

    booked: int = 0
    waiting: int = 0
    first: datetime | None = None
    served: int = 0

    def longest(self, now: datetime) -> int | None:
        """Minutes that the first has waited, None where nobody does."""
        return None if self.first is None else (now - self.first) // timedelta(minutes=1)


@blueprint.get("/")
@allowed(*EVERYBODY)
def home() -> ResponseReturnValue:
    """Today."""
    site = me().site
    if site:
        return redirect(url_for("staff.day", site=site))
    now = the_service().clock()
    with reading(the_service().engine) as connection:
        titles, sites = site_titles(connection), _sites(connection, now.date())
        affected, again = len(unsettled(connection)), len(restored(connection))
        drafts = [one for one in changes.waiting(connection) if one.author != me().account]
    together = _together(sites.values())
    return render_template(
        "staff/home.html",
        now=now,
        titles=titles,
        sites=sites,
        together=together,
        affected=affected,
        again=again,
        drafts=len(drafts),
    )


def _sites(connection: Connection, day: date) -> dict[str, Today]:
    """Each site that is open on the day, or that a person has an appointment at."""
    state = appointments.c.state
    count = (
        select(slots.c.site, state, func.count(), func.min(appointments.c.arrived_at))
        .join(appointments, appointments.c.slot == slots.c.id)
        .where(slots.c.day == day, state != CANCELLED)
        .group_by(slots.c.site, state)
    )
    is_open = select(slots.c.site).where(slots.c.day == day, slots.c.open).distinct()
    found = dict.fromkeys(connection.scalars(is_open), Today())
    for site, state_of_some, some, first in connection.execute(count):
        waits, served = state_of_some == ARRIVED, state_of_some == SERVED
        part = Today(some, some * waits, first if waits else None, some * served)
        found[site] = _together((found.get(site, Today()), part))
    return found


def _together(parts: Iterable[Today]) -> Today:
    every = tuple(parts)
    return Today(
        sum(one.booked for one in every),
        sum(one.waiting for one in every),
        min((one.first for one in every if one.first is not None), default=None),
        sum(one.served for one in every),
    )
