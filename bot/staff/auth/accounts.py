"""Accounts of the console, for administrators."""

import re
from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.database import reading, writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import members, passwords, recovery_codes, sessions
from bot.staff.auth.access import ADMINISTRATOR, allowed, me
from bot.staff.auth.members import WINDOW, Member
from bot.staff.blueprint import blueprint
from bot.staff.flashes import say
from bot.staff.forms import short_text
from bot.staff.sites import site_titles

ACCOUNT = re.compile(r"[a-z][a-z0-9._-]{2,31}")


@blueprint.get("/accounts")
@allowed(ADMINISTRATOR)
def accounts() -> ResponseReturnValue:
    """Everybody who can sign in."""
    return _page()


@blueprint.post("/accounts")
@allowed(ADMINISTRATOR)
def add_account() -> ResponseReturnValue:
    """Create an account; its first password is shown once, here."""
    form = request.form
    account, name = form.get("account", "").strip(), short_text(form.get("name"), 32)
    role, site = _role_and_site()
    service, password = the_service(), passwords.generated()
    fault = _fault(account, name, role, site)
    if fault:
        return _page(fault=fault, filled=form), 400
    try:
        with writing(service.engine) as connection:
            if not members.is_administrator(connection, me().id):
                abort(403)
            now, by = service.clock(), me().account
            if audit.just_done(connection, now, by, "add_member", account, role=role, site=site):
                members.renew_password(connection, account, password)  # nobody saw the first one
            else:
                members.add(connection, account, name, role, site, password, now)
                audit.record(connection, now, by, "add_member", account, role=role, site=site)
    except IntegrityError:
        return _page(fault="taken", filled=form), 409
    return _page(fresh=(account, password))


@blueprint.get("/accounts/<int(max=2147483647):member>")
@allowed(ADMINISTRATOR)
def account(member: int) -> ResponseReturnValue:
    """One account, and what can be done with it."""
    return _one(member)


@blueprint.post("/accounts/<int(max=2147483647):member>/password")
@allowed(ADMINISTRATOR)
def reset_password(member: int) -> ResponseReturnValue:
    """A new first password for a person who forgot theirs."""
    _others_only(member)
    password = passwords.generated()
    values = {"password": passwords.hashed(password), "must_change_password": True}
    changed = _change(member, "reset_password", values)
    return _one(member, fresh=(changed.account, password))


@blueprint.post("/accounts/<int(max=2147483647):member>/second-factor")
@allowed(ADMINISTRATOR)
def reset_second_factor(member: int) -> ResponseReturnValue:
    """A lost telephone or sheet: the next sign-in enrols anew. Nobody does this for themselves."""
    _others_only(member)
    values = {"totp_secret": None, "totp_last_step": 0}
    _change(member, "reset_second_factor", values, recovery_codes.forget_all)
    say("second_factor_reset")
    return redirect(url_for("staff.account", member=member))


@blueprint.post("/accounts/<int(max=2147483647):member>/codes")
@allowed(ADMINISTRATOR)
def issue_codes(member: int) -> ResponseReturnValue:
    """A sheet of recovery codes to print, shown once; the one before ends. Nobody gives one to
    themselves: an open browser of an administrator must not be worth a second factor."""
    _others_only(member)
    codes: list[str] = []

    def issue(connection: Connection, member: int) -> None:
        codes.extend(recovery_codes.issue(connection, member))

    changed = _change(member, "issue_codes", {}, issue)
    today = the_service().clock().date()
    return render_template("staff/codes.html", one=changed, codes=codes, today=today)


@blueprint.post("/accounts/<int(max=2147483647):member>/active")
@allowed(ADMINISTRATOR)
def open_or_close(member: int) -> ResponseReturnValue:
    """Close an account, or open it again. Nobody closes their own, so one administrator stays."""
    active = request.form.get("active") == "1"
    _others_only(member)
    _change(member, "open_member" if active else "close_member", {"active": active})
    say("member_opened" if active else "member_closed")
    return redirect(url_for("staff.account", member=member))


@blueprint.post("/accounts/<int(max=2147483647):member>/role")
@allowed(ADMINISTRATOR)
def change_role(member: int) -> ResponseReturnValue:
    """Another role or another window. Nobody changes their own, so one administrator stays."""
    _others_only(member)
    role, site = _role_and_site()
    fault = _fault_of_role(role, site)
    if fault:
        return _one(member, fault=fault, filled=request.form), 400
    _change(member, "change_role", {"role": role, "site": site}, role=role, site=site)
    say("role_changed")
    return redirect(url_for("staff.account", member=member))


def _others_only(member: int) -> None:
    if member == me().id:
        abort(403)


def _change(
    member: int,
    action: str,
    values: dict[str, Any],
    besides: Callable[[Connection, int], None] = lambda *_: None,
    **noted: object,
) -> Member:
    """Change an account, and what is kept besides; sign it out everywhere and note it."""
    service = the_service()
    with writing(service.engine) as connection:
        if not members.is_administrator(connection, me().id):
            abort(403)  # a colleague took that away a moment ago
        found = _any_member(connection, member)
        if values:
            members.change(connection, member, **values)
        besides(connection, member)
        sessions.end_all(connection, member)
        audit.record(
            connection, service.clock(), me().account, action, found.account, None, **noted
        )
    return found


def _any_member(connection: Connection, member: int) -> Member:
    found = next((one for one in members.everybody(connection) if one.id == member), None)
    return found or abort(404)


def _role_and_site() -> tuple[str, str | None]:
    """As the form has them; only a window clerk has a site."""
    role = request.form.get("role", "")
    return role, (request.form.get("site") or None) if role == WINDOW else None


def _fault(account: str, name: str, role: str, site: str | None) -> str:
    """Why the account cannot be created, "" if it can."""
    if not ACCOUNT.fullmatch(account):
        return "account"
    return _fault_of_role(role, site) if name else "name"


def _fault_of_role(role: str, site: str | None) -> str:
    if role not in members.ROLES:
        return "role"
    with reading(the_service().engine) as connection:
        known = site_titles(connection)
    return "site" if role == WINDOW and site not in known else ""


def _page(**values: Any) -> str:
    with reading(the_service().engine) as connection:
        everybody, titles = members.everybody(connection), site_titles(connection)
        left = recovery_codes.left(connection)
    return render_template(
        "staff/accounts.html", everybody=everybody, sites=titles, left=left, **values
    )


def _one(member: int, **values: Any) -> str:
    with reading(the_service().engine) as connection:
        found, titles = _any_member(connection, member), site_titles(connection)
        left = recovery_codes.left(connection)
    return render_template("staff/account.html", one=found, sites=titles, left=left, **values)
