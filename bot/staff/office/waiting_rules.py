"""What in the rules waits for the office: conflicts, inferences, what nobody published. For each
there is the file with which the office settles it; rulesets are files, and stay files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from bot.service import the_service
from bot.staff.auth.access import DESK, allowed
from bot.staff.blueprint import blueprint
from bot.web.rulebook import Row, chapter
from scoring import Ruleset
from scoring.rulefile.model import Category, Part
from scoring.rulefile.values import Figure, FigureReading

# Type of a row's fact → the kind of rule that the office's file is likely to need.
KINDS = {"count": "per_count", "yesno": "flag"}


@dataclass(frozen=True, slots=True)
class Shift:
    """With a reading the caps of a part's categories add up to `total`, which is not what the part
    states: one of `caps` (path → label, points now) is another one then, too."""

    total: Decimal
    stated: Decimal
    caps: Mapping[str, tuple[str, Decimal]]
    part: Part


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
        doubts=[
            (
                one.category,
                doubt,
                [(way, shift_of(rules, one.category, way, today)) for way in doubt.readings],
            )
            for one in chapters
            for doubt in one.doubts
        ],
        inferred=list(_inferred(rules, today)),
        unpublished=[
            (one.category, row, kind_of(rules, one.category, row))
            for one in chapters
            for row in one.rows
            if row.item.rule == "unpublished"
        ],
    )


def shift_of(rules: Ruleset, category: Category, way: FigureReading, on: date) -> Shift | None:
    """What else must change with a reading; None where everything still adds up. Loading would
    refuse it, see `scoring.engine.totals`."""
    part = _part(rules, category)
    figures = rules.figures(on)
    owners: tuple[Part | Category, ...] = (part, *part.categories)
    caps: dict[str, tuple[str, Decimal]] = {}
    for owner in owners:
        cap = _under(way, figures.get(f"{owner.id}.cap"))
        if cap is None:  # not all are stated, so nothing has to add up
            return None
        caps[f"{owner.id}.cap"] = owner.label, cap
    stated = caps[f"{part.id}.cap"][1]
    total = sum((cap for _, cap in caps.values()), -stated)
    del caps[f"{category.id}.cap"]
    return None if part.stated.closes(total, stated) else Shift(total, stated, caps, part)


def _under(way: FigureReading, cap: Figure | None) -> Decimal | None:
    """A cap under the reading, None where there is none."""
    if cap is None:
        return None
    same = (one for one in cap.readings if one[:2] == way[:2])  # conflict and reading
    value = next((one.value for one in same), cap.value)
    return value if isinstance(value, Decimal) else None


def _inferred(rules: Ruleset, on: date) -> Iterator[tuple[list[str], str, Figure]]:
    """Labels of what it belongs to, name of the value, figure. What is inferred of a row nobody
    published goes with that row."""
    figures = rules.figures(on)
    for place in rules.told(on).values():
        figure = figures.get(place.path)
        row: Any = place.item
        if figure is None or figure.path != place.path or figure.readings:
            continue
        if figure.status == "inferred" and (row is None or row.rule != "unpublished"):
            owners: tuple[Part | Category | Any, ...] = (place.category, row)
            labels = dict.fromkeys(owner.label for owner in owners if owner is not None)
            yield list(labels), place.name, figure


def kind_of(rules: Ruleset, category: Category, row: Row) -> str | None:
    """The kind of rule to settle the row with; None where the office must see for itself."""
    facts = row.item.fact_ids()
    if facts:
        return KINDS.get(rules.catalogue[facts[0]].type)
    return "deduction" if _part(rules, category).id == "deductions" else "flag"


def _part(rules: Ruleset, category: Category) -> Part:
    """The part that a category belongs to."""
    own = (part for part in rules.parts for one in part.categories if one.id == category.id)
    return next(own)
