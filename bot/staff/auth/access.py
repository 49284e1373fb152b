"""Who may open which page of the console. One decorator decides it for every view."""

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any
from urllib.parse import unquote

from flask import (
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from bot import cookies
from bot.database import reading, writing
from bot.service import the_service
from bot.staff.auth import sessions
from bot.staff.auth.members import ADMINISTRATOR, COUNTY, ROLES, WINDOW, Member
from bot.web.guard import address_asked_for

COOKIE = "staff_session"
WANTED = "staff_wanted"  # the page a person asked for before signing in
EVERYBODY = ROLES
DESK = (COUNTY, ADMINISTRATOR)

View = Callable[..., ResponseReturnValue]

__all__ = [
    "ADMINISTRATOR",
    "COUNTY",
    "DESK",
    "EVERYBODY",
    "WINDOW",
    "allowed",
    "me",
    "token",
    "where_to",
]


def allowed(*roles: str) -> Callable[[View], View]:
    """Let only these roles in. A view argument named `site` must be a site the person works at.

    Nobody signed in is sent to the sign-in page, and comes back afterwards; what was typed into a
    form is handed back to be sent again. A person without the role gets a 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(**arguments: Any) -> ResponseReturnValue:
            elsewhere = _unfinished_sign_in()
            if elsewhere is not None:
                return elsewhere
            if not _may(me(), roles, arguments):
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
        if g.staff is not None and g.staff.stale and not is_live():
            with writing(service.engine) as connection:
                sessions.touch(connection, kept, service.clock())
    found: sessions.SignedIn | None = g.staff
    return found


def is_live() -> bool:
    """Whether the page refreshes itself: no person did anything, so no session lasts longer."""
    return "X-Live" in request.headers


def token() -> str:
    """The session token of this request, "" without one."""
    return cookies.read(COOKIE)


def with_cookie(response: Response, value: str) -> Response:
    """Hand the session token to the browser."""
    return cookies.give(response, COOKIE, value)


def without_cookie(response: Response) -> Response:
    return cookies.take_away(response, COOKIE)


def where_to(member: Member) -> str:
    """Where a person goes on who has signed in: to the page that sent them here, if they may open
    it."""
    wanted, home = str(session.pop(WANTED, "")), url_for("staff.home")
    try:
        path = unquote(wanted.partition("?")[0])
        endpoint, arguments = current_app.url_map.bind("").match(path)
    except HTTPException:
        return home
    roles = getattr(current_app.view_functions[endpoint], "roles", ())
    return wanted if wanted and _may(member, roles, arguments) else home


def _may(member: Member, roles: Collection[str], arguments: Mapping[str, Any]) -> bool:
    at_the_site = "site" not in arguments or member.works_at(arguments["site"])
    return member.role in roles and at_the_site


def _unfinished_sign_in() -> ResponseReturnValue | None:
    """Where to send a person who has not fully signed in."""
    here = signed_in()
    own_password = request.endpoint == "staff.own_password"
    if (here is None or not here.complete) and is_live():
        abort(401)
    if here is None or not here.complete:
        typed = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
        if typed and not own_password:
            return render_template("staff/held.html", typed=typed), 401
        if request.method == "GET":
            session[WANTED] = address_asked_for()
        return redirect(url_for("staff.sign_in" if here is None else "staff.second_step"))
    if here.member.must_change_password and not own_password:
        return redirect(url_for("staff.own_password"))
    return None
