"""Signing in with the password, and signing out."""

from flask import Response, g, make_response, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from bot.database import reading, writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import members, passwords, sessions, throttle
from bot.staff.auth.access import signed_in, token, where_to, with_cookie, without_cookie
from bot.staff.auth.attempts import attempt, device_of, may_try, note_slip, typed
from bot.staff.blueprint import blueprint


@blueprint.record
def _ready(_state: BlueprintSetupState) -> None:
    passwords.nobody()


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The form."""
    return render_template("staff/sign_in.html")


@blueprint.post("/sign-in")
def sign_in_now() -> ResponseReturnValue:
    """Check the password. Nothing in the answer tells whether the account exists. The second step
    follows, but not where it was taken today."""
    account = typed("account").strip()
    device = device_of(account)
    this = attempt(account, device)
    if not may_try(this):
        return render_template("staff/sign_in.html", account=account, fault="throttled"), 429
    service = the_service()
    with reading(service.engine) as connection:
        member, stored = members.by_account(connection, account)
    right = passwords.matches(typed("password"), stored)
    if member is None or not right:
        note_slip(member)
        return render_template("staff/sign_in.html", account=account, fault="wrong"), 401
    now = service.clock()
    complete = device is not None and device.is_confirmed(now)
    with writing(service.engine) as connection:
        throttle.succeeded(connection, this)
        sessions.end(connection, token())
        fresh = sessions.start(connection, member.id, complete, now)
        if complete:
            audit.record(connection, now, member.account, "sign_in", by="device")
    return entered(fresh, where_to(member) if complete else url_for("staff.second_step"))


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session, here and in the database. The device stays known."""
    service, here = the_service(), signed_in()
    with writing(service.engine) as connection:
        sessions.end(connection, token())
        if here is not None:
            audit.record(connection, service.clock(), here.member.account, "sign_out")
    g.staff = None
    return without_cookie(make_response(redirect(url_for("staff.sign_in"))))


def entered(fresh: str, address: str) -> Response:
    """Go on to the address with a new session."""
    return with_cookie(make_response(redirect(address)), fresh)
