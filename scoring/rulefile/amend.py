"""Files of an operator's own that amend a ruleset, worked into it without touching its file."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

from pydantic import ValidationError

from scoring.errors import Fault
from scoring.rulefile.checks.written import faults_of
from scoring.rulefile.history import copies, enter, follow, history_of
from scoring.rulefile.overlay import Overlay
from scoring.rulefile.pieces import categories, cited, fault_at, made_by, one_of_these
from scoring.rulefile.targets import targets
from scoring.rulefile.yaml_source import LocatedDict, LocatedList

_ADDED = ("documents", "facts", "evidence")


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
            yield fault_at(overlay[name], id, what, "choose another id")
        else:
            there[id] = thing


def _restate(written: LocatedDict, one: LocatedDict) -> Iterator[Fault]:
    parts = {part.get("id"): part for part in written.get("parts", ())}
    if one["part"] not in parts:
        yield fault_at(
            one, one["part"], f"there is no part `{one['part']}`", one_of_these(one["part"], parts)
        )
        return
    part = parts[one["part"]]
    restated = {name: one[name] for name in ("categories", "rows", "caps_exceed") if name in one}
    part["stated"] = made_by(one, {**part.get("stated", {}), **restated})


def _settle(written: LocatedDict, one: LocatedDict) -> Iterator[Fault]:
    conflicts = {
        f"{category.get('id')}.{name}": conflict
        for category in categories(written)
        for name, conflict in category.get("conflicts", {}).items()
    }
    path = one["conflict"]
    if path not in conflicts:
        yield fault_at(one, path, f"there is no conflict `{path}`", one_of_these(path, conflicts))
        return
    settled = conflicts[path].setdefault("settled", LocatedList(one.file, one.line))
    if any(other["from"] == one["from"] for other in settled):
        what = f"the conflict is settled twice from {one['from']}"
        yield fault_at(one, path, what, "keep one of them")
    settled.append(made_by(one, {"reading": one["reading"], **cited(one)}))
    settled.sort(key=lambda settlement: settlement["from"])


def _name(written: LocatedDict, one: LocatedDict) -> Iterator[Fault]:
    category = yield from _category(written, one)
    if category is None:
        return
    names = category.setdefault("names", LocatedList(one.file, one.line))
    if any(other["from"] == one["from"] for other in names):
        what = f"the category is named twice from {one['from']}"
        yield fault_at(one, one["category"], what, "keep one of the names")
    names.append(made_by(one, {"label": one["label"], **cited(one)}))
    names.sort(key=lambda name: name["from"])


def _category(written: LocatedDict, one: LocatedDict) -> Generator[Fault, None, LocatedDict | None]:
    """The category that an amendment is about."""
    there = {category.get("id"): category for category in categories(written)}
    if one["category"] not in there:
        what = f"there is no category `{one['category']}`"
        yield fault_at(one, one["category"], what, one_of_these(one["category"], there))
    return there.get(one["category"])


def _row(written: LocatedDict, one: LocatedDict) -> Iterator[Fault]:
    category = yield from _category(written, one)
    if category is None:
        return
    items, row = category["items"], one["row"]
    row["since"] = one["from"]
    row.amended = True
    for name, given in cited(one).items():
        row.setdefault(name, given)
    same = [n for n, item in enumerate(items) if item.get("id") == row.get("id")]
    replaced: LocatedDict | None = items[same[-1]] if same else None
    if replaced and replaced.amended and replaced["since"] == one["from"]:
        what = f"the row is replaced from {one['from']} already, in {replaced.file}"
        yield fault_at(one, row["id"], what, "keep one of them")
    elif replaced and "until" not in replaced:
        replaced["until"] = one["from"]
        if "change" in replaced:  # which rows it was before the reform; why, only the office knows
            row.setdefault("change", made_by(one, {"was": replaced["change"].get("was", [])}))
        items.insert(same[-1] + 1, row)
    else:
        items.append(row)


def _correct(written: LocatedDict, one: LocatedDict) -> Iterator[Fault]:
    figures: dict[str, LocatedDict] = {}
    # A category's own cap before that of its only row.
    for path, value in targets(written, one["from"]):
        figures.setdefault(path, value)
    path, reading = one["figure"], one.get("reading")
    if path not in figures:
        yield fault_at(one, path, f"there is no figure `{path}`", one_of_these(path, figures))
        return
    value = figures[path]
    readings = value.get("readings")
    if readings is not None:
        if reading not in readings:
            what = "this value has readings"
            fix = f"settle the conflict `{value.get('conflict')}`, or say which: `reading:`"
            yield fault_at(one, path, what, f"{fix} {', '.join(readings)}")
            return
        value = readings[reading]
    elif reading is not None:
        yield fault_at(one, path, "this value has no readings", "leave out `reading:`")
        return
    yield from enter(history_of(value), one, path)
    for copy in copies(written, value):
        follow(history_of(copy), one)


_WORKED_IN: tuple[tuple[str, Callable[[LocatedDict, LocatedDict], Iterable[Fault]]], ...] = (
    ("settle", _settle),
    ("rows", _row),
    ("names", _name),
    ("correct", _correct),
)
"""The lists of an overlay whose amendments have a day; corrections last, as rows may be theirs."""
