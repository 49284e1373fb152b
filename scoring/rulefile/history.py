"""The history of a value: what it becomes, and from which day."""

from collections.abc import Iterator

from scoring.errors import Fault
from scoring.rulefile.defaults import CITED
from scoring.rulefile.pieces import categories, cited, fault_at, made_by
from scoring.rulefile.yaml_source import LocatedDict, LocatedList

_SAID = {"from", "source", "verified_on"}
"""What a settlement must say before anything can be cited by it; the checks find what lacks."""


def cite_settled(written: LocatedDict) -> bool:
    """Let every value whose conflict is settled be cited by the settlement from its day on: what
    the office decided is its own word, not that of the reading it agrees with. Done last; a
    correction from the same day on says its own. Whether there was any."""
    found = [
        (value["readings"][one["reading"]], one)
        for category in categories(written)
        for name, conflict in category.get("conflicts", {}).items()
        for one in conflict.get("settled", ())
        if one.keys() >= _SAID
        for value in _values(category)
        if value.get("conflict") == name and one["reading"] in value.get("readings", {})
    ]
    for value, one in found:
        _confirm(history_of(value), one)
    return bool(found)


def _values(category: LocatedDict) -> Iterator[LocatedDict]:
    """Every value of a category and of its rows."""
    for holder in (category, *category.get("joint_caps", ()), *category.get("items", ())):
        yield from (one for one in holder.values() if isinstance(one, LocatedDict))


def _confirm(history: LocatedList, one: LocatedDict) -> None:
    begun = [entry for entry in history if entry["from"] <= one["from"]]
    same = bool(begun) and begun[-1]["from"] == one["from"]
    if begun and not (same and begun[-1].amended):
        confirmed = made_by(one, {**begun[-1], **cited(one)})
        history[len(begun) - same : len(begun)] = [confirmed]


def history_of(value: LocatedDict) -> LocatedList:
    """The value's history; a short form becomes a history of one."""
    if "history" not in value:
        first = LocatedDict(value.file, value.line)
        first["value"] = value.pop("value", None)
        first.update({name: value[name] for name in (*CITED, "unit") if name in value})
        value["history"] = LocatedList(value.file, value.line)
        value["history"].append(first)
    found: LocatedList = value["history"]
    return found


def enter(history: LocatedList, one: LocatedDict, path: str) -> Iterator[Fault]:
    """Put an entry into its place; on the day of an entry of the ruleset's own, instead of it."""
    entry = made_by(one, {"value": one["value"], **cited(one)})
    if "unit" in one:
        entry["unit"] = one["unit"]
    same = [n for n, other in enumerate(history) if other.get("from") == one["from"]]
    if same and history[same[0]].amended and not history[same[0]].copied:
        what = f"the figure is corrected twice from {one['from']}"
        yield fault_at(one, path, what, "keep one of them")
    elif same:
        history[same[0]] = entry
    else:
        _insert(history, entry)


def _insert(history: LocatedList, entry: LocatedDict) -> None:
    begun = [other for other in history if "from" not in other or other["from"] < entry["from"]]
    history.insert(len(begun), entry)


def follow(history: LocatedList, one: LocatedDict) -> None:
    """Enter what another row is corrected to, unless the reading is corrected itself that day."""
    if not any(other.get("from") == one["from"] and other.amended for other in history):
        copied = made_by(one, {"value": one["value"], **cited(one)})
        copied.copied = True
        history[:] = [other for other in history if other.get("from") != one["from"]]
        _insert(history, copied)


def copies(written: LocatedDict, value: LocatedDict) -> list[LocatedDict]:
    """The readings of other rows that give this value of a row: `as:` its id."""
    return [
        reading
        for category in categories(written)
        for item in category.get("items", ())
        if any(one is value for one in item.values())
        for other in _values(category)
        for reading in other.get("readings", {}).values()
        if reading.get("as") == item.get("id")
    ]
