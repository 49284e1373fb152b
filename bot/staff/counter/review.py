"""The page of the review worksheet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot import worksheets
from bot.booking import counter
from bot.booking.queries import came, words
from bot.database import reading, writing
from bot.models.appointment import SERVED
from bot.outbox.posting import post
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import members
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter.holding import HeldError, hand_over, holder_of
from bot.staff.counter.steps import appointment_at, next_steps
from bot.staff.flashes import about, say
from bot.staff.forms import row_number, short_text
from bot.store import ticks_told
from bot.web.rulebook import Row as RuleRow
from bot.web.rulebook import rows_by_id
from bot.worksheets import (
    NOTHING,
    OPEN,
    RESULTS,
    Line,
    SentError,
    Sheet,
    StaleError,
    decide,
)
from dialogs.conversation import Ticks
from dialogs.papers import listed
from scoring import Ruleset
from scoring.engine import verified
from scoring.engine.results import Estimate

LONGEST = 200
MOST_POINTS = Decimal(1000)  # where a ruleset states no end: only catches slips of the pen
MOST_SIGNS = 7  # as many as the field takes
REVIEWED = "reviewed"
DEDUCTION = "deduction"


class UnreadableError(Exception):
    """Points that cannot be given; nothing was saved."""


class NotHereError(Exception):
    """The person was sent back meanwhile, as if they had not come; nothing was saved."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Points that cannot be given: `typed` as the field has it, which is no `number` or out of what
    the rules allow."""

    typed: str
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the form says: the lines, and by item the points that are at fault."""

    lines: tuple[Line, ...]
    faults: Mapping[str, Fault]

    def over(self, sheet: Sheet) -> Sheet:
        """The sheet with these lines instead of its own, to be shown again."""
        return replace(sheet, lines={line.item: line for line in self.lines if not line.is_blank})

    def unlike(self, sheet: Sheet) -> list[Line]:
        """The lines that the sheet has otherwise."""
        blank = {line.item: line for line in self.lines if line.is_blank}
        return [
            line for line in self.lines if sheet.lines.get(line.item, blank.get(line.item)) != line
        ]


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
            sent = _saved(connection, row, send)
    except UnreadableError:
        return _again(row), 400
    except SentError:
        return _again(row, sent=True), 409
    except StaleError:
        return _again(row, stale=True), 409
    except (HeldError, NotHereError):
        return _again(row), 409
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
        now, target = service.clock(), f"appointment {row.id}"
        reopened = worksheets.reopen(connection, row.id, now)
        if reopened:
            audit.record(connection, now, me().account, "reopen_review", target, site=site)
            if row.served_by:  # whoever puts it right has it from now on
                hand_over(connection, row, row.served_by, now)
            counter.claim(connection, row.id, me().account)
        sheet = worksheets.read(connection, row.id, None)
    twice = sheet.taken_back_at is not None and not sheet.sent_at
    say("review_reopened" if twice else "nothing_sent", bad=not twice)
    return redirect(url_for("staff.review", site=site, appointment=appointment))


def _page(row: Row[Any], sheet: Sheet, result: Estimate | None, **more: object) -> str:
    service = the_service()
    rules, now = service.rules(), service.clock()
    with reading(service.engine) as connection:
        names = members.names(connection)
        ticks = ticks_told(connection, row.person) if result and row.person else Ticks()
    return render_template(
        "staff/review.html",
        papers=listed(result, ticks) if result and ticks != Ticks() else (),
        row=row,
        sheet=sheet,
        rules=rules,
        rows=rows_by_id(rules, now.date()),
        allowed=verified.allowed(rules, now.date()),
        result=result,
        results=RESULTS,
        next_steps=next_steps,
        now=now,
        came=came(row),
        holder=holder_of(row),
        names=names,
        **{"faults": {}} | more,
    )


