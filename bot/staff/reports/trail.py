"""The audit trail as a page, for administrators."""

import json
from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.database import reading
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import ADMINISTRATOR, allowed
from bot.staff.blueprint import blueprint
from bot.staff.forms import row_number
from bot.staff.reports.views import labels
from bot.staff.sites import site_titles
from bot.staff.words import masked_name, masked_phone
from bot.web.stored_words import words
from dialogs.faq import topics


@blueprint.get("/trail")
@allowed(ADMINISTRATOR)
def trail() -> ResponseReturnValue:
    """Who changed what, newest first, a page at a time."""
    account, action = request.args.get("account", ""), request.args.get("action", "")
    before = row_number(request.args.get("before"))
    with reading(the_service().engine) as connection:
        entries = audit.entries(connection, before, account, action)
        readable = site_titles(connection) | words()["roles"] | words()["proofs"] | _titles()
    lines = [(entry, json.loads(entry.detail) | _masked(entry.personal)) for entry in entries]
    more = entries[-1].id if len(entries) == audit.PAGE else None
    return render_template(
        "staff/trail.html",
        lines=lines,
        more=more,
        account=account,
        action=action,
        readable=readable,
    )


def _masked(personal: str | None) -> dict[str, object]:
    """What names somebody, as far as a list may show it."""
    kept: dict[str, Any] = json.loads(personal or "{}")
    masks: dict[str, Callable[[str], str]] = {"name": masked_name, "phone": masked_phone}
    return {name: masks[name](said) if name in masks else said for name, said in kept.items()}


def _titles() -> dict[str, str]:
    """What reports and topics are called."""
    titles = {topic.id: topic.title for topic in topics().values()}
    return titles | {name: report["title"] for name, report in labels().items()}
