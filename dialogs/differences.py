"""复核单: why a line of the official count may differ from one's own, which paper proves it, and
what to say at the window. What may be the cause is data (`differences.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dialogs import data
from dialogs.faq import sources_here
from dialogs.language import in_the_county
from dialogs.papers import Paper
from scoring import FACTS, CategoryResult, Estimate, ItemResult
from scoring.engine.results import Evidence, ReadingOutcome

When = Literal["zero", "less", "more"]
Verdict = Literal["unsaid", "same", "reading", "zero", "less", "more"]


class Cause(BaseModel):
    """Something that makes the official count differ."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    ask: str = ""
    when: tuple[When, ...] = ("zero", "less")
    sources: tuple[str, ...]


class _Of(BaseModel):
    """Which causes may hold of what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    every: tuple[str, ...]
    rule: Mapping[str, tuple[str, ...]]
    combine: Mapping[str, tuple[str, ...]]
    in_the_county: tuple[str, ...]
    paper: Mapping[str, tuple[str, ...]]
    fact: Mapping[str, tuple[str, ...]]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    causes: Mapping[str, Cause]
    of: _Of


@dataclass(frozen=True, slots=True)
class Line:
    """A category as one counts it oneself, and as the `official` count has it, where that was said.
    `reading`: how the rule is read where that alone makes the difference."""

    category: CategoryResult
    causes: tuple[Cause, ...]
    papers: tuple[Paper, ...]
    offices: tuple[str, ...]
    official: Decimal | None
    reading: str = ""

    @property
    def own(self) -> Decimal:
        """The points by one's own answers."""
        return self.category.points

    @property
    def verdict(self) -> Verdict:
        """How the official count stands to it."""
        if self.official is None:
            return "unsaid"
        if self.official == self.own:
            return "same"
        if self.reading:
            return "reading"
        if self.official > self.own:
            return "more"
        return "less" if self.official else "zero"

    @property
    def likely(self) -> list[Cause]:
        """The causes that fit how it differs; those of just this line where nothing was said."""
        if self.verdict == "unsaid":
            return [cause for cause in self.causes if cause not in of_every_line()]
        fitting = [cause for cause in self.causes if self.verdict in cause.when]
        return sorted(fitting, key=lambda cause: cause.when != ("zero",))  # which says just this

    @property
    def disputed(self) -> list[str]:
        """How else its rule is read, with other points."""
        own = self.own
        others = (one for one in _readings(self.category) if one.points != own)
        return list(dict.fromkeys(one.label for one in others if not one.default))

    @property
    def told(self) -> str:
        """What was answered, where the line is of one amount: 42个月."""
        amounts = [
            f"{item.explanation.quantity}{FACTS[item.facts[0]].unit}"
            for item in self.category.items
            if item.explanation.quantity and item.facts and item.facts[0] in FACTS
        ]
        return amounts[0] if len(amounts) == 1 else ""


@cache
def written() -> _File:
    """The causes, and of what they may hold."""
    return data.load("dialogs", "differences.yaml", _File)


@cache
def of_every_line() -> list[Cause]:
    """Those that may hold of any line."""
    return [written().causes[id] for id in written().of.every]


def lines(
    estimate: Estimate, papers: Sequence[Paper], official: Mapping[str, Decimal] | None = None
) -> list[Line]:
    """The categories that count for the person, or that were said of the official count."""
    said = official or {}
    return [
        _line(category, estimate, papers, said.get(category.id))
        for category in estimate.categories()
        if category.points or category.id in said
    ]


def _line(
    category: CategoryResult, estimate: Estimate, papers: Sequence[Paper], official: Decimal | None
) -> Line:
    proofs = [one for one in estimate.evidence if category.id in one.categories]
    names = {name for one in proofs for name in one.papers}
    return Line(
        category=category,
        causes=tuple(filter(_is_known_here, _causes(category, proofs))),
        papers=tuple(paper for paper in papers if paper.name in names),
        offices=tuple(dict.fromkeys(one.verified_by for one in proofs)),
        official=official,
        reading=_reading(category, official),
    )


def _causes(category: CategoryResult, proofs: Iterable[Evidence]) -> list[Cause]:
    return [written().causes[id] for id in dict.fromkeys(_causes_of(category, proofs))]


def _is_known_here(cause: Cause) -> bool:
    """Whether it rests on more than the document of another county."""
    return bool(sources_here(cause.sources))


def _told_of(category: CategoryResult) -> list[ItemResult]:
    """Its rows of which something was told; all where nothing was."""
    told = [one for one in category.items if any(value for _, value in one.explanation.answers)]
    return told or list(category.items)


def _causes_of(category: CategoryResult, proofs: Iterable[Evidence]) -> Iterator[str]:
    """Their ids, the most particular first."""
    of = written().of
    items = _told_of(category)
    facts = [fact for item in items for fact in item.facts]
    for proof in proofs:
        yield from of.paper.get(proof.id, ())
    for fact in facts:
        yield from of.fact.get(fact, ())
    for item in items:
        yield from of.rule.get(item.rule, ())
    if len(category.items) > 1:
        yield from of.combine.get(category.combine, ())
    if any(map(in_the_county, facts)):
        yield from of.in_the_county
    yield from of.every


def _reading(category: CategoryResult, official: Decimal | None) -> str:
    """The label of another reading of the rule that gives just the official points."""
    others = (one for one in _readings(category) if not one.default)
    return next((one.label for one in others if one.points == official), "")


def _readings(category: CategoryResult) -> Iterator[ReadingOutcome]:
    """What the category gives by each reading, as far as one row alone decides it."""
    yield from category.readings
    told = _told_of(category)
    if len(told) == 1:
        yield from told[0].explanation.readings
