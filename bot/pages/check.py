"""`/sheet/check`: one's own count beside the official one. What is typed is compared, not kept."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.database import reading
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.pages.sheet import facts_of
from bot.service import the_service
from bot.store import ticks_told
from dialogs.conversation import Ticks
from dialogs.differences import Line, lines
from dialogs.papers import listed
from dialogs.phrases import say
from scoring import Estimate, estimate

LONGEST = 10
MOST = Decimal(1000)
"""More points nobody has."""


@blueprint.get("/sheet/check")
@personal
def check() -> ResponseReturnValue:
    """Why lines may differ, and where the official points can be entered."""
    return _page({}, {})


@blueprint.post("/sheet/check")
@personal
def compare_official() -> ResponseReturnValue:
    """The lines that differ, and what to say of each at the window."""
    typed = {
        id.removeprefix("official-"): text.strip()[:LONGEST]
        for id, text in request.form.items()
        if id.startswith("official-") and text.strip()
    }
    official = {id: points for id, text in typed.items() if (points := read(text)) is not None}
    return _page(typed, official)


def read(text: str) -> Decimal | None:
    """Points as people type them (10.5, １０．５分); None for anything else.

    >>> read("10.5分"), read("两分"), read("-3")
    (Decimal('10.5'), None, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("分").strip()
    try:
        points = Decimal(plain)
    except InvalidOperation:
        return None
    fits = points.is_finite() and 0 <= points <= MOST and points == points.quantize(Decimal("0.01"))
    return points if fits else None


def _page(typed: Mapping[str, str], official: Mapping[str, Decimal]) -> ResponseReturnValue:
    own, ticks = _own()
    if own is None:
        return render_template("pages/no_sheet.html", why="empty"), 404
    found = lines(own, listed(own, ticks), official)
    faults = {id: text for id, text in typed.items() if id not in official}
    page = render_template(
        "pages/check.html",
        lines=found,
        others=[one for one in own.categories() if one.cap and _is_other(one.id, found)],
        differing=[(one, _saying(one)) for one in found if one.verdict not in ("unsaid", "same")],
        same=[one for one in found if one.verdict == "same"],
        typed=typed,
        faults=faults,
    )
    return page, 422 if faults else 200


def _own() -> tuple[Estimate | None, Ticks]:
    service, me = the_service(), person() or ""
    with reading(service.engine) as connection:
        facts = facts_of(connection, me)
        ticks = ticks_told(connection, me) if facts else Ticks()
    today = service.clock().date()
    return (estimate(service.rules(), facts, on=today) if facts else None), ticks


def _is_other(id: str, found: list[Line]) -> bool:
    return all(id != line.category.id for line in found)


def _saying(line: Line) -> str:
    return say("check/say", line=line)
