"""The tree: ids, facts, kinds, evidence, conflicts, joint caps."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from scoring.rulefile.checks.report import Report, Steps, one_of
from scoring.rulefile.checks.values import check_cited
from scoring.rulefile.evidence_table import table
from scoring.rulefile.facts import FACTS
from scoring.rulefile.kinds.base import Item
from scoring.rulefile.model import Category, Conflict, Obtained, Written
from scoring.rulefile.values import Value


def check_structure(ruleset: Written, report: Report) -> None:
    """Everything but the values themselves and the totals."""
    _check_ids(ruleset, report)
    _check_own_facts(ruleset, report)
    owners: dict[str, str] = {}
    for p, part in enumerate(ruleset.parts):
        for id in part.outside_cap:
            ids = [category.id for category in part.categories]
            if id not in ids:
                steps: Steps = ("parts", p, "outside_cap")
                report.add(steps, part.id, f"there is no category `{id}`", one_of(id, ids))
        for c, category in enumerate(part.categories):
            steps = ("parts", p, "categories", c)
            _check_conflicts(ruleset, category, steps, report)
            _check_names(ruleset, category, steps, report)
            _check_together(category, steps, report)
            for i, item in enumerate(category.items):
                _check_item(ruleset, item, (*steps, "items", i), report)
                _check_owner(category, item, (*steps, "items", i), owners, report)
    for r, remark in enumerate(ruleset.remarks):
        if remark.source and remark.source.document not in ruleset.documents:
            id = remark.source.document
            fix = f"declare it under `documents:`, or {one_of(id, ruleset.documents)}"
            report.add(("remarks", r), remark.id, f"there is no document `{id}`", fix)
    for key, entries in ruleset.evidence.items():
        for e, entry in enumerate(entries):
            _check_obtained(ruleset, entry.obtained, ("evidence", key, e, "obtained"), report)


def _check_names(ruleset: Written, category: Category, steps: Steps, report: Report) -> None:
    for n, name in enumerate(category.names):
        check_cited(ruleset, name, (*steps, "names", n), category.id, report)


def _check_obtained(ruleset: Written, obtained: Obtained, steps: Steps, report: Report) -> None:
    """What a paper takes is told with its source, or not at all."""
    told = obtained.days is not None or obtained.yuan is not None
    if told and not (obtained.source and obtained.verified_on):
        what = "what a paper takes must say its source and its day"
        fix = "add `source: {document: …, place: …}` and `verified_on:`, or leave it out"
        report.add(steps, str(steps[1]), what, fix)
    elif obtained.source and obtained.source.document not in ruleset.documents:
        id = obtained.source.document
        fix = f"declare it under `documents:`, or {one_of(id, ruleset.documents)}"
        report.add(steps, str(steps[1]), f"there is no document `{id}`", fix)


def _check_ids(ruleset: Written, report: Report) -> None:
    groups: list[tuple[str, Steps]] = []
    rows: list[tuple[str, Steps]] = []
    for p, part in enumerate(ruleset.parts):
        groups.append((part.id, ("parts", p)))
        for c, category in enumerate(part.categories):
            groups.append((category.id, ("parts", p, "categories", c)))
            rows += [
                (item.id, ("parts", p, "categories", c, "items", i))
                for i, item in enumerate(category.items)
                if item.until is None  # an earlier form of a replaced row keeps its id
            ]
    for named in (groups, rows):
        counts = Counter(id for id, _ in named)
        seen: set[str] = set()
        for id, steps in named:
            if counts[id] > 1 and id in seen:
                report.add(steps, id, f"the id `{id}` is used twice", "give each its own id")
            seen.add(id)


def _check_own_facts(ruleset: Written, report: Report) -> None:
    for id, fact in ruleset.facts.items():
        if id in FACTS:
            fix = "use it without declaring it, or choose another id"
            report.add(("facts", id), id, f"the fact `{id}` exists already", fix)
        if fact.type in ("choice", "set") and not fact.choices:
            report.add(("facts", id), id, "it has no choices", "add `choices: {id: label}`")


def _check_item(ruleset: Written, item: Item, steps: Steps, report: Report) -> None:
    known = True
    for fact in item.fact_ids():
        if fact not in ruleset.catalogue:
            known = False
            fix = one_of(fact, ruleset.catalogue)
            report.add(steps, item.id, f"there is no fact `{fact}`", fix)
        elif ruleset.catalogue[fact].type not in item.takes:
            kind = ruleset.catalogue[fact].type
            what = f"the rule `{item.rule}` cannot work on `{fact}`, which is of type {kind}"
            report.add(steps, item.id, what, f"use a fact of type {', '.join(sorted(item.takes))}")
    if known and not any(True for _ in item.dated()):
        check_cited(ruleset, item, steps, item.id, report)
    if (item.evidence is None) == (item.no_evidence is None):
        what = "a row has either `evidence` or `no_evidence`"
        report.add(steps, item.id, what, "add `evidence: key`, or `no_evidence:` with the reason")
    elif item.evidence is not None and item.evidence not in table(ruleset):
        what = f"there is no evidence `{item.evidence}`"
        report.add(steps, item.id, what, one_of(item.evidence, table(ruleset)))
    if item.since and item.until and item.since >= item.until:
        what = f"the row ends on {item.until}, before it begins on {item.since}"
        report.add(steps, item.id, what, "let `until` be later than `since`")


def _check_owner(
    category: Category, item: Item, steps: Steps, owners: dict[str, str], report: Report
) -> None:
    """Bounds are computed category by category, so no fact may belong to two."""
    for fact in item.fact_ids():
        owner = owners.setdefault(fact, category.id)
        if owner != category.id:
            what = f"the fact `{fact}` belongs to the category {owner} already"
            fix = "put the two rows into one category, or give one a fact of its own under `facts:`"
            report.add(steps, item.id, what, fix)


def _check_conflicts(ruleset: Written, category: Category, steps: Steps, report: Report) -> None:
    values: list[Value[Any] | None] = [category.cap, category.combine]
    values += [joint.cap for joint in category.joint_caps]
    values += [value for item in category.items for _, value in item.dated()]
    used = {value.conflict for value in values if value is not None}
    for name, conflict in category.conflicts.items():
        at, path = (*steps, "conflicts", name), f"{category.id}.{name}"
        defaults = [id for id, reading in conflict.readings.items() if reading.default]
        if len(defaults) != 1:
            what = f"{len(defaults)} readings are the default ({', '.join(defaults) or 'none'})"
            report.add(at, path, what, "mark exactly one with `default: true`")
        if len(conflict.readings) < 2:
            report.add(at, path, "a conflict has two readings or more", "add the other reading")
        if name not in used:
            what = "no value of the category has readings of this conflict"
            report.add(at, path, what, f"use it in a value: `conflict: {name}`, or remove it")
        for id, reading in conflict.readings.items():
            check_cited(ruleset, reading, (*at, "readings", id), f"{path}.{id}", report)
        _check_settled(ruleset, conflict, at, path, report)


def _check_settled(
    ruleset: Written, conflict: Conflict, steps: Steps, path: str, report: Report
) -> None:
    for number, settled in enumerate(conflict.settled):
        at = (*steps, "settled", number)
        check_cited(ruleset, settled, at, path, report)
        if settled.reading not in conflict.readings:
            what = f"there is no reading `{settled.reading}`"
            report.add(at, path, what, one_of(settled.reading, conflict.readings))


def _check_together(category: Category, steps: Steps, report: Report) -> None:
    ids = [item.id for item in category.items]
    for number, joint in enumerate(category.joint_caps):
        for id in _missing(joint.items, ids):
            at = (*steps, "joint_caps", number)
            report.add(at, category.id, f"there is no row `{id}` here", one_of(id, ids))
    if category.combine is None and len({*ids}) > 1 and _counts_points(category):
        what = "it has several rows and does not say how they come together"
        fix = "add `combine: {value: sum, unit: way}` or `highest`"
        report.add(steps, category.id, what, fix)
    kinds = {item.rule for item in category.items}
    if "deduction" in kinds and kinds - {"deduction", "unpublished"}:
        what = "rows that give points and rows that take them off stand together"
        report.add(steps, category.id, what, "put deductions into a category of their own")


def _counts_points(category: Category) -> bool:
    return any(item.rule not in ("deduction", "unpublished") for item in category.items)


def _missing(ids: Iterable[str], known: list[str]) -> list[str]:
    return [id for id in ids if id not in known]
