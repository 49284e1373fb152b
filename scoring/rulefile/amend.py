"""Files of an operator's own that amend a ruleset without touching it."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, ValidationError

from scoring.errors import Fault
from scoring.rulefile.checks.report import one_of
from scoring.rulefile.checks.written import faults_of
from scoring.rulefile.defaults import CITED
from scoring.rulefile.facts import FactWritten
from scoring.rulefile.kinds import KINDS
from scoring.rulefile.model import Document, EvidenceEntry, Remark
from scoring.rulefile.origin import Applied, Beside
from scoring.rulefile.values import Day, Model, Source, SourceRef, Status
from scoring.rulefile.yaml_source import LocatedDict, LocatedList


class Amendment(Model):
    """What every amendment must say of itself; nothing is taken from the amended value."""

    from_: Day = Field(alias="from")
    status: Status = "stated"
    source: SourceRef
    verified_on: Day


class Settle(Amendment):
    """From a day on, one reading of a conflict holds. conflict: `category.conflict`."""

    conflict: str
    reading: str


class Correct(Amendment):
    """A value from a day on; null repeals it. figure: its path, `category.item.key`; `reading`
    where the value has readings."""

    figure: str
    value: Decimal | str | tuple[str, ...] | None
    unit: str | None = None
    reading: str | None = None


class Row(Amendment):
    """A row that is new, or that replaces the row of the same id, from a day on."""

    category: str
    row: dict[str, Any]


class Rename(Amendment):
    """What a category is called from a day on: a class of deductions that had no name."""

    category: str
    label: str


class Restate(Model):
    """What a part consists of when rows were added, or when its categories come to more."""

    part: str
    categories: int
    rows: int
    caps_exceed: bool = False


class Overlay(Model):
    """A file that amends a ruleset."""

    amends: str
    title: str
    documents: dict[str, Document] = Field(default_factory=dict)
    facts: dict[str, FactWritten] = Field(default_factory=dict)
    settle: tuple[Settle, ...] = ()
    correct: tuple[Correct, ...] = ()
    rows: tuple[Row, ...] = ()
    names: tuple[Rename, ...] = ()
    restate: tuple[Restate, ...] = ()
    verified_within_days: int | None = Field(None, ge=1)
    remarks: tuple[Remark, ...] = ()
    evidence: dict[str, tuple[EvidenceEntry, ...]] = Field(default_factory=dict)


_ADDED = ("documents", "facts", "evidence")
_SAID = {"from", "source", "verified_on"}
"""What a settlement must say before anything can be cited by it; the checks find what lacks."""


def applied(overlay: LocatedDict, documents: Mapping[str, Document]) -> Iterator[Applied]:
    """What a sound overlay amends, one by one. `documents`: those of the amended ruleset."""
    read = Overlay.model_validate(overlay)
    told: list[tuple[Literal["settle", "correct", "row", "name"], str, Amendment]] = [
        *(("settle", one.conflict, one) for one in read.settle),
        *(("row", str(one.row.get("id")), one) for one in read.rows),
        *(("name", one.category, one) for one in read.names),
        *(("correct", one.figure, one) for one in read.correct),
    ]
    for kind, target, one in told:
        cited = Source(one.source.document, documents[one.source.document].title, one.source.place)
        yield Applied(
            kind, target, overlay.file, read.title, one.from_, one.status, cited, one.verified_on
        )


def besides(overlay: LocatedDict) -> Iterator[Beside]:
    """What a sound overlay brings beside values."""
    read = Overlay.model_validate(overlay)
    told: list[tuple[Literal["papers", "remark", "part"], str]] = [
        *(("papers", key) for key in read.evidence),
        *(("remark", one.id) for one in read.remarks),
        *(("part", one.part) for one in read.restate),
    ]
    for kind, target in told:
        yield Beside(kind, target, overlay.file, read.title)


def amend(written: LocatedDict, overlays: Sequence[LocatedDict]) -> list[Fault]:
    """Work overlays into a ruleset as written and filled in, in place: what they amend in the order
    of the days, whatever the files are called. Gives the faults of the overlays themselves; what
    does not fit afterwards is found by the ruleset's checks, with the overlay's file and line."""
    faults = [fault for one in overlays for fault in _unsound(one)]
    if faults:
        return faults
    for one in overlays:
        faults += _beside(written, one)
    for name, work_in in _WORKED_IN:
        amendments = (one for overlay in overlays for one in overlay.get(name, ()))
        for one in sorted(amendments, key=lambda one: one["from"]):
            faults += work_in(written, one)
    return faults


def _unsound(overlay: LocatedDict) -> list[Fault]:
    try:
        Overlay.model_validate(overlay)
    except ValidationError as error:
        return faults_of(error, Overlay, overlay)
    return []


def _beside(written: LocatedDict, overlay: LocatedDict) -> Iterator[Fault]:
    """What no day decides."""
    for name in _ADDED:
        yield from _add(written, overlay, name)
    if "remarks" in overlay:
        written.setdefault("remarks", LocatedList(overlay.file, overlay.line))
        written["remarks"].extend(overlay["remarks"])
    if "verified_within_days" in overlay:
        written["verified_within_days"] = overlay["verified_within_days"]
    for one in overlay.get("restate", ()):
        yield from _restate(written, one)


def _add(written: LocatedDict, overlay: LocatedDict, name: str) -> Iterator[Fault]:
    there = written.setdefault(name, LocatedDict(overlay.file, overlay.line))
    for id, thing in overlay.get(name, {}).items():
        if id in there:
            what = f"`{id}` is declared under `{name}` already"
            yield _fault(overlay[name], id, what, "choose another id")
        else:
            there[id] = thing


def _restate(written: LocatedDict, one: LocatedDict) -> Iterator[Fault]:
    parts = {part.get("id"): part for part in written.get("parts", ())}
    if one["part"] not in parts:
        yield _fault(one, one["part"], f"there is no part `{one['part']}`", _of(one["part"], parts))
        return
    part = parts[one["part"]]
    restated = {name: one[name] for name in ("categories", "rows", "caps_exceed") if name in one}
    part["stated"] = _new(one, {**part.get("stated", {}), **restated})


def _settle(written: LocatedDict, one: LocatedDict) -> Iterator[Fault]:
    conflicts = {
        f"{category.get('id')}.{name}": conflict
        for category in _categories(written)
        for name, conflict in category.get("conflicts", {}).items()
    }
    path = one["conflict"]
    if path not in conflicts:
        yield _fault(one, path, f"there is no conflict `{path}`", _of(path, conflicts))
        return
    settled = conflicts[path].setdefault("settled", LocatedList(one.file, one.line))
    if any(other["from"] == one["from"] for other in settled):
        what = f"the conflict is settled twice from {one['from']}"
        yield _fault(one, path, what, "keep one of them")
    settled.append(_new(one, {"reading": one["reading"], **_cited(one)}))
    settled.sort(key=lambda settlement: settlement["from"])


def cite_settled(written: LocatedDict) -> bool:
    """Let every value whose conflict is settled be cited by the settlement from its day on: what
    the office decided is its own word, not that of the reading it agrees with. Done last; a
    correction from the same day on says its own. Whether there was any."""
    found = [
        (value["readings"][one["reading"]], one)
        for category in _categories(written)
        for name, conflict in category.get("conflicts", {}).items()
        for one in conflict.get("settled", ())
        if one.keys() >= _SAID
        for value in _values(category)
        if value.get("conflict") == name and one["reading"] in value.get("readings", {})
    ]
    for value, one in found:
        _confirm(_history(value), one)
    return bool(found)


def _values(category: LocatedDict) -> Iterator[LocatedDict]:
    """Every value of a category and of its rows."""
    for holder in (category, *category.get("joint_caps", ()), *category.get("items", ())):
        yield from (one for one in holder.values() if isinstance(one, LocatedDict))


def _confirm(history: LocatedList, one: LocatedDict) -> None:
    begun = [entry for entry in history if entry["from"] <= one["from"]]
    same = bool(begun) and begun[-1]["from"] == one["from"]
    if begun and not (same and begun[-1].amended):
        confirmed = _new(one, {**begun[-1], **_cited(one)})
        history[len(begun) - same : len(begun)] = [confirmed]


def _name(written: LocatedDict, one: LocatedDict) -> Iterator[Fault]:
    category = yield from _category(written, one)
    if category is None:
        return
    names = category.setdefault("names", LocatedList(one.file, one.line))
    if any(other["from"] == one["from"] for other in names):
        what = f"the category is named twice from {one['from']}"
        yield _fault(one, one["category"], what, "keep one of the names")
    names.append(_new(one, {"label": one["label"], **_cited(one)}))
    names.sort(key=lambda name: name["from"])


def _category(written: LocatedDict, one: LocatedDict) -> Generator[Fault, None, LocatedDict | None]:
    """The category that an amendment is about."""
    categories = {category.get("id"): category for category in _categories(written)}
    if one["category"] not in categories:
        what = f"there is no category `{one['category']}`"
        yield _fault(one, one["category"], what, _of(one["category"], categories))
    return categories.get(one["category"])


def _row(written: LocatedDict, one: LocatedDict) -> Iterator[Fault]:
    category = yield from _category(written, one)
    if category is None:
        return
    items, row = category["items"], one["row"]
    row["since"] = one["from"]
    row.amended = True
    for name, given in _cited(one).items():
        row.setdefault(name, given)
    same = [n for n, item in enumerate(items) if item.get("id") == row.get("id")]
    replaced: LocatedDict | None = items[same[-1]] if same else None
    if replaced and replaced.amended and replaced["since"] == one["from"]:
        what = f"the row is replaced from {one['from']} already, in {replaced.file}"
        yield _fault(one, row["id"], what, "keep one of them")
    elif replaced and "until" not in replaced:
        replaced["until"] = one["from"]
        if "change" in replaced:  # which rows it was before the reform; why, only the office knows
            row.setdefault("change", _new(one, {"was": replaced["change"].get("was", [])}))
        items.insert(same[-1] + 1, row)
    else:
        items.append(row)


def _correct(written: LocatedDict, one: LocatedDict) -> Iterator[Fault]:
    targets: dict[str, LocatedDict] = {}
    # A category's own cap before that of its only row.
    for path, value in _targets(written, one["from"]):
        targets.setdefault(path, value)
    path, reading = one["figure"], one.get("reading")
    if path not in targets:
        yield _fault(one, path, f"there is no figure `{path}`", _of(path, targets))
        return
    value = targets[path]
    readings = value.get("readings")
    if readings is not None:
        if reading not in readings:
            what = "this value has readings"
            fix = f"settle the conflict `{value.get('conflict')}`, or say which: `reading:`"
            yield _fault(one, path, what, f"{fix} {', '.join(readings)}")
            return
        value = readings[reading]
    elif reading is not None:
        yield _fault(one, path, "this value has no readings", "leave out `reading:`")
        return
    yield from _enter(_history(value), one, path)
    for copy in _copies(written, value):
        _follow(_history(copy), one)


def _copies(written: LocatedDict, value: LocatedDict) -> list[LocatedDict]:
    """The readings of other rows that give this value of a row: `as:` its id."""
    return [
        reading
        for category in _categories(written)
        for item in category.get("items", ())
        if any(one is value for one in item.values())
        for other in _values(category)
        for reading in other.get("readings", {}).values()
        if reading.get("as") == item.get("id")
    ]


def _history(value: LocatedDict) -> LocatedList:
    """The value's history; a short form becomes a history of one."""
    if "history" not in value:
        first = LocatedDict(value.file, value.line)
        first["value"] = value.pop("value", None)
        first.update({name: value[name] for name in (*CITED, "unit") if name in value})
        value["history"] = LocatedList(value.file, value.line)
        value["history"].append(first)
    found: LocatedList = value["history"]
    return found


