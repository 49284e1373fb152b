"""`/sheet/check`, `/result/…/check`: one's own count beside the official one. What is typed is
compared, not kept."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.pages.own_answers import Own
from bot.pages.sheet import own_sheet_of
from bot.pages.web_result import opening
from dialogs.differences import Line, lines
from dialogs.flow import Talk
from dialogs.papers import papers
from dialogs.phrases import say
from dialogs.side_by_side import told
from scoring import CategoryResult

LONGEST = 10
MOST = Decimal(1000)
"""More points nobody has."""


@blueprint.route("/sheet/check", methods=["GET", "POST"])
@personal
def check() -> ResponseReturnValue:
    """Of the answers in the chat."""
    own = own_sheet_of(person() or "")
    if own is None or not own.talk.facts:
        return render_template("pages/no_sheet.html", why="empty"), 404
    return _page(own)


@blueprint.route("/result/<answers>/check", methods=["GET", "POST"])
@opening
def check_result(own: Own) -> ResponseReturnValue:
    """Of the answers in the address."""
    return _page(own)


def _page(own: Own) -> ResponseReturnValue:
    """Why lines may differ, and where the official points can be entered; once they were, the lines
    that differ, and what to say of each at the window."""
    talk, typed = own.talk, _typed()
    known = {one.id: one for one in talk.estimate.categories()}
    points = {id: read(text) for id, text in typed.items()}
    official = {
        id: one for id, one in points.items() if one is not None and _may_be(known, id, one)
    }
    found = lines(talk.estimate, papers(talk), official)
    faults = {id: text for id, text in typed.items() if id not in official}
    caps = {id: known[id].cap for id in faults if points[id] is not None and id in known}
    page = render_template(
        "pages/check.html",
        base=own.base,
        determination=talk.determination,
        lines=found,
        others=[one for one in talk.estimate.categories() if one.cap and _is_other(one.id, found)],
        differing=[(one, _saying(one)) for one in found if one.verdict not in ("unsaid", "same")],
        same=[one for one in found if one.verdict == "same"],
        typed=typed,
        faults=faults,
        caps=caps,
        unsaid={line.category.id for line in found if _is_unsaid(talk, line.category)},
        asked=request.method == "POST",
    )
    return page, 422 if faults else 200


def _may_be(known: Mapping[str, CategoryResult], id: str, points: Decimal) -> bool:
    """Whether the official count can have so many points: none are above the cap."""
    cap = known[id].cap if id in known else None
    return cap is None or points <= cap


def _is_unsaid(talk: Talk, category: CategoryResult) -> bool:
    """Whether nothing was said of it: then it has no points to stand beside the official ones."""
    return not category.points and told(category, talk.rules.catalogue) is None


def _typed() -> dict[str, str]:
    return {
        id.removeprefix("official-"): text.strip()[:LONGEST]
        for id, text in request.form.items()
        if id.startswith("official-") and text.strip()
    }


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


def _is_other(id: str, found: list[Line]) -> bool:
    return all(id != line.category.id for line in found)


def _saying(line: Line) -> str:
    return say("check/say", line=line)
