"""/healthz, /readyz, /metrics."""

from flask import Blueprint, Response, abort, current_app, request
from flask.blueprints import BlueprintSetupState

from bot import metrics
from bot.health import seen
from bot.health.checks import Checks
from bot.health.prober import Prober
from bot.health.report import Report
from bot.service import the_service

blueprint = Blueprint("health", __name__)


@blueprint.record
def _look_after(state: BlueprintSetupState) -> None:
    extensions = state.app.extensions
    extensions["health"] = Prober(Checks(extensions["xinshimin"]))


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers; to the doctor it says what it sees."""
    if seen.is_proven(request, the_service().settings.secret_key):
        return Response(seen.Seen.of(request).model_dump_json(), mimetype="application/json")
    return _text("ok")


@blueprint.get("/readyz")
def ready() -> Response:
    """Whether the service can do its work, and what an operator should know. The details are for
    those who ask directly; through the proxy anybody asks."""
    report = _report()
    lines = report.lines[:1] if _through_proxy() else report.lines
    return _text("\n".join(lines), 503 if report.problems else 200)


@blueprint.get("/metrics")
def figures() -> Response:
    """Figures for Prometheus, which asks directly; nothing for those who come through the proxy."""
    if _through_proxy():
        abort(404)
    body = metrics.exposition() + metrics.gauges(_report().gauges)
    return Response(body, mimetype="text/plain; version=0.0.4")


def _report() -> Report:
    prober: Prober = current_app.extensions["health"]
    return prober.report()


def _through_proxy() -> bool:
    return "X-Forwarded-For" in request.headers


def _text(text: str, status: int = 200) -> Response:
    return Response(f"{text}\n", status, mimetype="text/plain")
