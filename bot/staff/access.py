"""Who may open which page of the console. One decorator decides it for every view."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.database import reading, writing
from bot.service import the_service
from bot.staff import sessions
from bot.staff.members import ADMINISTRATOR, COUNTY, ROLES, WINDOW, Member

COOKIE = "staff"
EVERYBODY = ROLES
DESK = (COUNTY, ADMINISTRATOR)

View = Callable[..., ResponseReturnValue]

__all__ = ["ADMINISTRATOR", "COUNTY", "DESK", "EVERYBODY", "WINDOW", "allowed", "me", "token"]


def allowed(*roles: str) -> Callable[[View], View]:
    """Let only these roles in. A view argument named `site` must be a site the person works at.

    Nobody signed in is sent to the sign-in page; somebody without the role gets a 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(**arguments: Any) -> ResponseReturnValue:
            elsewhere = _unfinished_sign_in()
            if elsewhere is not None:
                return elsewhere
            if me().role not in roles:
                abort(403)
            if "site" in arguments and not me().works_at(arguments["site"]):
                abort(403)
            return view(**arguments)

        checked.roles = roles  # type: ignore[attr-defined]  # a test walks all routes and reads it
        return checked

    return decorate


def me() -> Member:
    """Who is signed in. Only inside a view that is `allowed`."""
    member: Member = g.staff.member
    return member


def signed_in() -> sessions.SignedIn | None:
    """The session of this request's cookie, complete or not."""
    if "staff" not in g:
        service, kept = the_service(), token()
        with reading(service.engine) as connection:
            g.staff = sessions.read(connection, kept, service.clock()) if kept else None
        if g.staff is not None and g.staff.stale:
            with writing(service.engine) as connection:
                sessions.touch(connection, kept, service.clock())
    found: sessions.SignedIn | None = g.staff
    return found


def token() -> str:
    """The session token of this request, "" without one."""
    return request.cookies.get(COOKIE, "")


def with_cookie(response: Response, value: str) -> Response:
    """Hand the session token to the browser: no script reads it, no other site sends it."""
    response.set_cookie(
        COOKIE,
        value,
        path=url_for("staff.home"),
        httponly=True,
        samesite="Strict",
        secure=request.is_secure or the_service().settings.public_url.startswith("https://"),
    )
    return response


def without_cookie(response: Response) -> Response:
    response.delete_cookie(COOKIE, path=url_for("staff.home"))
    return response


def _unfinished_sign_in() -> ResponseReturnValue | None:
    """Where to send somebody who has not fully signed in."""
    here = signed_in()
    if here is None:
        return redirect(url_for("staff.sign_in"))
    if not here.complete:
        return redirect(url_for("staff.second_step"))
    if here.member.must_change_password and request.endpoint != "staff.own_password":
        return redirect(url_for("staff.own_password"))
    return None
