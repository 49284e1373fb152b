"""Pages that say what this is and what becomes of one's data."""

from datetime import timedelta

from flask import Response, abort, render_template

from bot.page_sessions import LASTS
from bot.pages.blueprint import blueprint
from bot.pages.sealed_answers import LASTS as KEPT_ANSWERS
from bot.retention import KEEP_UNMATCHED, reply_hours
from bot.service import the_service
from bot.unmatched import KEPT
from bot.web.keeping import public
from dialogs.consent_texts import general
from dialogs.early import MINUTES, MOST
from dialogs.region.background import background as county_background


@blueprint.get("/")
def home() -> str:
    """What this is, how to begin, privacy in two lines."""
    public()
    return render_template("pages/home.html")


@blueprint.get("/background")
def background() -> str:
    """What the rules rest on, how they were made, their chapters and articles."""
    public()
    told, service = county_background(), the_service()
    if not told.sections:
        abort(404)
    return render_template(
        "pages/background.html",
        sections=told.sections,
        documents=told.documents,
        book=service.rules(),
        today=service.clock().date(),
    )


@blueprint.get("/privacy")
def privacy() -> str:
    """Who, what for, how long, how to delete."""
    public()
    settings = the_service().settings
    return render_template(
        "pages/privacy.html",
        retention_days=settings.keep_days,
        blank_days=settings.blank_days,
        answers_days=KEPT_ANSWERS.days,
        session_hours=LASTS // timedelta(hours=1),
        signs_in=settings.signs_in,
        early_minutes=MINUTES,
        early_most=MOST,
        reply_hours=reply_hours(settings),
        unmatched_days=KEEP_UNMATCHED.days,
        unmatched_most=KEPT,
        version=general().version,
        since=general().since,
        news=general().news,
        forwards=bool(settings.forward),
    )


@blueprint.get("/MP_verify_<code>.txt")
def verification(code: str) -> Response:
    """WeChat's proof that this address belongs to the account: a file that repeats its own name."""
    if code not in the_service().settings.wechat_verify.replace(" ", "").split(","):
        abort(404)
    return Response(code, mimetype="text/plain")
