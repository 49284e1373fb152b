"""The page of the review worksheet."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot import worksheets
from bot.booking import transitions
from bot.booking.queries import came, words
from bot.database import reading, writing
from bot.models.appointment import SERVED
from bot.outbox.posting import post
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth import members
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter.fact_fields import field_texts, in_words
from bot.staff.counter.holding import HeldError, hand_over, holder_of
from bot.staff.counter.steps import appointment_at, next_steps
from bot.staff.counter.worksheet_form import Decision, Worksheet, rows_of
from bot.staff.flashes import about, say
from bot.staff.forms import row_number
from bot.staff.reach import REVIEWED, way_to
from bot.store import ticks_told
from bot.web.rulebook import rows_by_id
from bot.worksheets import RESULTS, SentError, StaleError
from dialogs.conversation import Ticks
from dialogs.papers import listed
from dialogs.phrases import points
from scoring import estimate, read_facts

SEND, ALL_TRUE = "1", "all"  # what the buttons of the form say that finish it


class UnreadableError(Exception):
    """A field cannot be taken; nothing was saved."""


class NotHereError(Exception):
    """The person was sent back meanwhile, as if they had not come; nothing was saved."""


@blueprint.get("/sites/<site>/appointments/<int(max=2147483647):appointment>/review")
@allowed(*EVERYBODY)
def review(site: str, appointment: int) -> ResponseReturnValue:
    """The worksheet, claims filled in from the citizen's own estimate."""
    with reading(the_service().engine) as connection:
        row = appointment_at(connection, site, appointment)
        worksheet = _worksheet(connection, row)
    if not came(row):
        return _too_early(row)
    return _page(row, worksheet, worksheet.kept())


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/review")
@allowed(*EVERYBODY)
def save_review(site: str, appointment: int) -> ResponseReturnValue:
    """Store it; with `send`, tell the citizen, and the appointment is served."""
    service, send = the_service(), request.form.get("send") in (SEND, ALL_TRUE)
    try:
        with writing(service.engine) as connection:
            row = appointment_at(connection, site, appointment)
            sent = _saved(connection, row, send)
            way = way_to(connection, row, REVIEWED) if sent else ""
    except UnreadableError:
        return _again(row), 400
    except SentError:
        return _again(row, sent=True), 409
    except StaleError:
        return _again(row, stale=True), 409
    except (HeldError, NotHereError):
        return _again(row), 409
    if sent:
        say("review_sent", way=way, **about(row))
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
            if row.served_by:  # the clerk who puts it right has it
                hand_over(connection, row, row.served_by, now)
            transitions.claim(connection, row.id, me().account)
        sheet = worksheets.read(connection, row.id, None)
    twice = sheet.taken_back_at is not None and not sheet.sent_at
    say("review_reopened" if twice else "nothing_sent", bad=not twice)
    return redirect(url_for("staff.review", site=site, appointment=appointment))


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/review/count")
@allowed(*EVERYBODY)
def count_review(site: str, appointment: int) -> ResponseReturnValue:
    """What the form comes to as it stands; nothing is stored."""
    with reading(the_service().engine) as connection:
        worksheet = _worksheet(connection, appointment_at(connection, site, appointment))
    shown = worksheet.showing(worksheet.given(request.form))
    each = {id: points(shown.points(one)) for id, one in shown.entries.items()}
    return {"total": points(shown.total), "points": each}


@blueprint.get("/sites/<site>/appointments/<int(max=2147483647):appointment>/review/slip")
@allowed(*EVERYBODY)
def review_slip(site: str, appointment: int) -> ResponseReturnValue:
    """The result on paper, for who stands at the window without a telephone."""
    with reading(the_service().engine) as connection:
        row = appointment_at(connection, site, appointment)
        worksheet = _worksheet(connection, row)
        names = members.names(connection)
    if worksheet.sheet.sent_at is None:
        abort(404)
    return render_template(
        "staff/slip.html",
        row=row,
        sheet=worksheet.sheet,
        rows=rows_by_id(worksheet.rules, worksheet.on),
        names=names,
    )


