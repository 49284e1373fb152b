"""Which papers prove a line, and who verifies: a table beside this file, or the ruleset's own."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from scoring.located import read_yaml
from scoring.results import Evidence
from scoring.rules.base import Item
from scoring.written import EvidenceEntry, Written


@cache
def common_evidence() -> Mapping[str, tuple[EvidenceEntry, ...]]:
    """The table of the package by key."""
    written = read_yaml(Path(__file__).with_name("evidence.yaml"))
    return {
        key: tuple(EvidenceEntry(**entry) for entry in entries) for key, entries in written.items()
    }


def table(ruleset: Written) -> Mapping[str, tuple[EvidenceEntry, ...]]:
    """The evidence table a ruleset uses."""
    return {**common_evidence(), **ruleset.evidence}


Asked = tuple[frozenset[str], Evidence]
"""A paper, and the choices that call for it (none: everybody brings it)."""


def entries_for(ruleset: Written, category: str, item: Item) -> tuple[Asked, ...]:
    """What one row asks for, if it gives points."""
    if item.evidence is None:
        return ()
    entries = table(ruleset).get(item.evidence, ())
    return tuple(
        (frozenset(entry.when), _evidence(item.evidence, entry, (category,), (item.id,)))
        for entry in entries
    )


def called_for(asked: Iterable[Asked], known: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """The papers that these answers call for."""
    chosen: set[Any] = set()
    for answer in known.values():
        chosen.update(answer if isinstance(answer, frozenset) else (answer,))
    return tuple(paper for when, paper in asked if not when or when & chosen)


@lru_cache(maxsize=64)
def base_papers(ruleset: Written) -> tuple[Evidence, ...]:
    """What everybody brings."""
    return tuple(_evidence("base", entry, (), ()) for entry in table(ruleset)["base"])


def _evidence(
    id: str, entry: EvidenceEntry, categories: tuple[str, ...], items: tuple[str, ...]
) -> Evidence:
    return Evidence(
        id=id,
        categories=categories,
        items=items,
        papers=entry.papers,
        verified_by=entry.verified_by,
        status=entry.status,
        verifier_status=entry.verifier_status or entry.status,
        condition=entry.condition,
        note=entry.note,
    )


def merged(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The same papers asked for by several rows, once, in the order in which they first come."""
    found: dict[tuple[str, tuple[str, ...]], Evidence] = {}
    for piece in pieces:
        key = (piece.id, piece.papers)
        before = found.get(key)
        found[key] = piece if before is None else _joined(before, piece)
    return tuple(found.values())


def _joined(first: Evidence, second: Evidence) -> Evidence:
    return Evidence(
        id=first.id,
        categories=tuple(dict.fromkeys(first.categories + second.categories)),
        items=tuple(dict.fromkeys(first.items + second.items)),
        papers=first.papers,
        verified_by=first.verified_by,
        status=first.status,
        verifier_status=first.verifier_status,
        condition=first.condition,
        note=first.note,
    )
