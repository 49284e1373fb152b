"""Rows and caps add up to what the document states."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.engine.category_eval import CategoryAt
from scoring.engine.compile import PartAt, RulesAt, periods
from scoring.engine.results import limited
from scoring.engine.ruleset import Ruleset
from scoring.errors import Fault
from scoring.rulefile.checks.report import Report, Steps
from scoring.rulefile.kinds.base import ZERO
from scoring.rulefile.model import Category, Part


def check_totals(ruleset: Ruleset, written: Any) -> list[Fault]:
    """Rows and categories as stated; caps as stated, on every day on which something changes.

    For a ruleset without other faults; `written` is the file as it was read, which knows the lines.
    """
    report = Report(written)
    for p, part in enumerate(ruleset.parts):
        _check_counts(part, ("parts", p), report)
    reported: set[Steps] = set()
    for start in periods(ruleset):
        rules = ruleset.at(start)
        if not rules.undated:
            _check_period(ruleset, rules, start, report, reported)
    return report.faults


def _check_counts(part: Part, steps: Steps, report: Report) -> None:
    rows = {item.id: item.rows for category in part.categories for item in category.items}
    _compare(part, steps, "categories", len(part.categories), part.stated.categories, report)
    _compare(part, steps, "rows", sum(rows.values()), part.stated.rows, report)


def _compare(part: Part, steps: Steps, name: str, found: int, stated: int, report: Report) -> None:
    wrong = found != stated if part.stated.complete else found > stated
    if wrong:
        what = f"the document states {stated} {name}, the file has {found}"
        mend = f"add or remove {name}, or mend `stated:` if the document says so"
        added = [
            (*steps, "categories", c, "items", i)
            for c, category in enumerate(part.categories)
            for i, item in enumerate(category.items)
            if item.since is not None
        ]
        at = _amended([(*steps, "stated"), *added], report)
        report.add(at, f"{part.id}.stated.{name}", what, mend)


def _amended(places: list[Steps], report: Report, on: date | None = None) -> Steps:
    """The first amendment at these places, so that an office finds its own line; else the first."""
    found = (report.amendment(place, on) for place in places)
    return next((place for place in found if place is not None), places[0])


def _check_period(
    ruleset: Ruleset, rules: RulesAt, start: date, report: Report, reported: set[Steps]
) -> None:
    for p, (part, part_at) in enumerate(zip(ruleset.parts, rules.parts, strict=True)):
        steps: Steps = ("parts", p)
        if steps not in reported and _caps_fail(part, part_at, steps, start, report):
            reported.add(steps)
        pairs = zip(part.categories, part_at.categories, strict=True)
        for c, (category, category_at) in enumerate(pairs):
            at = (*steps, "categories", c)
            if at not in reported and _category_fails(category, category_at, at, start, report):
                reported.add(at)


def _caps_fail(part: Part, part_at: PartAt, steps: Steps, start: date, report: Report) -> bool:
    """Under the default readings the categories' caps add up to the part's, or exceed it where the
    document says so."""
    caps = [category.combos[0].cap for category in part_at.categories]
    stated = [cap for cap in caps if cap is not None]
    if part_at.cap is None or len(stated) < len(caps):
        return False
    total = sum(stated, ZERO)
    closes = part.stated.closes(total, part_at.cap)
    if not closes:
        what = f"the categories' caps add up to {total} on {start}, the part's cap is {part_at.cap}"
        mend = "mend the cap that is wrong"
        if total > part_at.cap:
            mend += "; where the document lets them exceed it, say `caps_exceed: true` in `stated:`"
        changed: list[Steps] = [
            (*steps, "categories", c, key)
            for c in range(len(part.categories))
            for key in ("cap", "conflicts")
        ]
        at = _amended([(*steps, "cap"), *changed], report, start)
        report.add(at, f"{part.id}.cap", what, mend)
    return not closes


def _category_fails(
    category: Category, category_at: CategoryAt, steps: Steps, start: date, report: Report
) -> bool:
    if _row_above(category, category_at, steps, start, report):
        return True
    cap, most = category_at.combos[0].cap, _most(category_at)
    if cap is None or most >= cap or _partly_unknown(category_at) or report.amendment(steps):
        return False  # an office may lower a row and leave its category's cap where it was
    what = f"its rows give at most {most} on {start}, so the cap {cap} is never reached"
    report.add((*steps, "cap"), f"{category.id}.cap", what, "mend the cap or the rows")
    return True


def _row_above(
    category: Category, category_at: CategoryAt, steps: Steps, start: date, report: Report
) -> bool:
    """No row's own cap is above its category's, whatever the readings."""
    for n, combo in enumerate(category_at.combos):
        for item in category_at.items:
            own = item.terms[item.which[n]].own
            if own is not None and combo.cap is not None and own > combo.cap:
                what = f"the row's cap {own} is above its category's cap {combo.cap} on {start}"
                mend = "lower the row's cap or raise the category's"
                place = _cap_steps(category, item.id, combo.readings, start)
                report.add((*steps, *place), f"{category.id}.{item.id}.cap", what, mend)
                return True
    return False


def _cap_steps(category: Category, id: str, readings: Mapping[str, str], start: date) -> Steps:
    """Where a row's cap of a day is written, from its category on."""
    place, cap = next(
        (place, dict(item.dated())["cap"])
        for place, item in enumerate(category.items)
        if item.id == id and item.in_force(start)
    )
    steps: Steps = ("items", place, "cap")
    if cap.readings is not None and cap.conflict is not None:
        steps = (*steps, "readings", readings[cap.conflict])
    history = cap.under(readings).history
    if history is None:
        return steps
    begun = [entry for entry in history if entry.from_ is not None and entry.from_ <= start]
    return (*steps, "history", len(begun) - 1)


def _most(category: CategoryAt) -> Decimal:
    """The most the rows can come to under the default readings."""
    terms = [item.terms[item.which[0]] for item in category.items]
    return category.combos[0].gathered([limited(term.law.ceiling(), term.limit) for term in terms])


def _partly_unknown(category: CategoryAt) -> bool:
    """Whether a row's points are not known at all, or are no longer given."""
    return any(
        item.state != "in_force" or (item.rule == "unpublished" and "high" not in item.figures)
        for item in category.items
    )
