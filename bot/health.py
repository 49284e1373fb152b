"""For whoever watches the service: /healthz, /readyz, /metrics."""

import logging

from flask import Blueprint, Response, abort, request
from sqlalchemy.exc import SQLAlchemyError

from bot import metrics, migrations
from bot.outbox.sending import due
from bot.service import the_service

blueprint = Blueprint("health", __name__)
log = logging.getLogger(__name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return _text("ok")


@blueprint.get("/readyz")
def ready() -> Response:
    """The service can do its work: database there and at our version, rules loaded."""
    service = the_service()
    try:
        version = migrations.current(service.engine)
    except SQLAlchemyError:
        log.exception("not ready: database")
        return _text("the database does not answer", 503)
    if version != migrations.newest():
        return _text("the database is of another version: run xinshimin db upgrade", 503)
    service.rules()
    return _text("ready")


@blueprint.get("/metrics")
def figures() -> Response:
    """Figures for Prometheus, which asks directly; nothing for those who come through the proxy."""
    if "X-Forwarded-For" in request.headers:
        abort(404)
    return Response(metrics.exposition() + _notices(), mimetype="text/plain; version=0.0.4")


def _notices() -> bytes:
    """What waits in the outbox. The other figures are wanted without the database, too."""
    service = the_service()
    try:
        counts = due(service.engine, service.clock())
    except SQLAlchemyError:
        return b""
    return metrics.gauges(
        notices_due=counts["notices"], notices_held_up=counts["notices tried in vain"]
    )


def _text(text: str, status: int = 200) -> Response:
    return Response(f"{text}\n", status, mimetype="text/plain")
