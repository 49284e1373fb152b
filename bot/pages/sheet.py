"""`/sheet/<token>`: a person's own sheet, from the answers given in the chat.

The token says whose sheet it is and lapses; WeChat says who looks. Both must be the same person, so
a forwarded link shows nothing.
"""

import json

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlmodel import col

from bot.database import reading
from bot.models import ConversationRow
from bot.pages import tokens
from bot.pages.ahead import ahead
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.pages.result import shown
from bot.service import the_service
from scoring import Facts, read_facts

PURPOSE = "sheet"


@blueprint.get("/sheet/<token>")
@personal
def sheet(token: str) -> ResponseReturnValue:
    """The sheet, to look at, to print, and to take along."""
    service = the_service()
    now = service.clock()
    owner = tokens.read(service.settings.secret_key, PURPOSE, token, int(now.timestamp()))
    if owner is None:
        return render_template("pages/no_sheet.html", why="lapsed"), 404
    if owner != person():
        return render_template("pages/no_sheet.html", why="other"), 403
    facts = _facts(owner)
    if not facts:
        return render_template("pages/no_sheet.html", why="empty"), 404
    rules = service.rules()
    return render_template(
        "pages/sheet.html",
        **shown(rules, facts, now.date()),
        **ahead(rules, facts, now.date(), service.settings.rules),
    )


def _facts(owner: str) -> Facts:
    """What the person said in the chat; empty when there is nothing (any more)."""
    wanted = select(col(ConversationRow.state)).where(col(ConversationRow.person) == owner)
    with reading(the_service().engine) as connection:
        state = connection.scalar(wanted)
    return read_facts(json.loads(state).get("facts", {}) if state else {})
