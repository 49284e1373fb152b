"""Which papers the lines of an estimate ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from scoring.engine.results import Evidence
from scoring.rulefile.evidence_table import table
from scoring.rulefile.kinds.base import Item
from scoring.rulefile.model import EvidenceEntry, Written

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
        if entry.personal
    )


def called_for(asked: Iterable[Asked], known: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """The papers that these answers call for."""
    chosen: set[Any] = set()
    for answer in known.values():
        chosen.update(answer if isinstance(answer, frozenset) else (answer,))
    return tuple(paper for when, paper in asked if not when or when & chosen)


@lru_cache(maxsize=64)
def base_papers(ruleset: Written, permit: str | None) -> tuple[Evidence, ...]:
    """What everybody brings; not the permit where the person said that there is none."""
    return tuple(
        _evidence("base", entry, (), ())
        for entry in table(ruleset)["base"]
        if not entry.when or permit is None or permit in entry.when
    )


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
        where=entry.obtained.where,
        days=entry.obtained.days,
        yuan=entry.obtained.yuan,
    )


def merged(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The same papers asked for by several rows, once, in the order in which they first come."""
    found: dict[tuple[str, ...], Evidence] = {}
    for piece in pieces:
        key = piece.papers or (piece.id,)
        before = found.get(key)
        found[key] = piece if before is None else _joined(before, piece)
    return tuple(found.values())


def _joined(first: Evidence, second: Evidence) -> Evidence:
    return replace(
        first,
        categories=tuple(dict.fromkeys(first.categories + second.categories)),
        items=tuple(dict.fromkeys(first.items + second.items)),
        verified_by="、".join(dict.fromkeys((first.verified_by, second.verified_by))),
        note=first.note or second.note,
    )
