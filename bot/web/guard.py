"""What every blueprint with pages needs: tokens against forged forms, and assets.

    blueprint = Blueprint("pages", __name__)
    guard(blueprint)

The callback and the simulator's API are not guarded: their callers carry no cookie of ours. The
headers of every answer are in `bot.outermost`.
"""

import hashlib
import logging
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import InternalServerError
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as AnyResponse

from bot.county import contact
from bot.database import UncertainError
from bot.deadline import LateError
from bot.key_refusal import is_refused
from bot.sealing.keyring import SealError
from bot.service import the_service
from bot.web.compression import compressed
from bot.web.keeping import kept
from bot.web.letters import are_large
from dialogs.phrases import day, month, points
from dialogs.region.background import background
from scoring.engine.notices import why_open

MOST_FIELDS = 1000  # a worksheet has about two hundred
IN_PATHS = "/:@!$&'()*+,;="  # a token ends in =
IN_QUERIES = "%!$&'()*+,/:;=?@-._~"  # what may stand in one as it is, and the sign of the rest

AGAIN_SECONDS = "5"
# The database, or the keys of what it holds, and no fault of ours.
AWAY = (OperationalError, PoolTimeoutError, LateError, SealError)

_csrf = CSRFProtect()
log = logging.getLogger(__name__)


def guard(blueprint: Blueprint) -> None:
    """Give the blueprint's forms a token that is checked."""
    blueprint.record_once(_set_up)
    blueprint.before_request(_readable)
    blueprint.before_request(_csrf.protect)
    blueprint.register_error_handler(CSRFError, _stale_form)


@cache
def asset(name: str) -> str:
    """The address of a static file, changing with its content so that it can be kept for a year."""
    content = (Path(str(current_app.static_folder)) / name).read_bytes()
    version = hashlib.sha256(content).hexdigest()[:10]
    return url_for("static", filename=name, v=version)


def address_asked_for() -> str:
    """Path and query as a browser writes them, to come back to after a sign-in. `request.full_path`
    is decoded: a line break in it would make no header."""
    path, query = quote(request.path, safe=IN_PATHS), quote(request.query_string, safe=IN_QUERIES)
    return f"{path}?{query}" if query else path


def csrf_field() -> Markup:
    """The hidden field that every form that changes something carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def _set_up(state: BlueprintSetupState) -> None:
    app = state.app
    if "csrf" in app.extensions or not isinstance(app, Flask):
        return
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # only guarded blueprints are checked
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: people answer slowly
    # Some phones send no Referer at all; the token is bound to the session, whose cookie no other
    # site can send or set, so the check of the Referer would only lock people out.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    _csrf.init_app(app)
    app.jinja_env.globals.update(asset=asset, csrf_field=csrf_field)
    app.jinja_env.filters.update(points=points, day=day, month=month, why_open=why_open)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_common)
    app.after_request(compressed)  # after what comes below: Flask runs them from the last
    app.after_request(kept)
    app.after_request(_without_host)
    _error_pages(app)


def _common() -> dict[str, object]:
    """What the base layout of every page shows."""
    settings, book = the_service().settings, the_service().rules()
    called = contact(settings)
    return {
        "region": book.region,
        "has_earlier": book.predecessor is not None,
        "has_background": bool(background().sections),
        "large": are_large(),
        "here": address_asked_for(),
        "operator": settings.operator,
        "origin": settings.origin,
        "icp": settings.icp,
        "contact": settings.contact,
        "hotline": called.phone,
        "hotline_year": called.published,
    }


def _readable() -> None:
    """No browser sends a NUL, and PostgreSQL takes none; no form of ours has so many fields.
    Anyone who sends such is trying something."""
    sent = [text for _, text in request.values.items(multi=True)]
    if len(sent) > MOST_FIELDS:
        abort(413)
    if any("\x00" in text for text in (request.path, *sent)):
        abort(400)


def _without_host(response: AnyResponse) -> AnyResponse:
    """A redirect that Flask makes by itself, to the address with a slash at its end, names the host
    that the request named: anyone could write another one there."""
    if isinstance(request.routing_exception, RequestRedirect):
        _, _, path, query, _ = urlsplit(request.routing_exception.new_url)
        found = urlunsplit(("", "", path, query, ""))
        return redirect(found, response.status_code)
    return response


def _stale_form(_error: Exception) -> tuple[str, int]:
    """The form was open for too long, or did not come from our page."""
    return render_template("pages/stale.html"), 400


def _error_pages(app: Flask) -> None:
    """Plain words instead of the server's. The callback never answers 404 or 5xx by itself."""
    for code in (400, 403, 404, 405, 409, 413):
        app.register_error_handler(
            code, lambda _error, code=code: (render_template("pages/error.html", code=code), code)
        )
    app.register_error_handler(InternalServerError, _failed)
    for kind in AWAY:
        app.register_error_handler(kind, _away)
    app.register_error_handler(IntegrityError, _refused)


def _failed(error: InternalServerError) -> ResponseReturnValue:
    """An error of ours, or one of the database while another error's page was made."""
    if isinstance(error.original_exception, AWAY):
        return _away(error.original_exception)
    return render_template("pages/error.html", code=500), 500


def _refused(error: Exception) -> ResponseReturnValue:
    """A process with a key that was replaced; anything else is a fault of ours."""
    if not is_refused(error):
        raise error
    return _away(error)


def _away(error: Exception) -> ResponseReturnValue:
    """The database did not answer in time, was locked, or holds what cannot be opened: nothing was
    committed, or nobody knows."""
    log.error("a page failed: %s", str(error).partition("\n")[0])
    unsure = isinstance(error, UncertainError)
    page = current_app.jinja_env.get_template("pages/not_done.html")
    return page.render(asset=asset, unsure=unsure), 503, {"Retry-After": AGAIN_SECONDS}
