"""Where one begins: a clerk at the own window's day, the county at all windows."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from bot.booking.changes import unsettled
from bot.booking.tables import appointments, slots
from bot.database import reading
from bot.models.appointment import CANCELLED
from bot.service import the_service
from bot.staff.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.sites import site_titles


@blueprint.get("/")
@allowed(*EVERYBODY)
def home() -> ResponseReturnValue:
    """Today."""
    site = me().site
    if site:
        return redirect(url_for("staff.day", site=site))
    service = the_service()
    today = service.clock().date()
    count = (
        select(slots.c.site, func.count())
        .join(appointments, appointments.c.slot == slots.c.id)
        .where(slots.c.day == today, appointments.c.state != CANCELLED)
        .group_by(slots.c.site)
    )
    with reading(service.engine) as connection:
        counts = {str(row[0]): int(row[1]) for row in connection.execute(count)}
        titles = site_titles(connection)
        orphans = len(unsettled(connection))
    return render_template(
        "staff/home.html", today=today, titles=titles, counts=counts, orphans=orphans
    )
