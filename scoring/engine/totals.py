"""Rows and caps add up to what the document states."""

from collections.abc import Mapping
from datetime import date, timedelta
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
from scoring.rulefile.values import Entry, Value


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
        fix = f"add or remove {name}, or fix `stated:` if the document says so"
        added = [
            (*steps, "categories", c, "items", i)
            for c, category in enumerate(part.categories)
            for i, item in enumerate(category.items)
            if item.since is not None
        ]
        at = _amended([(*steps, "stated"), *added], report)
        report.add(at, f"{part.id}.stated.{name}", what, fix)


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
            if at not in reported and _category_fails(
                ruleset, category, category_at, at, start, report
            ):
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
        fix = "fix the cap that is wrong"
        if total > part_at.cap:
            fix += "; where the document lets them exceed it, say `caps_exceed: true` in `stated:`"
        changed: list[Steps] = [
            (*steps, "categories", c, key)
            for c in range(len(part.categories))
            for key in ("cap", "conflicts")
        ]
        at = _amended([(*steps, "cap"), *changed], report, start)
        report.add(at, f"{part.id}.cap", what, fix)
    return not closes


def _category_fails(
    ruleset: Ruleset,
    category: Category,
    category_at: CategoryAt,
    steps: Steps,
    start: date,
    report: Report,
) -> bool:
    if _row_above(category, category_at, steps, start, report):
        return True
    if _partly_unknown(category_at):
        return False
    before = ruleset.at(start - timedelta(days=1))
    was = next(one for one in before.categories if one.id == category.id)
    changed = _changed_cap(category, was, category_at, steps, start, report)
    # An office may lower what a row gives and leave its category's cap where it was, but where it
    # changes a cap, the others must follow.
    if changed is None and report.amendment(steps):
        return False
    if _unreached(category_at, changed, steps, start, report):
        return True
    closed = not before.undated and _most(was) == was.combos[0].cap
    return changed is not None and closed and _overrun(category_at, changed, start, report)


def _changed_cap(
    category: Category,
    was: CategoryAt,
    now: CategoryAt,
    steps: Steps,
    start: date,
    report: Report,
) -> Steps | None:
    """The first cap of a category or of its rows that an amendment made another from a day on."""
    places: list[Steps] = []
    if {combo.cap for combo in now.combos} - {combo.cap for combo in was.combos}:
        places.append((*steps, "cap"))
    if {combo.joints for combo in now.combos} - {combo.joints for combo in was.combos}:
        places += [(*steps, "joint_caps", j, "cap") for j in range(len(category.joint_caps))]
    own = {item.id: {term.own for term in item.terms} for item in was.items}
    moved = {item.id for item in now.items if {t.own for t in item.terms} - own.get(item.id, set())}
    places += [
        (*steps, "items", i, "cap") for i, item in enumerate(category.items) if item.id in moved
    ]
    return next((at for place in places if (at := report.amendment(place, start))), None)


def _unreached(
    category_at: CategoryAt, changed: Steps | None, steps: Steps, start: date, report: Report
) -> bool:
    """Whether the cap is never reached: by the default readings; where a cap was changed, by any
    reading that has this cap."""
    looked_at = range(len(category_at.combos)) if changed else (0,)
    found: dict[Decimal, Decimal] = {}
    for n in looked_at:
        cap = category_at.combos[n].cap
        if cap is not None:
            found[cap] = max(_most(category_at, n), found.get(cap, ZERO))
    for cap, most in found.items():
        if most < cap:
            what = f"its rows give at most {most} on {start}, so the cap {cap} is never reached"
            at = changed or (*steps, "cap")
            report.add(at, f"{category_at.id}.cap", what, "fix the cap or the rows")
            return True
    return False


def _overrun(category_at: CategoryAt, changed: Steps, start: date, report: Report) -> bool:
    """Whether rows that came exactly to their category's cap come to more since a cap changed."""
    cap, most = category_at.combos[0].cap, _most(category_at)
    if cap is None or most <= cap:
        return False
    what = f"its rows come to {most} on {start}, its cap stays at {cap}; they were equal before"
    fix = f"correct `{category_at.id}.cap` and the caps above it as well, or fix the row's"
    report.add(changed, f"{category_at.id}.cap", what, fix)
    return True


def _row_above(
    category: Category, category_at: CategoryAt, steps: Steps, start: date, report: Report
) -> bool:
    """Nothing a row gives at once, and no cap of a row, is above the category's cap, whatever the
    readings."""
    for combo in category_at.combos:
        if combo.cap is None:
            continue
        for place, item in enumerate(category.items):
            for name, value in item.dated() if item.in_force(start) else ():
                said = _points_said(value.under(combo.readings).on(start))
                if said <= combo.cap:
                    continue
                own = f"the row's {name} {said}"
                what = f"{own} is above its category's cap {combo.cap} on {start}"
                fix = f"lower the row's {name} or raise the category's cap"
                at = (*steps, "items", place, *_entry_steps(name, value, combo.readings, start))
                if not report.amendment(at):
                    at = report.amendment((*steps, "cap")) or at
                report.add(at, f"{category.id}.{item.id}.{name}", what, fix)
                return True
    return False


def _points_said(entry: Entry[Any] | None) -> Decimal:
    """The points that a value says; none where it says something else."""
    if entry is None or not (entry.unit or "").startswith("points"):
        return ZERO
    return entry.value if isinstance(entry.value, Decimal) else ZERO


def _entry_steps(name: str, value: Value[Any], readings: Mapping[str, str], start: date) -> Steps:
    """Where the value of a day is written, from its row on."""
    steps: Steps = (name,)
    if value.readings is not None and value.conflict is not None:
        steps = (*steps, "readings", readings[value.conflict])
    history = value.under(readings).history
    if history is None:
        return steps
    begun = [entry for entry in history if entry.from_ is not None and entry.from_ <= start]
    return (*steps, "history", len(begun) - 1)


def _most(category: CategoryAt, n: int = 0) -> Decimal:
    """The most the rows can come to under one combination of readings, by default the default."""
    terms = [item.terms[item.which[n]] for item in category.items]
    return category.combos[n].gathered([limited(term.law.ceiling(), term.limit) for term in terms])


def _partly_unknown(category: CategoryAt) -> bool:
    """Whether a row's points are not known at all, or are no longer given."""
    return any(
        item.state != "in_force" or (item.rule == "unpublished" and "high" not in item.figures)
        for item in category.items
    )
