"""The values of a ruleset as written, by the paths of their figures."""

from collections.abc import Iterator
from datetime import date

from scoring.rulefile.kinds import KINDS
from scoring.rulefile.pieces import categories
from scoring.rulefile.yaml_source import LocatedDict


def targets(written: LocatedDict, on: date) -> Iterator[tuple[str, LocatedDict]]:
    """Every value as written by the paths of its figure; of a replaced row, that of the day."""
    for part in written.get("parts", ()):
        if "cap" in part:
            yield f"{part.get('id')}.cap", part["cap"]
    for category in categories(written):
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
