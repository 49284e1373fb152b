"""The page of the review worksheet."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking.reading import words
from bot.database import reading, writing
from bot.outbox.posting import post
from bot.pages.rulebook import rows_by_id
from bot.service import the_service
from bot.staff import audit, worksheets
from bot.staff.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.day import appointment_at
from bot.staff.forms import MOST, short_text, whole
from bot.staff.worksheets import (
    OPEN,
    RESULTS,
    VERIFIED,
    Line,
    SentError,
    Sheet,
    StaleError,
    came,
)
from scoring import Ruleset
from scoring.results import Estimate

LONGEST = 200
MOST_POINTS = Decimal(1000)  # only catches slips of the pen
REVIEWED = "reviewed"


@blueprint.get("/sites/<site>/appointments/<int(max=2147483647):appointment>/review")
@allowed(*EVERYBODY)
def review(site: str, appointment: int) -> ResponseReturnValue:
    """The worksheet, claims filled in from the citizen's own estimate."""
    service = the_service()
    rules, now = service.rules(), service.clock()
    with reading(service.engine) as connection:
        row = appointment_at(connection, site, appointment)
        result = worksheets.claimed(connection, row.person, rules, now)
        sheet = worksheets.read(connection, appointment, result)
    return _page(row, sheet, result) if came(row) else _too_early(row)


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/review")
@allowed(*EVERYBODY)
def save_review(site: str, appointment: int) -> ResponseReturnValue:
    """Store it; with `send`, tell the citizen, once."""
    service, send = the_service(), request.form.get("send") == "1"
    try:
        with writing(service.engine) as connection:
            row = appointment_at(connection, site, appointment)
            if not came(row):
                return _too_early(row)
            sent = _saved(connection, row, send)
    except SentError:
        abort(409)
    except StaleError:
        return _compared(row), 409
    flash(*_told(send, sent))
    return redirect(url_for("staff.review", site=site, appointment=appointment))


def _page(row: Row[Any], sheet: Sheet, result: Estimate | None, *, stale: bool = False) -> str:
    service = the_service()
    rules = service.rules()
    return render_template(
        "staff/review.html",
        row=row,
        sheet=sheet,
        rules=rules,
        rows=rows_by_id(rules, service.clock().date()),
        result=result,
        results=RESULTS,
        stale=stale,
    )


def _compared(row: Row[Any]) -> str:
    """What was typed, over the draft a colleague saved meanwhile: nothing is lost on either side,
    and saving once more is a decision."""
    service = the_service()
    rules = service.rules()
    with reading(service.engine) as connection:
        result = worksheets.claimed(connection, row.person, rules, service.clock())
        theirs = worksheets.read(connection, row.id, result)
    lines = {line.item: line for line in _given(rules, theirs) if not line.is_blank}
    return _page(row, replace(theirs, lines=lines), result, stale=True)


def _too_early(row: Row[Any]) -> ResponseReturnValue:
    flash("review_too_early", "bad")
    return redirect(url_for("staff.appointment", site=row.site, appointment=row.id))


def _saved(connection: Connection, row: Row[Any], send: bool) -> bool:
    """Store the form's lines, and if wanted and possible send the result; whether it was sent."""
    service = the_service()
    rules, now = service.rules(), service.clock()
    before = worksheets.read(
        connection, row.id, worksheets.claimed(connection, row.person, rules, now)
    )
    lines = list(_given(rules, before))
    version = whole(request.form.get("version"), 0, MOST) or 0
    number = worksheets.save(connection, row, rules.id, lines, me().account, now, version=version)
    target = f"appointment {row.id}"
    audit.record(connection, now, me().account, "save_review", target, site=row.site)
    sheet = worksheets.read(connection, row.id, None)
    if not send or not sheet.is_complete:
        return False
    worksheets.mark_sent(connection, number, now)
    audit.record(connection, now, me().account, "send_review", target, points=sheet.total)
    if row.person:
        post(connection, row.person, REVIEWED, words(row), now=now)
    return True


def _told(send: bool, sent: bool) -> tuple[str, str]:
    if sent:
        return "review_sent", ""
    return ("review_incomplete", "bad") if send else ("review_saved", "")


def _given(rules: Ruleset, before: Sheet) -> Iterator[Line]:
    """The lines as the form has them; claims are never taken from the form."""
    form = request.form
    for id in rows_by_id(rules, the_service().clock().date()):
        known = before.lines.get(id)
        claimed = known.claimed if known else Decimal(0)
        result = form.get(f"result-{id}", OPEN)
        if result not in RESULTS:
            abort(400)
        verified = _points(form.get(f"verified-{id}"))
        if result == VERIFIED and verified is None:
            verified = claimed
        yield Line(
            id,
            claimed,
            short_text(form.get(f"papers-{id}"), LONGEST),
            None if result == OPEN else verified or Decimal(0),
            result,
            short_text(form.get(f"reason-{id}"), LONGEST),
        )


def _points(text: str | None) -> Decimal | None:
    """Points as typed, at most two places; None when there are none."""
    if not (text or "").strip():
        return None
    try:
        points = Decimal((text or "").strip())
    except InvalidOperation:
        abort(400)
    if not points.is_finite() or abs(points) > MOST_POINTS:
        abort(400)
    return points.quantize(Decimal("0.01"))
