"""Signing out of the personal pages: in this browser, or in all of the person's."""

from flask import (
    flash,
    g,
    get_flashed_messages,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from bot import page_sessions
from bot.database import writing
from bot.pages import oauth
from bot.pages.blueprint import blueprint
from bot.service import the_service

EVERYWHERE = "everywhere"


@blueprint.context_processor
def shown() -> dict[str, object]:
    """Whether the page offers to sign out. Only where the view has asked who looks: pages that are
    the same for everybody do not, and an error page must not need the database."""
    return {"signed_in": g.get("person") is not None}


@blueprint.get("/sign-out")
def signed_out() -> ResponseReturnValue:
    """What signing out has done; the buttons for it where the person is still signed in."""
    oauth.person()
    everywhere = EVERYWHERE in get_flashed_messages(category_filter=[EVERYWHERE])
    return render_template("pages/sign_out.html", everywhere=everywhere)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the sign-in here, or everywhere, in the database too. Of the cookie nothing stays."""
    person, everywhere = oauth.person(), bool(request.form.get(EVERYWHERE))
    oauth.sign_out()
    if person is not None and everywhere:
        with writing(the_service().engine) as connection:
            page_sessions.end_all(connection, person)
    session.clear()
    if everywhere:
        flash(EVERYWHERE, EVERYWHERE)
    return redirect(url_for("pages.signed_out"))
