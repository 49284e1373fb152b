"""`/display/<site>/<key>`: the screen in the hall. Numbers and windows, no names; it opens with the
key that the office hands out (see `bot.web.display_key`) and refreshes itself."""

from collections.abc import Mapping
from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.booking import sites
from bot.booking.queue.hall import hall_of
from bot.booking.queue.windows import windows_at_work
from bot.database import reading
from bot.pages.blueprint import blueprint
from bot.service import the_service
from bot.web.display_key import opens

CALLED_SHOWN, WAITING_SHOWN = 5, 12


@blueprint.get("/display/<site>/<key>")
def display(site: str, key: str) -> ResponseReturnValue:
    """The whole screen, or the part that changes."""
    service, now = the_service(), the_service().clock()
    with reading(service.engine) as connection:
        place = sites.site(connection, site)
        if place is None or not opens(service.settings.secret_key, place, key):
            return render_template("pages/no_display.html"), 404
        shown = _shown(connection, site, now)
    name = "pages/_display.html" if "X-Live" in request.headers else "pages/display.html"
    return render_template(name, place=place, now=now, **shown)


def _shown(connection: Connection, site: str, now: datetime) -> Mapping[str, object]:
    hall = hall_of(connection, site, now)
    waiting = [row.number for row in hall.waiting if row.number]
    windows = windows_at_work(connection, site, now)
    return {
        "called": [row for row in hall.called if row.number][:CALLED_SHOWN],
        "serving": [row for row in hall.serving if row.number and row.called_to],
        "waiting": waiting[:WAITING_SHOWN],
        "more": max(len(waiting) - WAITING_SHOWN, 0),
        "paused": [window for window, paused in windows.items() if paused],
    }
