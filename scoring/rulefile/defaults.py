"""What a value does not say itself, it takes from the thing around it."""

from typing import Any

from scoring.rulefile.yaml_source import LocatedDict

CITED = ("from", "status", "source", "verified_on")
_VALUE_KEYS = frozenset({"value", "history", "readings"})


def fill_in(ruleset: Any) -> None:
    """Fill in, in place, the dates, status and source of every value of a ruleset as written.

    Nearest first: the value, its reading, its item, its category, its part; the two dates also from
    `defaults` at the head of the file. Anything malformed is left for the checks.
    """
    defaults = ruleset.get("defaults") if isinstance(ruleset, dict) else None
    dates = defaults if isinstance(defaults, dict) else {}
    head = {name: dates[name] for name in ("from", "verified_on") if name in dates}
    for part in _dicts(ruleset, "parts"):
        of_part = _take(part, head)
        _value(part.get("cap"), of_part, {})
        for category in _dicts(part, "categories"):
            _category(category, _take(category, of_part))


def _category(category: LocatedDict, around: dict[str, Any]) -> None:
    readings = _readings(category, around)
    for scope in _dicts(category, "scope"):
        _take(scope, around)
    for name in ("cap", "combine"):
        _value(category.get(name), around, readings)
    for joint in _dicts(category, "joint_caps"):
        _value(joint.get("cap"), around, readings)
    for item in _dicts(category, "items"):
        of_item = _take(item, around)
        for scope in _dicts(item, "scope"):
            _take(scope, of_item)
        for value in item.values():
            _value(value, of_item, readings)


def _readings(category: LocatedDict, around: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """For each conflict: reading → what its values take from it."""
    conflicts = category.get("conflicts")
    found: dict[str, dict[str, Any]] = {}
    for name, conflict in conflicts.items() if isinstance(conflicts, dict) else ():
        readings = conflict.get("readings") if isinstance(conflict, dict) else None
        if isinstance(readings, dict):
            found[name] = {
                id: _own(reading)
                for id, reading in readings.items()
                if isinstance(reading, LocatedDict)
            }
            for reading in readings.values():
                if isinstance(reading, LocatedDict):
                    _take(reading, around)
    return found


def _value(value: Any, around: dict[str, Any], conflicts: dict[str, dict[str, Any]]) -> None:
    if not isinstance(value, LocatedDict) or _VALUE_KEYS.isdisjoint(value):
        return
    unit = {"unit": value["unit"]} if "unit" in value else {}
    taken = _take(value, around)
    readings = value.get("readings")
    if isinstance(readings, dict):
        own = conflicts.get(str(value.get("conflict")), {})
        for id, dated in readings.items():
            if isinstance(dated, LocatedDict):
                _dated(dated, {**taken, **own.get(id, {}), **unit})
    _entries(value, {**taken, **unit})


def _dated(dated: LocatedDict, around: dict[str, Any]) -> None:
    for name, given in around.items():
        dated.setdefault(name, given)
    _entries(dated, {**around, **_own(dated)})


def _entries(dated: LocatedDict, around: dict[str, Any]) -> None:
    for entry in _dicts(dated, "history"):
        for name, given in around.items():
            entry.setdefault(name, given)


def _take(thing: LocatedDict, around: dict[str, Any]) -> dict[str, Any]:
    for name, given in around.items():
        thing.setdefault(name, given)
    return _own(thing)


def _own(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: thing[name] for name in CITED if name in thing}


def _dicts(thing: Any, name: str) -> list[LocatedDict]:
    found = thing.get(name) if isinstance(thing, dict) else None
    return [one for one in found if isinstance(one, LocatedDict)] if isinstance(found, list) else []
