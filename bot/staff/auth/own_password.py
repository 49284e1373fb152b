"""Choosing one's own password; asked for at the first sign-in."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.database import reading, writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import devices, members, passwords, sessions, throttle
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.auth.attempts import attempt, device_of, device_token, may_try, typed
from bot.staff.auth.second_step import with_device
from bot.staff.auth.sign_in import entered
from bot.staff.blueprint import blueprint
from bot.staff.flashes import say


@blueprint.route("/password", methods=["GET", "POST"])
@allowed(*EVERYBODY)
def own_password() -> ResponseReturnValue:
    """Ends every session and lets every device be asked again, but for this one."""
    if request.method == "GET":
        return render_template("staff/password.html")
    service, account, device = the_service(), me().account, device_of(me().account)
    this = attempt(account, device, throttle.CHANGE)
    if not may_try(this):
        return render_template("staff/password.html", fault="throttled"), 429
    with reading(service.engine) as connection:
        _, stored = members.by_account(connection, account)
    fault = _fault(account, stored)
    if fault:
        return render_template("staff/password.html", fault=fault), 400
    password, now = passwords.hashed(typed("password")), service.clock()
    with writing(service.engine) as connection:
        throttle.succeeded(connection, this)
        members.change(connection, me().id, password=password, must_change_password=False)
        sessions.end_all(connection, me().id)
        fresh = sessions.start(connection, me().id, True, now)
        shown = device.confirmed_on if device else None
        known = devices.remember(connection, device_token(), me().id, now, shown)
        audit.record(connection, now, account, "change_password")
    say("password_changed")
    return with_device(entered(fresh, url_for("staff.home")), known)


def _fault(account: str, stored: str | None) -> str:
    """Why nothing is changed, "" if it may be."""
    current, chosen = typed("current"), typed("password")
    if not passwords.matches(current, stored):
        return "current"
    weak = passwords.fault(chosen, account) or ("same" if chosen == current else "")
    return weak or ("" if chosen == typed("again") else "different")
