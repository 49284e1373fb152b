"""How the office wants a site's queue: the share of walk-ins, and the screen in the hall."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Update, update

from bot.booking.tables import sites
from bot.database import reading, writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import DESK, EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.flashes import say
from bot.staff.forms import whole
from bot.staff.sites import site_or_404
from bot.web.display_key import display_key


@blueprint.get("/sites/<site>/queue")
@allowed(*EVERYBODY)
def queue_rules(site: str) -> ResponseReturnValue:
    """The rule, and the address for the screen."""
    return _page(site)


@blueprint.post("/sites/<site>/queue/share")
@allowed(*DESK)
def set_share(site: str) -> ResponseReturnValue:
    """Of a hundred calls within an hour, so many are kept for who walked in."""
    share = whole(request.form.get("share"), 0, 100)
    if share is None:
        return _page(site, fault="share", typed=request.form.get("share", "")), 400
    with writing(the_service().engine) as connection:
        place = site_or_404(connection, site)
        if place.walk_in_share != share:
            connection.execute(_of(site).values(walk_in_share=share))
            now = the_service().clock()
            audit.record(connection, now, me().account, "queue_share", site=site, share=share)
    say("queue_changed")
    return redirect(url_for("staff.queue_rules", site=site))


@blueprint.post("/sites/<site>/queue/display")
@allowed(*DESK)
def new_display(site: str) -> ResponseReturnValue:
    """Another address for the screen; the one that was shown opens nothing any more. A button
    tapped twice names the same version twice, and makes one new address."""
    version = whole(request.form.get("version"), 1, 10**6)
    with writing(the_service().engine) as connection:
        this = _of(site).where(sites.c.display_version == version)
        if connection.execute(this.values(display_version=sites.c.display_version + 1)).rowcount:
            audit.record(connection, the_service().clock(), me().account, "new_display", site=site)
    say("display_changed")
    return redirect(url_for("staff.queue_rules", site=site))


def _of(site: str) -> Update:
    return update(sites).where(sites.c.id == site)


def _page(site: str, **more: object) -> str:
    service = the_service()
    with reading(service.engine) as connection:
        place = site_or_404(connection, site)
    key = display_key(service.settings.secret_key, site, place.display_version)
    address = service.settings.origin + url_for("pages.display", site=site, key=key)
    return render_template("staff/queue_rules.html", place=place, address=address, **more)