def _enter(history: LocatedList, one: LocatedDict, path: str) -> Iterator[Fault]:
    """Put an entry into its place; on the day of an entry of the ruleset's own, instead of it."""
    entry = _new(one, {"value": one["value"], **_cited(one)})
    if "unit" in one:
        entry["unit"] = one["unit"]
    same = [n for n, other in enumerate(history) if other.get("from") == one["from"]]
    if same and history[same[0]].amended and not history[same[0]].copied:
        what = f"the figure is corrected twice from {one['from']}"
        yield _fault(one, path, what, "keep one of them")
    elif same:
        history[same[0]] = entry
    else:
        _insert(history, entry)


def _insert(history: LocatedList, entry: LocatedDict) -> None:
    begun = [other for other in history if "from" not in other or other["from"] < entry["from"]]
    history.insert(len(begun), entry)


def _follow(history: LocatedList, one: LocatedDict) -> None:
    """Enter what another row is corrected to, unless the reading is corrected itself that day."""
    if not any(other.get("from") == one["from"] and other.amended for other in history):
        copied = _new(one, {"value": one["value"], **_cited(one)})
        copied.copied = True
        history[:] = [other for other in history if other.get("from") != one["from"]]
        _insert(history, copied)


def _targets(written: LocatedDict, on: date) -> Iterator[tuple[str, LocatedDict]]:
    """Every value as written by the paths of its figure; of a replaced row, that of the day."""
    for part in written.get("parts", ()):
        if "cap" in part:
            yield f"{part.get('id')}.cap", part["cap"]
    for category in _categories(written):
        id = category.get("id")
        items = [item for item in category.get("items", ()) if _stands(item, on)]
        for name in ("cap", "combine"):
            if name in category:
                yield f"{id}.{name}", category[name]
        for joint in category.get("joint_caps", ()):
            yield f"{id}.{'+'.join(joint['items'])}.cap", joint["cap"]
        for item in items:
            yield from _item_targets(str(id), item, alone=len(items) == 1)