def _again(row: Row[Any], *, sent: bool = False, stale: bool = False) -> str:
    """What was typed, to be looked at once more. Whatever a colleague did meanwhile (sent the
    result, saved another draft (`stale`), took the person over, sent them back to wait), nothing is
    lost on either side, and saving again is a decision."""
    service = the_service()
    rules = service.rules()
    with reading(service.engine) as connection:
        row = appointment_at(connection, row.site, row.id)
        result = worksheets.claimed(connection, row.person, rules, service.clock())
        kept = worksheets.read(connection, row.id, result)
    given = _given(rules, kept)
    if sent:
        return _page(row, kept, result, unsaved=given.unlike(kept))
    return _page(row, given.over(kept), result, again=True, stale=stale, faults=given.faults)


def _too_early(row: Row[Any]) -> ResponseReturnValue:
    say("review_too_early", bad=True)
    return redirect(url_for("staff.appointment", site=row.site, appointment=row.id))


def _saved(connection: Connection, row: Row[Any], send: bool) -> bool:
    """Store the form's lines, and if wanted and possible send the result; whether it was sent.

    Raises:
        UnreadableError, SentError, StaleError, HeldError, NotHereError: see there. Nothing is kept.
    """
    service = the_service()
    rules, now, by = service.rules(), service.clock(), me().account
    before = worksheets.read(
        connection, row.id, worksheets.claimed(connection, row.person, rules, now)
    )
    given = _given(rules, before)
    if given.faults:
        raise UnreadableError
    version = row_number(request.form.get("version")) or 0
    number = worksheets.save(connection, row, rules.id, given.lines, by, now, version=version)
    if not came(row):
        raise NotHereError
    if request.form.get("holder"):
        hand_over(connection, row, request.form["holder"], now)
    if not counter.claim(connection, row.id, by):
        raise HeldError
    target = f"appointment {row.id}"
    audit.record(connection, now, by, "save_review", target, site=row.site)
    sheet = worksheets.read(connection, row.id, None)
    if not send or not sheet.is_complete:
        return False
    total = _total(rules, sheet, now.date())
    worksheets.mark_sent(connection, number, total, now)
    sent: dict[str, object] = {"points": str(total)}
    audit.record(connection, now, by, "send_review", target, sent, site=row.site)
    if counter.step(connection, row.id, SERVED, now, by):
        audit.record(connection, now, by, "finish", target, site=row.site)
    if row.person:
        post(connection, row.person, REVIEWED, words(row), now=now)
    return True


def _total(rules: Ruleset, sheet: Sheet, on: date) -> Decimal:
    points = {line.item: line.verified or NOTHING for line in sheet.lines.values()}
    return verified.together(rules, points, on)


def _given(rules: Ruleset, before: Sheet) -> Given:
    """The lines as the form has them; claims are never taken from the form."""
    lines, faults = [], {}
    on = the_service().clock().date()
    allowed = verified.allowed(rules, on)
    for id, rule in rows_by_id(rules, on).items():
        known = before.lines.get(id)
        typed = request.form.get(f"verified-{id}", "").strip()
        try:
            points = _points(typed, rule)
        except InvalidOperation:
            points, faults[id] = None, Fault(typed[:MOST_SIGNS])
        line = _line(id, known.claimed if known else NOTHING, points)
        least, most = (max(-MOST_POINTS, min(MOST_POINTS, limit)) for limit in allowed[id])
        if line.verified is not None and not least <= line.verified <= most:
            faults[id] = Fault(typed[:MOST_SIGNS], line.verified)
        lines.append(line)
    return Given(tuple(lines), faults)


def _line(id: str, claimed: Decimal, points: Decimal | None) -> Line:
    form, result = request.form, request.form.get(f"result-{id}", OPEN)
    if result not in RESULTS:
        abort(400)
    papers = short_text(form.get(f"papers-{id}"), LONGEST)
    reason = short_text(form.get(f"reason-{id}"), LONGEST)
    return decide(Line(id, claimed, papers, points, result, reason))


def _points(text: str, rule: RuleRow) -> Decimal | None:
    """Points as typed, at most two places; None when there are none. Of a deduction they are taken
    off, whether the clerk wrote the minus or not.

    Raises:
        InvalidOperation: this is no number.
    """
    if not text:
        return None
    points = Decimal(text)
    if not points.is_finite():
        raise InvalidOperation
    off = rule.item.rule == DEDUCTION
    return (-abs(points) if off else points).quantize(Decimal("0.01"))
