"""The audit trail as a page, for administrators."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, select

from bot.booking.tables import appointments
from bot.database import reading
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import members
from bot.staff.auth.access import ADMINISTRATOR, allowed
from bot.staff.blueprint import blueprint
from bot.staff.forms import read_day, row_number
from bot.staff.reports.views import labels
from bot.staff.sites import site_titles
from bot.staff.words import masked_name, masked_phone
from bot.web.stored_words import words
from dialogs.faq import topics

LONGEST_CODE = 8
OF_ONE = "appointment "  # how the target of such an entry begins


@blueprint.get("/trail")
@allowed(ADMINISTRATOR)
def trail() -> ResponseReturnValue:
    """Who changed what, newest first, a page at a time."""
    asked, about = request.args, request.args.getlist("appointment", type=int)
    with reading(the_service().engine) as connection:
        which = audit.Filter(
            account=asked.get("account", ""),
            action=asked.get("action", ""),
            day=read_day(asked.get("day")),
            targets=[f"{OF_ONE}{number}" for number in about] or None,
            before=row_number(asked.get("before")),
        )
        entries = audit.entries(connection, which)
        people = members.names(connection)
        readable = (
            site_titles(connection)
            | words()["roles"]
            | words()["states"]
            | words()["outcomes"]
            | words()["proofs"]
            | _titles()
            | _codes(connection, [entry.target for entry in entries])
        )
    lines = [(entry, json.loads(entry.detail) | _masked(entry.personal)) for entry in entries]
    more = entries[-1].id if len(entries) == audit.PAGE else None
    return render_template(
        "staff/trail.html",
        lines=lines,
        more=more,
        which=which,
        about=about,
        people=people,
        readable=readable,
    )


@blueprint.post("/trail")
@allowed(ADMINISTRATOR)
def narrow_trail() -> ResponseReturnValue:
    """To the entries that the form asks for. A check-in code stands in no address: its appointments
    do, by their numbers."""
    form = request.form
    code = "".join(form.get("code", "").split())[:LONGEST_CODE]
    with reading(the_service().engine) as connection:
        about = _with_code(connection, code) or [0] if code else None
    day, account, action = (form.get(name) or None for name in ("day", "account", "action"))
    to = url_for("staff.trail", day=day, account=account, action=action, appointment=about)
    return redirect(to)


def _with_code(connection: Connection, code: str) -> list[int]:
    """The appointments that have or had this check-in code."""
    return list(connection.scalars(select(appointments.c.id).where(appointments.c.code == code)))


def _codes(connection: Connection, targets: Iterable[str]) -> dict[str, str]:
    """What the counter knows these appointments by: their check-in codes, by target."""
    numbers = [int(one[len(OF_ONE) :]) for one in targets if one.startswith(OF_ONE)]
    these = select(appointments.c.id, appointments.c.code).where(appointments.c.id.in_(numbers))
    return {f"{OF_ONE}{row.id}": row.code for row in connection.execute(these) if row.code}


def _masked(personal: str | None) -> dict[str, object]:
    """What names a person, as far as a list may show it."""
    kept: dict[str, Any] = json.loads(personal or "{}")
    masks: dict[str, Callable[[str], str]] = {"name": masked_name, "phone": masked_phone}
    return {name: masks[name](said) if name in masks else said for name, said in kept.items()}


def _titles() -> dict[str, str]:
    """What reports and topics are called."""
    titles = {topic.id: topic.title for topic in topics().values()}
    return titles | {name: report["title"] for name, report in labels().items()}
