"""The page of the review worksheet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking import window
from bot.booking.reading import words
from bot.database import reading, writing
from bot.models.appointment import SERVED
from bot.outbox.posting import post
from bot.pages.rulebook import Row as RuleRow
from bot.pages.rulebook import rows_by_id
from bot.service import the_service
from bot.staff import audit, worksheets
from bot.staff.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.forms import row_number, short_text
from bot.staff.saying import about, say
from bot.staff.steps import appointment_at, next_steps
from bot.staff.worksheets import (
    CHANGED,
    OPEN,
    REFUSED,
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
NOTHING = Decimal(0)
MOST_SIGNS = 7  # as many as the field takes
REVIEWED = "reviewed"
DEDUCTION = "deduction"


class UnreadableError(Exception):
    """Points that are none; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the form says: the lines, and by item the points that cannot be read as typed."""

    lines: tuple[Line, ...]
    unread: Mapping[str, str]

    def over(self, sheet: Sheet) -> Sheet:
        """The sheet with these lines instead of its own, to be shown again."""
        return replace(sheet, lines={line.item: line for line in self.lines if not line.is_blank})


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
    """Store it; with `send`, tell the citizen, and the appointment is served."""
    service, send = the_service(), request.form.get("send") == "1"
    try:
        with writing(service.engine) as connection:
            row = appointment_at(connection, site, appointment)
            if not came(row):
                return _too_early(row)
            sent = _saved(connection, row, send)
    except SentError:
        return _again(row), 409
    except StaleError:
        return _again(row, stale=True), 409
    except UnreadableError:
        return _again(row), 400
    if sent:
        say("review_sent", **about(row))
    else:
        say("review_incomplete" if send else "review_saved", bad=send)
    if sent and row.day == service.clock().date():
        return redirect(url_for("staff.day", site=site))  # where the next one waits
    return redirect(url_for("staff.review", site=site, appointment=appointment))


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/review/reopen")
@allowed(*EVERYBODY)
def reopen_review(site: str, appointment: int) -> ResponseReturnValue:
    """A result that went out wrong is put right, and sent again."""
    service = the_service()
    with writing(service.engine) as connection:
        row = appointment_at(connection, site, appointment)
        if row.blanked_at is not None:
            abort(404)  # whose result it was is not known any more
        if worksheets.reopen(connection, row.id):
            now, target = service.clock(), f"appointment {row.id}"
            audit.record(connection, now, me().account, "reopen_review", target, site=site)
    say("review_reopened")
    return redirect(url_for("staff.review", site=site, appointment=appointment))


def _page(row: Row[Any], sheet: Sheet, result: Estimate | None, **more: object) -> str:
    service = the_service()
    rules, now = service.rules(), service.clock()
    return render_template(
        "staff/review.html",
        row=row,
        sheet=sheet,
        rules=rules,
        rows=rows_by_id(rules, now.date()),
        result=result,
        results=RESULTS,
        next_steps=next_steps,
        now=now,
        **more,
    )


def _again(row: Row[Any], *, stale: bool = False) -> str:
    """What was typed, to be looked at once more. If it is over the draft a colleague saved
    meanwhile (`stale`), nothing is lost on either side, and saving again is a decision."""
    service = the_service()
    rules = service.rules()
    with reading(service.engine) as connection:
        result = worksheets.claimed(connection, row.person, rules, service.clock())
        kept = worksheets.read(connection, row.id, result)
    given = _given(rules, kept)
    return _page(row, given.over(kept), result, stale=stale, unread=given.unread)


def _too_early(row: Row[Any]) -> ResponseReturnValue:
    say("review_too_early", bad=True)
    return redirect(url_for("staff.appointment", site=row.site, appointment=row.id))


def _saved(connection: Connection, row: Row[Any], send: bool) -> bool:
    """Store the form's lines, and if wanted and possible send the result; whether it was sent."""
    service = the_service()
    rules, now = service.rules(), service.clock()
    before = worksheets.read(
        connection, row.id, worksheets.claimed(connection, row.person, rules, now)
    )
    given = _given(rules, before)
    if given.unread:
        raise UnreadableError
    version = row_number(request.form.get("version")) or 0
    number = worksheets.save(
        connection, row, rules.id, given.lines, me().account, now, version=version
    )
    target = f"appointment {row.id}"
    audit.record(connection, now, me().account, "save_review", target, site=row.site)
    sheet = worksheets.read(connection, row.id, None)
    if not send or not sheet.is_complete:
        return False
    worksheets.mark_sent(connection, number, now)
    audit.record(
        connection, now, me().account, "send_review", target, site=row.site, points=sheet.total
    )
    if window.step(connection, row.id, SERVED, now):
        audit.record(connection, now, me().account, "finish", target, site=row.site)
    if row.person:
        post(connection, row.person, REVIEWED, words(row), now=now)
    return True


def _given(rules: Ruleset, before: Sheet) -> Given:
    """The lines as the form has them; claims are never taken from the form."""
    lines, unread = [], {}
    for id, rule in rows_by_id(rules, the_service().clock().date()).items():
        known = before.lines.get(id)
        typed = request.form.get(f"verified-{id}", "").strip()
        try:
            points = _points(typed, rule)
        except ValueError:
            points, unread[id] = None, typed[:MOST_SIGNS]
        if known and points == known.verified and _result(id) != known.result:
            points = None  # typed for the decision of before; the new one counts
        lines.append(_line(id, known.claimed if known else NOTHING, points))
    return Given(tuple(lines), unread)


def _line(id: str, claimed: Decimal, points: Decimal | None) -> Line:
    """One line. Points typed without a word, or as true though they differ, decide by themselves
    what the result is called; a change without points is not decided."""
    form, result = request.form, _result(id)
    if points is not None and result in (OPEN, VERIFIED):
        result = VERIFIED if points == claimed else CHANGED
    decided = {OPEN: None, VERIFIED: claimed, CHANGED: points, REFUSED: NOTHING}
    papers = short_text(form.get(f"papers-{id}"), LONGEST)
    reason = short_text(form.get(f"reason-{id}"), LONGEST)
    return Line(id, claimed, papers, decided[result], result, reason)


def _result(id: str) -> str:
    result = request.form.get(f"result-{id}", OPEN)
    return result if result in RESULTS else abort(400)


def _points(text: str, rule: RuleRow) -> Decimal | None:
    """Points as typed, at most two places; None when there are none. Of a deduction they are taken
    off, whether the clerk wrote the minus or not; others cannot be negative.

    Raises:
        ValueError: these are no points.
    """
    if not text:
        return None
    try:
        points = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    off = rule.item.rule == DEDUCTION
    if not points.is_finite() or abs(points) > MOST_POINTS or (points < 0 and not off):
        raise ValueError(text)
    return (-abs(points) if off else points).quantize(Decimal("0.01"))
