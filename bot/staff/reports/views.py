"""Reports: charts drawn on the server, tables, and the same as a file for spreadsheets."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from bot.database import reading, writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import DESK, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.forms import given_day
from bot.staff.reports import charts, spreadsheet, workbook
from bot.staff.reports.catalogue import BY_SITE, COMPARED, REPORTS, SHARES, of_all, read
from bot.staff.reports.kept import KeptTalks, Read
from bot.staff.reports.rows import Row, Rows, Span
from bot.staff.reports.work import WORK
from bot.web.stored_words import words
from dialogs import data

DAYS = 28
MOST_BARS = 16  # of a chart; the table beside it has all
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


@cache
def labels() -> dict[str, Any]:
    """Report → title, about, columns."""
    return data.load("templates", "staff/reports.yaml", dict[str, Any])


@blueprint.get("/reports")
@allowed(*DESK)
def reports() -> ResponseReturnValue:
    """What the windows did in a span of days, four weeks by default."""
    span = _span()
    with reading(the_service().engine) as connection:
        return _page(span, read(connection, span, WORK))


@blueprint.get("/reports/talks")
@allowed(*DESK)
def talk_reports() -> ResponseReturnValue:
    """What people told in the chat. Each talk is opened for it, which takes a while: what was read
    stands for some minutes."""
    span = _span()
    return _page(span, *_talks(span))


@blueprint.post("/reports/<name>.csv")
@allowed(*DESK)
def export(name: str) -> ResponseReturnValue:
    """One report as a file. Taking data out is noted."""
    if name not in REPORTS:
        abort(404)
    service, span = the_service(), _span()
    with writing(service.engine) as connection:
        rows = read(connection, span, (name,))[name]
        audit.record(connection, service.clock(), me().account, "export", name, rows=len(rows))
    said = [(missing,)] if (missing := _unread(name, rows)) else []
    content = spreadsheet.written(labels()[name]["columns"], [*rows, *said])
    return _file(content, "text/csv", f"{name}-{span.first}-{span.last}.csv")


@blueprint.post("/reports/all.xlsx")
@allowed(*DESK)
def export_all() -> ResponseReturnValue:
    """All reports as one workbook. Taking data out is noted."""
    service, span = the_service(), _span()
    with reading(service.engine) as connection:
        found = read(connection, span, REPORTS)
    with writing(service.engine) as connection:
        lines = sum(len(rows) for rows in found.values())
        audit.record(connection, service.clock(), me().account, "export", "reports", rows=lines)
    sheets = {
        labels()[name]["title"]: workbook.Sheet(
            labels()[name]["columns"], rows, [text for text in (_unread(name, rows),) if text]
        )
        for name, rows in found.items()
    }
    return _file(workbook.written(sheets), XLSX, f"reports-{span.first}-{span.last}.xlsx")


def _talks(span: Span) -> Read:
    service = the_service()
    made = KeptTalks(service.engine, service.clock)
    kept: KeptTalks = current_app.extensions.setdefault("talk_reports", made)
    return kept(span)


def _page(span: Span, found: dict[str, Rows], read_at: datetime | None = None) -> str:
    shown = {name: _shown(name, rows) for name, rows in found.items()}
    return render_template(
        "staff/reports.html",
        span=span,
        found=shown,
        unread={name: _unread(name, rows) for name, rows in found.items()},
        charts={name: _chart(name, rows) for name, rows in shown.items() if rows},
        labels=labels(),
        most_bars=MOST_BARS,
        read_at=read_at,
    )


def _file(content: bytes, kind: str, name: str) -> Response:
    shown = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=kind, headers=shown)


def _span() -> Span:
    service = the_service()
    today = service.clock().date()
    last = _bounded(given_day(request.values.get("last"), today))
    first = given_day(request.values.get("first"), last - timedelta(days=DAYS - 1))
    return Span(min(_bounded(first), last), last, service.rules())


def _bounded(day: date) -> date:
    """At the ends of the calendar there is no day before, and no other zone."""
    return min(max(day, EARLIEST), LATEST)


def _shown(name: str, rows: list[Row]) -> list[Row]:
    """As the page has it: with the whole county in front. In a file that row would count twice."""
    if name not in BY_SITE or len(rows) < 2:
        return rows
    return [(words()["targets"]["all"], *of_all(name, rows)), *rows]


def _unread(name: str, rows: Rows) -> str:
    """A sentence about what could not be read and is not counted, "" where nothing is missing."""
    return str(labels()[name]["unread"]).format(count=rows.unread) if rows.unread else ""


def _chart(name: str, rows: list[Row]) -> charts.Chart:
    draw = charts.shares if name in SHARES else charts.bars
    second = name in SHARES | COMPARED
    drawn = [(str(row[0]), row[1] or 0, row[2] if second else None) for row in rows[:MOST_BARS]]
    return draw(labels()[name]["title"], drawn)
