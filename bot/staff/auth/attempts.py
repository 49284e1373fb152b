"""Attempts to prove who one is, as this request makes them: counted first, slips noted."""

from flask import request

from bot import cookies
from bot.database import reading, writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import devices, throttle
from bot.staff.auth.devices import Device
from bot.staff.auth.members import Member

LONGEST_INPUT = 200  # argon2 would patiently hash a megabyte


def typed(field: str) -> str:
    """What the person typed as a secret, or as the account to it."""
    return request.form.get(field, "")[:LONGEST_INPUT]


def device_of(account: str) -> Device | None:
    """This browser, if the account signed in here before."""
    service = the_service()
    with reading(service.engine) as connection:
        return devices.known(connection, device_token(), account, service.clock())


def device_token() -> str:
    """What the browser holds, "" where it is new."""
    return cookies.read(devices.COOKIE)


def attempt(account: str, device: Device | None, proof: str = throttle.PASSWORD) -> throttle.Try:
    """This request's attempt as it is counted."""
    key, address = the_service().settings.secret_key, request.remote_addr or ""
    return throttle.described(key, account, address, proof, device.key if device else "")


def may_try(this: throttle.Try) -> bool:
    """Count it as failed, before anything is looked at; False when it is one too many."""
    service = the_service()
    with writing(service.engine) as connection:
        return throttle.begin(connection, this, service.clock())


def note_slip(member: Member | None) -> None:
    """For the trail. What was typed for an account that does not exist is not kept: it is a
    password now and then."""
    service, account = the_service(), member.account if member else ""
    where: dict[str, object] = {"address": request.remote_addr or ""}
    with writing(service.engine) as connection:
        audit.record(connection, service.clock(), account, "sign_in_failed", personal=where)
