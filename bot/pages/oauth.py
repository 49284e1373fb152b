"""Who looks at a personal page: WeChat's silent sign-in (OAuth, snsapi_base).

    @blueprint.get("/mine")
    @personal
    def mine(): ... person()

The code that comes back is good once and for five minutes, and phones replay it with the back
button; so it never stays in the address bar, and a used one starts the sign-in again, unseen. So is
the state that comes back with it: WeChat is asked once for each, however often it is sent.
"""

import logging
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import abort, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from bot import page_sessions, spent_states
from bot.database import reading, writing
from bot.pages import exchange
from bot.pages.blueprint import blueprint
from bot.service import the_service
from bot.web.guard import address_asked_for
from bot.wechat.client import UnreachableError

MOST_TRIES = 3
MOST_STARTS = 5  # tabs that are on their way to WeChat at once
LONGEST_TARGET = 400  # characters; browsers drop a cookie of 4 KiB, and nobody could sign in
USED_CODES = (40029, 40163, 42003)  # invalid, already used, too old: ask for a new one

LONGEST_CODE = 512  # characters; WeChat's have 32
AGAIN_SECONDS = 10  # when to try again where WeChat does not answer, or too many ask it

log = logging.getLogger(__name__)

View = Callable[..., ResponseReturnValue]


def person() -> str | None:
    """The openid of anyone who holds this browser; None when unknown, signed in too long ago, or
    forgotten since."""
    token = session.get("signed_in")
    if token is None:
        return None
    if "person" not in g:
        service = the_service()
        with reading(service.engine) as connection:
            g.person = page_sessions.whose(connection, token, service.clock())
    known: str | None = g.person
    return known


def sign_out() -> None:
    """Forget who holds this browser, here and in its cookie."""
    token = session.pop("signed_in", None)
    g.pop("person", None)
    if token is not None:
        with writing(the_service().engine) as connection:
            page_sessions.end(connection, token)


def personal(view: View) -> View:
    """Ask WeChat first who it is. A form sent by nobody we know is not carried out."""

    @wraps(view)
    def asked(**arguments: Any) -> ResponseReturnValue:
        if person() is not None:
            return view(**arguments)
        if request.method != "GET":
            return render_template("pages/stale.html"), 400
        return _ask(_target(), tries=0)

    return asked


def _target() -> str:
    """The page asked for, without a query no page of ours has."""
    target = address_asked_for()
    path = target.partition("?")[0]
    if len(path) > LONGEST_TARGET:
        abort(404)
    return target if len(target) <= LONGEST_TARGET else path


@blueprint.get("/oauth")
def oauth() -> ResponseReturnValue:
    """WeChat sends the browser here with a code; it goes on to the page it wanted, without it."""
    given = request.args.get("state", "")
    begun = next((one for one in session.get("starts", ()) if one["state"] == given), None)
    if begun is None:
        return _refused("other_browser")
    if person() is not None:  # the back button
        return redirect(begun["next"])
    code = request.args.get("code", "")
    if not 0 < len(code) <= LONGEST_CODE:
        return _refused("busy")
    if _now() - begun.get("at", 0) >= spent_states.LASTS.total_seconds():
        return _ask(begun["next"], tries=0)
    try:
        answer = _answer_to(code, given)
    except (exchange.CrowdedError, UnreachableError):
        page, headers = _refused("busy")[0], {"Retry-After": str(AGAIN_SECONDS)}
        return page, 503, headers
    if answer is None:  # reloaded, or sent twice
        return _ask(begun["next"], begun["tries"])
    return _outcome(answer, begun)


def _answer_to(code: str, state: str) -> dict[str, Any] | None:
    """WeChat's answer; None where it was asked for this state before.

    Raises:
        CrowdedError: too many ask it now; the state stays good.
        UnreachableError: it gives none.
    """
    service = the_service()
    with exchange.place():
        with writing(service.engine) as connection:
            if not spent_states.spend(connection, state, service.clock()):
                return None
        try:
            return exchange.answer_to(code, service.settings)
        except UnreachableError:
            log.warning("sign-in to a page: no answer from WeChat")
            raise


def _outcome(answer: dict[str, Any], begun: dict[str, Any]) -> ResponseReturnValue:
    if answer.get("errcode") in USED_CODES and begun["tries"] < MOST_TRIES:
        return _ask(begun["next"], begun["tries"] + 1)
    if answer.get("is_snapshotuser"):  # WeChat's preview for people who agreed to nothing
        return _refused("snapshot")
    if not answer.get("openid"):
        log.warning("sign-in to a page refused: errcode %s", answer.get("errcode"))
        return _refused("busy")
    _sign_in(answer["openid"])
    return redirect(begun["next"])


def _sign_in(openid: str) -> None:
    """Begin anew: another token than before, and nothing said to anyone who was signed in then."""
    service = the_service()
    sign_out()
    session.pop("_flashes", None)
    with writing(service.engine) as connection:
        session["signed_in"] = page_sessions.start(connection, openid, service.clock())


def _ask(target: str, tries: int) -> ResponseReturnValue:
    """Send the browser to WeChat. The state is bound to this browser, so that nobody can make
    another person's browser sign in as them."""
    settings = the_service().settings
    if not settings.signs_in:
        return _refused("off")
    state = secrets.token_hex(16)
    start = {"state": state, "next": target, "tries": tries, "at": _now()}
    session["starts"] = [*session.get("starts", ()), start][-MOST_STARTS:]
    query = urlencode(
        {
            "appid": settings.wechat_appid,
            "redirect_uri": settings.page_root + url_for("pages.oauth"),
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
    )
    return redirect(f"{settings.wechat_open}/connect/oauth2/authorize?{query}#wechat_redirect")


def _now() -> int:
    return int(the_service().clock().timestamp())


def _refused(why: str) -> tuple[str, int]:
    return render_template("pages/unknown_person.html", why=why), 403
