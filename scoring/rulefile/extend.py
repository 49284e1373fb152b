"""A ruleset on top of the common one that it extends: it writes only what differs.

Parts, categories and rows are matched by their ids; documents, conflicts, papers and facts by their
keys; everything else that a county writes stands instead of what it extends. A value of its own
never takes a source that the common ruleset gives: it says its own.
"""

from collections.abc import Sequence
from typing import Any

from scoring.errors import Fault
from scoring.rulefile.amend import amend
from scoring.rulefile.defaults import CITED, fill_in
from scoring.rulefile.yaml_source import LocatedDict, LocatedList

_BY_ID = ("parts", "categories", "items")
_BY_KEY = ("documents", "facts", "evidence", "conflicts", "defaults")
_OF_ITS_OWN = ("id", "remarks", "predecessor")  # of the common ruleset's head: not handed on
_MUST_SAY = frozenset({"status", "source"})


def extend(
    common: LocatedDict, own: LocatedDict, amending: Sequence[LocatedDict] = ()
) -> tuple[LocatedDict, list[Fault]]:
    """The ruleset that `own` writes on top of `common`; both as read. Changes both.

    Values of the common one count from the first day of `own`; `amending` are the files that amend
    it, where the county writes nothing of its own.
    """
    first = _of(own, "defaults").get("from")
    if first is not None:
        common.setdefault("defaults", LocatedDict(common.file, common.line))["from"] = first
    fill_in(common)
    faults = amend(common, amending)
    if faults:
        return own, faults
    fill_in(own)
    for key in _OF_ITS_OWN:
        common.pop(key, None)
    made = _merged(common, own, faults)
    unused = common.get("documents", {}).keys() - own.get("documents", {}).keys() - _cited(made)
    for id in unused:
        del made["documents"][id]
    return made, faults


def _merged(
    common: LocatedDict, own: LocatedDict, faults: list[Fault], cited: bool = True
) -> LocatedDict:
    """`cited`: around here the county says nearer than the common ruleset where things stand."""
    cited = _says(own) or (cited and not _says(common))
    made = LocatedDict(own.file, own.line)
    made.update(common)
    made.lines.update(common.lines)
    for key, value in own.items():
        before = made.get(key)
        if key in CITED and before is not None and not cited:
            continue  # filled in from further away
        if key in _BY_ID and isinstance(before, list) and isinstance(value, list):
            made[key] = _by_id(before, value, faults, cited)
        elif key in _BY_KEY and isinstance(before, dict) and isinstance(value, dict):
            made[key] = _joined(before, value)
        else:
            made[key] = value
            faults += _without_source(key, value)
        made.lines[key] = own.lines.get(key, own.line)
    return made


def _says(thing: LocatedDict) -> bool:
    """Whether it says itself where it stands; what was filled in has no line."""
    return not _MUST_SAY.isdisjoint(thing.lines)


def _by_id(common: list[Any], own: list[Any], faults: list[Fault], cited: bool) -> LocatedList:
    made = LocatedList(getattr(own, "file", ""), getattr(own, "line", 0))
    changes = {one.get("id"): one for one in own if isinstance(one, LocatedDict)}
    for one in common:
        change = changes.pop(one.get("id"), None)
        made.append(one if change is None else _merged(one, change, faults, cited))
    made.extend(one for one in own if not isinstance(one, LocatedDict) or one.get("id") in changes)
    return made


def _joined(common: dict[str, Any], own: Any) -> LocatedDict:
    made = LocatedDict(own.file, own.line)
    made.update({**common, **own})
    made.lines.update({**getattr(common, "lines", {}), **own.lines})
    return made


def _cited(thing: Any) -> set[Any]:
    """The documents that anything in it cites."""
    inside = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ()
    own = {thing["document"]} if isinstance(thing, dict) and "document" in thing else set()
    return own.union(*map(_cited, inside))


def _without_source(key: str, value: Any) -> list[Fault]:
    """What the county's value leaves unsaid; the checks would take it from the common ruleset."""
    if not isinstance(value, LocatedDict) or "value" not in value:
        return []
    return [
        Fault(value.file, value.line, key, f"it has no {name}", f"add its {name} to the row")
        for name in sorted(_MUST_SAY, reverse=True)
        if name not in value
    ]


def _of(thing: LocatedDict, key: str) -> dict[str, Any]:
    found = thing.get(key)
    return found if isinstance(found, dict) else {}