def _worksheet(connection: Connection, row: Row[Any]) -> Worksheet:
    service = the_service()
    rules, today = service.rules(), service.clock().date()
    told = worksheets.told(connection, row.person)
    claimed = estimate(rules, read_facts(told), on=today) if told else None
    return Worksheet(rules, today, told, claimed, worksheets.read(connection, row.id, claimed))


def _page(
    row: Row[Any], worksheet: Worksheet, decisions: Mapping[str, Decision], **more: object
) -> str:
    service = the_service()
    with reading(service.engine) as connection:
        names = members.names(connection)
        ticks = ticks_told(connection, row.person) if worksheet.told and row.person else Ticks()
    return render_template(
        "staff/review.html",
        papers=listed(worksheet.claimed, ticks) if worksheet.claimed else (),
        row=row,
        worksheet=worksheet,
        determination=worksheet.determination(service.signing),
        sheet=worksheet.sheet,
        decisions=decisions,
        items=rows_of(worksheet.result(decisions)),
        rows=rows_by_id(worksheet.rules, worksheet.on),
        field_texts=field_texts,
        in_words=in_words,
        results=RESULTS,
        next_steps=next_steps,
        now=service.clock(),
        came=came(row),
        holder=holder_of(row),
        names=names,
        **{"faults": {}} | more,
    )


def _again(row: Row[Any], *, sent: bool = False, stale: bool = False) -> str:
    """What was typed, to be looked at once more. Whatever a colleague did meanwhile (sent the
    result, saved another draft (`stale`), took the person over, sent them back to wait), nothing is
    lost on either side, and saving again is a decision."""
    with reading(the_service().engine) as connection:
        row = appointment_at(connection, row.site, row.id)
        worksheet = _worksheet(connection, row)
    given = worksheet.given(request.form, _all_true())
    if sent:
        return _page(row, worksheet, worksheet.kept(), unsaved=given.unlike(worksheet.sheet))
    shown = worksheet.showing(given)
    return _page(row, shown, given.decisions, again=True, stale=stale, faults=given.faults)


def _too_early(row: Row[Any]) -> ResponseReturnValue:
    say("review_too_early", bad=True)
    return redirect(url_for("staff.appointment", site=row.site, appointment=row.id))


def _saved(connection: Connection, row: Row[Any], send: bool) -> bool:
    """Store the form's lines, and if wanted and possible send the result; whether it was sent.

    Raises:
        UnreadableError, SentError, StaleError, HeldError, NotHereError: see there. Nothing is kept.
    """
    service = the_service()
    now, by = service.clock(), me().account
    worksheet = _worksheet(connection, row)
    given = worksheet.given(request.form, _all_true())
    if given.faults:
        raise UnreadableError
    version = row_number(request.form.get("version")) or 0
    rules = worksheet.rules.id
    number = worksheets.save(connection, row, rules, given.lines, by, now, version=version)
    if not came(row):
        raise NotHereError
    if request.form.get("holder"):
        hand_over(connection, row, request.form["holder"], now)
    if not transitions.claim(connection, row.id, by):
        raise HeldError
    target = f"appointment {row.id}"
    audit.record(connection, now, by, "save_review", target, site=row.site)
    if not send or not worksheet.showing(given).sheet.is_complete:
        return False
    total = worksheet.showing(given).total
    worksheets.mark_sent(connection, number, total, now)
    sent: dict[str, object] = {"points": str(total)}
    audit.record(connection, now, by, "send_review", target, sent, site=row.site)
    if transitions.step(connection, row.id, SERVED, now, by):
        audit.record(connection, now, by, "finish", target, site=row.site)
    if row.person:
        post(connection, row.person, REVIEWED, words(row), now=now)
    return True


def _all_true() -> bool:
    """Whether what the citizen told is true as a whole: one button says so."""
    return request.form.get("send") == ALL_TRUE
