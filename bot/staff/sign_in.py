"""Signing in and out: password, second factor, one's own password."""

from cryptography.fernet import InvalidToken
from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.database import reading, writing
from bot.sealing import cipher
from bot.service import the_service
from bot.staff import audit, members, passwords, second_factor, sessions, throttle
from bot.staff.access import (
    EVERYBODY,
    allowed,
    me,
    signed_in,
    token,
    where_to,
    with_cookie,
    without_cookie,
)
from bot.staff.blueprint import blueprint
from bot.staff.members import Member
from bot.staff.saying import say

LONGEST_INPUT = 200  # argon2 would patiently hash a megabyte


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The form."""
    return render_template("staff/sign_in.html")


@blueprint.post("/sign-in")
def sign_in_now() -> ResponseReturnValue:
    """Check the password. Nothing in the answer tells whether the account exists."""
    account = request.form.get("account", "").strip()[:LONGEST_INPUT]
    attempt = _attempt(account)
    if not _may_try(attempt):
        return render_template("staff/sign_in.html", account=account, fault="throttled"), 429
    service = the_service()
    with reading(service.engine) as connection:
        member, stored = members.by_account(connection, account)
    right = passwords.matches(request.form.get("password", "")[:LONGEST_INPUT], stored)
    if member is None or not right:
        _note_slip(member)
        return render_template("staff/sign_in.html", account=account, fault="wrong"), 401
    complete = not member.needs_second_factor
    with writing(service.engine) as connection:
        throttle.succeeded(connection, attempt)
        sessions.end(connection, token())
        fresh = sessions.start(connection, member.id, complete, service.clock())
        if complete:
            audit.record(connection, service.clock(), member.account, "sign_in")
    return _entered(fresh, where_to(member) if complete else url_for("staff.second_step"))


@blueprint.get("/second-step")
def second_step() -> ResponseReturnValue:
    """Ask for the code; at the first time show the QR code to enrol with."""
    here = signed_in()
    if here is None or here.complete:
        return redirect(url_for("staff.home"))
    return _second_step_page(here.member)


@blueprint.post("/second-step")
def second_step_now() -> ResponseReturnValue:
    """Check the code. The first right code also confirms the enrolment."""
    here = signed_in()
    if here is None or here.complete:
        return redirect(url_for("staff.home"))
    service, member = the_service(), here.member
    attempt = _attempt(member.account, throttle.CODE)
    if not _may_try(attempt):
        return _second_step_page(member, "throttled"), 429
    try:
        secret = _secret(member) or _offered(member)
    except InvalidToken:  # sealed with a key of before
        return _second_step_page(member, "unreadable"), 409
    step = second_factor.accepted_step(
        secret,
        request.form.get("code", "")[:20],
        int(service.clock().timestamp()),
        member.totp_last_step,
    )
    if step is None:
        _note_slip(member)
        return _second_step_page(member, "wrong"), 401
    with writing(service.engine) as connection:
        if not members.use_step(connection, member.id, step):
            return _second_step_page(member, "wrong"), 401
        throttle.succeeded(connection, attempt)
        if member.totp_secret is None:
            members.change(connection, member.id, totp_secret=_seal(secret))
            audit.record(connection, service.clock(), member.account, "enrol_second_factor")
        sessions.end(connection, token())
        fresh = sessions.start(connection, member.id, True, service.clock())
        audit.record(connection, service.clock(), member.account, "sign_in")
    return _entered(fresh, where_to(member))


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session, here and in the database."""
    service, here = the_service(), signed_in()
    with writing(service.engine) as connection:
        sessions.end(connection, token())
        if here is not None:
            audit.record(connection, service.clock(), here.member.account, "sign_out")
    g.staff = None
    return without_cookie(make_response(redirect(url_for("staff.sign_in"))))


@blueprint.route("/password", methods=["GET", "POST"])
@allowed(*EVERYBODY)
def own_password() -> ResponseReturnValue:
    """Choose one's own password; asked for at the first sign-in."""
    if request.method == "GET":
        return render_template("staff/password.html")
    service, chosen = the_service(), request.form.get("password", "")[:LONGEST_INPUT]
    attempt = _attempt(me().account, throttle.CHANGE)
    if not _may_try(attempt):
        return render_template("staff/password.html", fault="throttled"), 429
    with reading(service.engine) as connection:
        _, stored = members.by_account(connection, me().account)
    if not passwords.matches(request.form.get("current", "")[:LONGEST_INPUT], stored):
        return render_template("staff/password.html", fault="current"), 400
    weak = passwords.fault(chosen, me().account)
    if weak or chosen == request.form.get("current"):
        return render_template("staff/password.html", fault=weak or "same"), 400
    if chosen != request.form.get("again", "")[:LONGEST_INPUT]:
        return render_template("staff/password.html", fault="different"), 400
    with writing(service.engine) as connection:
        throttle.succeeded(connection, attempt)
        password = passwords.hashed(chosen)
        members.change(connection, me().id, password=password, must_change_password=False)
        sessions.end_all(connection, me().id)
        fresh = sessions.start(connection, me().id, True, service.clock())
        audit.record(connection, service.clock(), me().account, "change_password")
    say("password_changed")
    return _entered(fresh, url_for("staff.home"))


def _attempt(account: str, proof: str = throttle.PASSWORD) -> throttle.Try:
    return throttle.described(_key(), account, request.remote_addr or "", proof)


def _may_try(attempt: throttle.Try) -> bool:
    service = the_service()
    with writing(service.engine) as connection:
        return throttle.begin(connection, attempt, service.clock())


def _note_slip(member: Member | None) -> None:
    """For the trail. What was typed for an account that does not exist is not kept: it is a
    password now and then."""
    service, account = the_service(), member.account if member else ""
    where: dict[str, object] = {"address": request.remote_addr or ""}
    with writing(service.engine) as connection:
        audit.record(connection, service.clock(), account, "sign_in_failed", personal=where)


def _second_step_page(member: Member, fault: str = "") -> str:
    offered = None if member.totp_secret else _offered(member)
    return render_template(
        "staff/second_step.html",
        fault=fault,
        account=member.account,
        secret=offered,
        qr=second_factor.qr(offered, member.account) if offered else None,
    )


def _offered(member: Member) -> str:
    """The secret shown for enrolment: derived from this half-finished session, so that it stays the
    same until the first right code without being stored anywhere."""
    return second_factor.derived_secret(the_service().settings.secret_key, token(), member.account)


def _secret(member: Member) -> str | None:
    sealed = member.totp_secret
    return cipher(_key(), "totp").decrypt(sealed).decode() if sealed else None


def _seal(secret: str) -> str:
    return cipher(_key(), "totp").encrypt(secret.encode()).decode()


def _key() -> str:
    return the_service().settings.secret_key


def _entered(fresh: str, address: str) -> Response:
    return with_cookie(make_response(redirect(address)), fresh)