def _stands(item: LocatedDict, on: date) -> bool:
    since, until = item.get("since"), item.get("until")
    return (since is None or since <= on) and (until is None or on < until)


def _item_targets(
    category: str, item: LocatedDict, alone: bool
) -> Iterator[tuple[str, LocatedDict]]:
    id, kind = item.get("id"), KINDS.get(str(item.get("rule")))
    for name, value in item.items():
        if isinstance(value, LocatedDict) and name not in ("source", "change"):
            if alone:
                yield f"{category}.{name}", value
            if kind is not None and name == kind.main:
                yield f"{category}.{id}", value
            yield f"{id}.{name}", value
            yield f"{category}.{id}.{name}", value


def _categories(written: LocatedDict) -> Iterator[LocatedDict]:
    for part in written.get("parts", ()):
        yield from part.get("categories", ())


def _cited(one: LocatedDict) -> dict[str, Any]:
    return {
        "from": one["from"],
        "status": one.get("status", "stated"),
        "source": one["source"],
        "verified_on": one["verified_on"],
    }


def _new(one: LocatedDict, content: dict[str, Any]) -> LocatedDict:
    """A piece that knows it comes from this amendment."""
    made = LocatedDict(one.file, one.line)
    made.update(content)
    made.lines = {name: one.lines.get(name, one.line) for name in content}
    made.amended = True
    return made


def _fault(at: LocatedDict, key: Any, what: str, fix: str) -> Fault:
    line = at.lines.get(str(key), at.line)
    return Fault(at.file, line, str(key) or '""', what, fix)


def _of(wrong: Any, right: Any) -> str:
    return one_of(str(wrong), [str(id) for id in right])


_WORKED_IN: tuple[tuple[str, Callable[[LocatedDict, LocatedDict], Iterable[Fault]]], ...] = (
    ("settle", _settle),
    ("rows", _row),
    ("names", _name),
    ("correct", _correct),
)
"""The lists of an overlay whose amendments have a day; corrections last, as rows may be theirs."""
