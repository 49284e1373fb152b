"""What a file of an operator's own that amends a ruleset may say."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from scoring.rulefile.facts import FactWritten
from scoring.rulefile.model import Document, EvidenceEntry, Remark
from scoring.rulefile.origin import Applied, Beside
from scoring.rulefile.values import Day, Model, Source, SourceRef, Status
from scoring.rulefile.yaml_source import LocatedDict


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
