"""Every value says what it is, since when, how sure, where it is written and who looked when."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from scoring.rulefile.checks.report import Report, Steps, one_of
from scoring.rulefile.model import ValuePlace, Written
from scoring.rulefile.values import Cited, Dated, Entry, is_unit, rate_unit_fits, unit_step

_FIXES = {
    "from_": ("first day", "add `from: 2027-01-01` here, or to the row, category or `defaults`"),
    "status": ("status", "add `status:` stated, standard, inferred or unpublished"),
    "source": ("source", "add `source: {document: …, place: …}` here, or to the row or category"),
    "verified_on": ("verification day", "add `verified_on:`, the day a person read the source"),
}


def check_values(ruleset: Written, report: Report) -> None:
    """Form, citations, units, dates and sizes of every value."""
    for place in ruleset.values():
        if _check_form(place, report):
            for steps, dated in _alternatives(place):
                _check_history(ruleset, place, steps, dated, report)


def check_cited(ruleset: Written, cited: Cited, steps: Steps, path: str, report: Report) -> None:
    """The four things that everything dated must carry, and that its document is declared."""
    for field, (name, fix) in _FIXES.items():
        if getattr(cited, field) is None:
            report.add(steps, path, f"it has no {name}", fix)
    if cited.source is not None and cited.source.document not in ruleset.documents:
        what = f"there is no document `{cited.source.document}`"
        fix = (
            f"declare it under `documents:`, or {one_of(cited.source.document, ruleset.documents)}"
        )
        report.add((*steps, "source"), path, what, fix)


def _check_form(place: ValuePlace, report: Report) -> bool:
    value = place.value
    forms = [name for name in ("value", "history", "readings") if name in value.model_fields_set]
    if len(forms) != 1:
        has = " and ".join(forms) or "none of them"
        what = f"a value has one of `value`, `history` and `readings`; this has {has}"
        report.add(place.steps, place.path, what, "write exactly one, like `value: 5`")
        return False
    if (value.readings is None) != (value.conflict is None):
        what = "`conflict` and `readings` belong together"
        report.add(place.steps, place.path, what, "name the conflict that the readings are of")
        return False
    return value.conflict is None or _check_readings(place, report)


def _check_readings(place: ValuePlace, report: Report) -> bool:
    conflicts = place.category.conflicts if place.category else {}
    name = place.value.conflict or ""
    if name not in conflicts:
        what = f"there is no conflict `{name}` in this category"
        report.add(place.steps, place.path, what, one_of(name, conflicts))
        return False
    there, right = sorted(place.value.readings or ()), sorted(conflicts[name].readings)
    if there != right:
        what = f"the readings are {', '.join(there)}; the conflict has {', '.join(right)}"
        report.add(place.steps, place.path, what, "give one value for each reading of the conflict")
        return False
    return True


def _alternatives(place: ValuePlace) -> Iterator[tuple[Steps, Dated[Any]]]:
    for reading, dated in place.value.alternatives():
        yield (place.steps if reading is None else (*place.steps, "readings", reading)), dated


def _check_history(
    ruleset: Written, place: ValuePlace, steps: Steps, dated: Dated[Any], report: Report
) -> None:
    entries = dated.entries()
    if not entries:
        report.add(steps, place.path, "the history is empty", "write at least one entry")
    for number, entry in enumerate(entries):
        at = (*steps, "history", number) if dated.history is not None else steps
        check_cited(ruleset, entry, at, place.path, report)
        _check_unit(ruleset, place, at, entry, report)
        _check_size(ruleset, place, at, entry, report)
    for number, (before, after) in enumerate(pairwise(entries), 1):
        _check_order((*steps, "history", number), place.path, before, after, report)


def _check_order(
    steps: Steps, path: str, before: Entry[Any], after: Entry[Any], report: Report
) -> None:
    if before.from_ is None or after.from_ is None:
        return
    if before.from_ == after.from_:
        what = f"two values begin on {after.from_}, so they overlap"
        report.add(steps, path, what, "keep one of them, or give the later one its own day")
    elif before.from_ > after.from_:
        what = f"{after.from_} stands after {before.from_}"
        report.add(steps, path, what, "write the history in the order of its days, oldest first")


def _check_unit(
    ruleset: Written, place: ValuePlace, steps: Steps, entry: Entry[Any], report: Report
) -> None:
    wanted = "way" if place.name == "combine" else "points"
    if place.item is not None:
        wanted = place.item.unit_of(place.name)
    if entry.unit is None:
        report.add(
            steps, place.path, "it has no unit", f"add `unit: {_example(ruleset, place, wanted)}`"
        )
        return
    right = entry.unit == wanted
    if wanted == "rate" and place.item is not None:
        types = [type for type in _fact_types(ruleset, place) if type in place.item.takes]
        right = not types or any(rate_unit_fits(entry.unit, type) for type in types)
        right = right and (place.item.several or unit_step(entry.unit) == 1)
    if not right:
        known = "does not fit here" if is_unit(entry.unit) else "is unknown"
        fix = f"write `unit: {_example(ruleset, place, wanted)}`"
        report.add(steps, place.path, f"the unit `{entry.unit}` {known}", fix)


def _fact_types(ruleset: Written, place: ValuePlace) -> list[str]:
    facts = place.item.fact_ids() if place.item else ()
    return [ruleset.catalogue[fact].type for fact in facts if fact in ruleset.catalogue]


def _example(ruleset: Written, place: ValuePlace, wanted: str) -> str:
    if wanted != "rate":
        return wanted
    units = {"months": "month", "years": "year", "yuan": "1000_yuan", "date": "year"}
    types = _fact_types(ruleset, place)
    return f"points_per_{units.get(types[0] if types else '', 'time')}"


def _check_size(
    ruleset: Written, place: ValuePlace, steps: Steps, entry: Entry[Any], report: Report
) -> None:
    value = entry.value
    if isinstance(value, Decimal) and (value < 0 or not value.is_finite()):
        fix = "write 0 or more; points are taken off by a row of the kind `deduction`"
        report.add(steps, place.path, f"{value} is negative", fix)
    if isinstance(value, tuple) and place.item is not None:
        _check_choices(ruleset, place, steps, value, report)


def _check_choices(
    ruleset: Written, place: ValuePlace, steps: Steps, value: tuple[str, ...], report: Report
) -> None:
    facts = place.item.fact_ids() if place.item else ()
    fact = ruleset.catalogue.get(facts[0]) if facts else None
    known = [choice.id for choice in fact.choices] if fact else []
    for id in value if fact else ():
        if id not in known:
            what = f"the fact `{facts[0]}` has no choice `{id}`"
            report.add(steps, place.path, what, one_of(id, known))
