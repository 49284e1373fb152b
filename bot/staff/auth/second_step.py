"""The second step of a sign-in: a code from an authenticator app, or from a printed sheet.

Anyone who has neither enrols an app here, once, with the password alone. Anyone who has a sheet
does not: a stolen password must not be enough to add a telephone to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cryptography.fernet import InvalidToken
from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot import cookies
from bot.database import reading, writing
from bot.sealing import cipher
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import devices, members, recovery_codes, second_factor, sessions, throttle
from bot.staff.auth.access import signed_in, token, where_to
from bot.staff.auth.attempts import attempt, device_of, device_token, may_try, note_slip, typed
from bot.staff.auth.members import Member
from bot.staff.auth.sign_in import entered
from bot.staff.blueprint import blueprint


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown, as the trail calls it, and how it is used up: False when it was a moment
    before."""

    by: str
    spend: Callable[[Connection], bool]


@blueprint.get("/second-step")
def second_step() -> ResponseReturnValue:
    """Ask for the code; at the first time show the QR code to enrol with."""
    here = signed_in()
    if here is None or here.complete:
        return redirect(url_for("staff.home"))
    return _page(here.member)


@blueprint.post("/second-step")
def second_step_now() -> ResponseReturnValue:
    """Check the code. The first right one of an app also confirms the enrolment."""
    here = signed_in()
    if here is None or here.complete:
        return redirect(url_for("staff.home"))
    member = here.member
    this = attempt(member.account, device_of(member.account), throttle.CODE)
    if not may_try(this):
        return _page(member, "throttled"), 429
    try:
        proof = _of_sheet(member) if typed("recovery") else _of_app(member)
    except InvalidToken:  # sealed with a key of before
        return _page(member, "unreadable"), 409
    if proof is None:
        note_slip(member)
        return _page(member, "wrong"), 401
    passed = _passed(member, proof, this)
    if passed is None:
        return _page(member, "wrong"), 401
    fresh, device = passed
    return with_device(entered(fresh, where_to(member)), device)


def _passed(member: Member, proof: Proof, this: throttle.Try) -> tuple[str, str] | None:
    """Use the proof up and begin anew: the session's token and the device's; None where the proof
    was used a moment before."""
    service = the_service()
    now = service.clock()
    with writing(service.engine) as connection:
        if not proof.spend(connection):
            return None
        throttle.succeeded(connection, this)
        device = devices.remember(connection, device_token(), member.id, now, now.date())
        sessions.end(connection, token())
        fresh = sessions.start(connection, member.id, True, now)
        audit.record(connection, now, member.account, "sign_in", by=proof.by)
    return fresh, device


def with_device(response: Response, device: str) -> Response:
    """Hand the token of `devices.remember` to the browser."""
    return cookies.give(response, devices.COOKIE, device, lasts=devices.KEPT)


def _of_sheet(member: Member) -> Proof | None:
    with reading(the_service().engine) as connection:
        digest = recovery_codes.matching(connection, member.id, typed("recovery"))
    if digest is None:
        return None
    now = the_service().clock()
    return Proof(
        "recovery_code", lambda connection: recovery_codes.spend(connection, member.id, digest, now)
    )


def _of_app(member: Member) -> Proof | None:
    secret = _secret(member) or (None if _sheet(member) is not None else _offered(member))
    now = int(the_service().clock().timestamp())
    step = secret and second_factor.accepted_step(secret, typed("code"), now, member.totp_last_step)
    if not secret or not step:
        return None
    return Proof("code", partial(_use_app, member=member, secret=secret, step=step))


def _use_app(connection: Connection, member: Member, secret: str, step: int) -> bool:
    if member.totp_secret is None:
        if member.id in recovery_codes.left(connection):
            return False  # a sheet was issued a moment ago
        if not members.enrol(connection, member.id, _seal(secret)):
            return False  # another telephone was faster
        now = the_service().clock()
        audit.record(connection, now, member.account, "enrol_second_factor")
    return members.use_step(connection, member.id, step)


def _page(member: Member, fault: str = "") -> str:
    left = _sheet(member)
    offered = _offered(member) if member.totp_secret is None and left is None else None
    return render_template(
        "staff/second_step.html",
        fault=fault,
        account=member.account,
        app=member.totp_secret is not None,
        left=left,
        secret=offered,
        qr=second_factor.qr(offered, member.account) if offered else None,
    )


def _sheet(member: Member) -> int | None:
    """How many codes of the account's sheet are unused, None without a sheet."""
    with reading(the_service().engine) as connection:
        return recovery_codes.left(connection).get(member.id)


def _offered(member: Member) -> str:
    """The secret shown for enrolment: derived from this half-finished session, so that it stays the
    same until the first right code without being stored anywhere."""
    return second_factor.derived_secret(_key(), token(), member.account)


def _secret(member: Member) -> str | None:
    sealed = member.totp_secret
    return cipher(_key(), "totp").decrypt(sealed).decode() if sealed else None


def _seal(secret: str) -> str:
    return cipher(_key(), "totp").encrypt(secret.encode()).decode()


def _key() -> str:
    return the_service().settings.secret_key
