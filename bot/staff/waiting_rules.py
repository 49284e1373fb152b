"""What in the rules waits for the office: conflicts, inferences, what nobody published. For each
there is the file with which the office settles it; rulesets are files, and stay files."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.pages.rulebook import Row, chapter
from bot.service import the_service
from bot.staff.access import DESK, allowed
from bot.staff.blueprint import blueprint
from scoring import Ruleset
from scoring.values import Figure
from scoring.written import Category, Part

# Type of a row's fact → the kind of rule that the office's file is likely to need.
KINDS = {"count": "per_count", "yesno": "flag"}


@blueprint.get("/rules")
@allowed(*DESK)
def waiting_rules() -> ResponseReturnValue:
    """Read from the ruleset itself, so what the office settles in its file leaves this list."""
    service = the_service()
    rules, today = service.rules(), service.clock().date()
    chapters = [chapter(rules, category, today) for category in rules.categories()]
    return render_template(
        "staff/waiting_rules.html",
        rules=rules,
        doubts=[(one.category, doubt) for one in chapters for doubt in one.doubts],
        inferred=list(_inferred(rules, today)),
        unpublished=[
            (one.category, row, _kind(rules, one.category, row))
            for one in chapters
            for row in one.rows
            if row.item.rule == "unpublished"
        ],
    )


def _inferred(rules: Ruleset, on: date) -> Iterator[tuple[list[str], str, Figure]]:
    """Labels of what it belongs to, name of the value, figure. What is inferred of a row nobody
    published goes with that row."""
    figures = rules.figures(on)
    for place in rules.values():
        figure = figures.get(place.path)
        row: Any = place.item
        if figure is None or figure.path != place.path or figure.readings:
            continue
        if figure.status == "inferred" and (row is None or row.rule != "unpublished"):
            owners: tuple[Part | Category | Any, ...] = (place.category, row)
            labels = dict.fromkeys(owner.label for owner in owners if owner is not None)
            yield list(labels), place.name, figure


def _kind(rules: Ruleset, category: Category, row: Row) -> str | None:
    """The kind of rule to settle the row with; None where the office must see for itself."""
    facts = row.item.fact_ids()
    if facts:
        return KINDS.get(rules.catalogue[facts[0]].type)
    taken_off = any(part.id == "deductions" and category in part.categories for part in rules.parts)
    return "deduction" if taken_off else "flag"
