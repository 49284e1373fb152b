"""`/api/v1/…`: who may ask, what is asked, and the answer."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import InternalServerError, RequestEntityTooLarge

from bot.api import keys
from bot.api.openapi import DESCRIPTION, ROOT, document
from bot.api.operations import LARGEST, NOTHING, OPERATIONS
from bot.api.page import page
from bot.api.problems import MEDIA_TYPE, ProblemError
from bot.api.rulebook import Rulebook
from bot.database import is_away
from bot.determination import checking
from bot.sealing.keyring import keyring_of
from bot.service import Service, the_service
from bot.web.guard import AGAIN_SECONDS, AWAY

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ASK_AGAIN = "private, no-cache"  # the client keeps it, and asks with its tag each time

blueprint = Blueprint("api", __name__, url_prefix=ROOT)


@blueprint.before_request
def _bounded() -> None:
    request.max_content_length = LARGEST


@blueprint.route("/", defaults={"name": ""}, methods=METHODS, provide_automatic_options=False)
@blueprint.route("/<path:name>", methods=METHODS, provide_automatic_options=False)
def call(name: str) -> Response:
    """Everything under the root, so that whatever is wrong is said as a problem."""
    service = the_service()
    if not keys.any_exists(service):
        raise ProblemError("address", known="")
    book = _book(service)
    if name in ("", DESCRIPTION):
        _demand("GET")
        known = book.all()
        return _tagged(_json(document(known)) if name else page(known))
    operation = OPERATIONS.get(name)
    if operation is None:
        raise ProblemError("address", known="、".join((DESCRIPTION, *OPERATIONS)))
    _demand("POST" if operation.is_about_a_person else "GET")
    keys.admit(service, _key())
    if not operation.is_about_a_person:
        return _tagged(_json(operation.told(book, NOTHING)))
    return _json(operation.told(book, _body()))


def _book(service: Service) -> Rulebook:
    return Rulebook(
        ids=service.ruleset_ids,
        ruleset=service.ruleset,
        current=service.rules,
        today=lambda: service.clock().date(),
        signing=service.signing,
        checking=tuple(checking(keyring_of(service.engine.dialect))),
    )


def _key() -> str:
    given = request.authorization
    return given.token or "" if given and given.type == "bearer" else ""


def _demand(method: str) -> None:
    if request.method != method and (request.method, method) != ("HEAD", "GET"):
        raise ProblemError("method", allowed=method)


def _body() -> bytes:
    if request.mimetype != "application/json":
        raise ProblemError("media_type")
    return request.get_data(cache=False)


def _json(told: dict[str, Any]) -> Response:
    made = Response(json.dumps(told, ensure_ascii=False), content_type="application/json")
    made.headers["Cache-Control"] = "no-store"
    return made


def _tagged(response: Response) -> Response:
    """With a tag of what it says, so of the rulesets and what amends them; not sent again while
    that is the same."""
    response.headers["Cache-Control"] = ASK_AGAIN
    response.add_etag(weak=True)  # compressed or not, it is the same
    response.make_conditional(request)
    return response


@blueprint.errorhandler(ProblemError)
def _problem(error: ProblemError, headers: Mapping[str, str] | None = None) -> Response:
    text = json.dumps(error.as_json(), ensure_ascii=False)
    made = Response(text, error.status, dict(headers or {}), content_type=MEDIA_TYPE)
    made.headers.setdefault("Cache-Control", "no-store")
    return made


@blueprint.errorhandler(keys.UnknownKeyError)
def _unknown(_error: keys.UnknownKeyError) -> Response:
    return _problem(ProblemError("key"), {"WWW-Authenticate": 'Bearer realm="api"'})


@blueprint.errorhandler(keys.TooOftenError)
def _too_often(error: keys.TooOftenError) -> Response:
    told = ProblemError("too_often", seconds=error.seconds)
    return _problem(told, {"Retry-After": str(error.seconds)})


@blueprint.errorhandler(RequestEntityTooLarge)
def _too_large(_error: RequestEntityTooLarge) -> Response:
    return _problem(ProblemError("too_large", most=LARGEST))


def _away(_error: Exception) -> Response:
    return _problem(ProblemError("away"), {"Retry-After": AGAIN_SECONDS})


for _kind in AWAY:
    blueprint.register_error_handler(_kind, _away)


@blueprint.errorhandler(InternalServerError)
def _fault(error: InternalServerError) -> Response:
    """A fault of ours; or the database, where its driver was asked without SQLAlchemy."""
    cause = error.original_exception
    if isinstance(cause, Exception) and is_away(the_service().engine, cause):
        return _away(cause)
    return _problem(ProblemError("fault"))
