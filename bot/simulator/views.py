"""The page with the phone."""

import logging

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from bot.pages.oauth import sign_out
from bot.service import the_service
from bot.simulator import acts
from bot.simulator.bubbles import pieces
from bot.simulator.phones import HINT, MINE, THEIRS, Phone, Phones, stamped
from bot.simulator.platform import Fields, OutOfServiceError, Platform
from bot.web.guard import guard
from bot.wechat.menu import menu

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
COOKIE = "phone"  # whose phone this browser holds; the pages' sign-in stand-in reads it

blueprint = Blueprint("simulator", __name__, url_prefix="/simulator")
guard(blueprint)
log = logging.getLogger(__name__)


@blueprint.after_request
def _may_fetch(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response


@blueprint.get("/")
def latest() -> AnyResponse:
    """The phone this browser held last, or the newest."""
    known = the_phones().all()
    held = request.cookies.get(COOKIE, type=int)
    chosen = held if held in {phone.id for phone in known} else known[-1].id
    return redirect(url_for("simulator.show", phone=chosen))


@blueprint.get("/<int:phone>")
def show(phone: int) -> Response:
    """One phone. Each has a browser of its own, so anyone who held another is signed out."""
    held = _found(phone)
    if request.cookies.get(COOKIE, type=int) != phone:
        sign_out()
    page = render_template(
        "pages/simulator.html",
        phone=held,
        phones=the_phones().all(),
        columns=menu(the_service().rules().predecessor is not None),
        menu_open="keyboard" not in request.args,
        **_chat(held),
    )
    response = Response(page)
    response.set_cookie(COOKIE, str(phone), httponly=True, samesite="Lax")
    return response


@blueprint.get("/<int:phone>/news")
def news(phone: int) -> Response:
    """What came after entry `after`, as a fragment of the page; 204 when nothing did."""
    return _fragment(_found(phone), request.args.get("after", 0, type=int))


@blueprint.post("/<int:phone>/act")
def act(phone: int) -> AnyResponse:
    """Say, tap, press or send something."""
    held = _found(phone)
    done = acts.act_from(request.form)
    if done and held.following:
        bubble, fields = done
        if bubble:
            the_phones().show(phone, MINE, bubble, the_service().clock())
        deliver(held, fields)
    return _back(held)


@blueprint.post("/<int:phone>/follow")
def follow(phone: int) -> AnyResponse:
    """Follow the account."""
    held = _found(phone)
    the_phones().change(phone, following=True)
    deliver(held, acts.followed())
    return _back(held)


@blueprint.post("/<int:phone>/leave")
def leave(phone: int) -> AnyResponse:
    """No longer follow the account; WeChat clears the chat then."""
    held = _found(phone)
    the_phones().change(phone, following=False)
    deliver(held, acts.left())
    the_phones().clear(phone)
    return _back(held)


@blueprint.post("/<int:phone>/mode")
def mode(phone: int) -> AnyResponse:
    """Send this phone's messages encrypted, or plain."""
    held = _found(phone)
    the_phones().change(phone, safe=not held.safe)
    return _back(held)


@blueprint.post("/new")
def new() -> AnyResponse:
    """Another test person."""
    return redirect(url_for("simulator.show", phone=the_phones().add()))


def the_phones() -> Phones:
    """All phones of this demo."""
    found: Phones = current_app.extensions["phones"]
    return found


def _found(phone: int) -> Phone:
    return the_phones().find(phone) or abort(404)


def _chat(held: Phone, after: int = 0) -> dict[str, object]:
    page_root = the_service().settings.page_root
    shown = stamped(the_phones().chat(held.id), the_service().clock())
    return {
        "entries": [(entry, stamp) for entry, stamp in shown if entry.id > after],
        "pieces": lambda text: pieces(text, page_root),
    }


def deliver(held: Phone, fields: Fields) -> None:
    """Through the real protocol, over HTTP, to the real callback of this service."""
    service = the_service()
    callback = current_app.config["CALLBACK"]
    platform = Platform(service.settings, callback, service.clock, held.safe)
    try:
        answer = platform.deliver(held.openid, fields)
    except OutOfServiceError:
        log.exception("no usable answer in three deliveries")
        the_phones().show(held.id, HINT, {"hint": "out_of_service"}, service.clock())
        return
    if answer is not None:
        the_phones().show(held.id, THEIRS, {"text": answer}, service.clock())


def _back(held: Phone) -> AnyResponse:
    """The page again; or, for its script, only what is new."""
    if "after" in request.form:
        return _fragment(held, request.form.get("after", 0, type=int))
    keyboard = "1" if request.form.get("text") else None
    address = url_for("simulator.show", phone=held.id, keyboard=keyboard, _anchor="end")
    return redirect(address, code=303)


def _fragment(held: Phone, after: int) -> Response:
    chat = _chat(held, after)
    if not chat["entries"]:
        return Response(status=204)
    return Response(render_template("pages/simulator_entries.html", phone=held, **chat))
