"""One row on a day: from answers to points, low and high, the arithmetic and the reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from scoring.ages import Ages
from scoring.engine.evidence import Asked, called_for
from scoring.engine.results import (
    Evidence,
    Explanation,
    ItemResult,
    ReadingOutcome,
    Unsettled,
    limited,
)
from scoring.rulefile.kinds.base import Law, Working
from scoring.rulefile.values import Source

REMEMBERED = 512
"""How many results of a row are kept: people give the same answers again and again."""

_WEAKNESS = ("stated", "standard", "inferred", "unpublished")
Span = tuple[Decimal, Decimal]
Answers = tuple[Any, ...]


class Citation(NamedTuple):
    """What is cited for a value; `amended`: by an office's amendment."""

    status: str
    source: Source
    since: date | None
    verified_on: date | None
    amended: bool


class OpenReading(NamedTuple):
    """One reading of a conflict that is still open."""

    id: str
    label: str
    default: bool
    status: str
    source: Source


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A conflict that is still open. `choices`: each reading with the combination of readings that
    has it and is otherwise the default; `pairs`: combinations that differ in this conflict only."""

    id: str
    label: str
    about: str
    choices: tuple[tuple[OpenReading, int], ...]
    pairs: tuple[tuple[int, int], ...]

    def matters(self, spans: Sequence[Span]) -> bool:
        """Whether the reading makes a difference to these spans, one for each combination."""
        return any(spans[one] != spans[two] for one, two in self.pairs)

    def unsettled(self) -> Unsettled:
        """Why low and high differ."""
        return Unsettled("reading", self.id, self.label, self.about)

    def outcomes(self, points: Sequence[Decimal]) -> list[ReadingOutcome]:
        """What is given under each reading; `points` has one for each combination."""
        return [
            ReadingOutcome(
                self.id,
                self.label,
                one.id,
                one.label,
                one.default,
                points[combo],
                one.status,
                one.source,
                self.about,
            )
            for one, combo in self.choices
        ]


class Term(NamedTuple):
    """A row under one combination of readings. `own`: its own cap; `limit`: the least of its own,
    a joint and the category's cap."""

    law: Law
    own: Decimal | None
    limit: Decimal | None

    def points(self, known: Mapping[str, Any]) -> Decimal:
        """Points, an unknown answer counting as nothing."""
        return limited(self.law.raw(known), self.limit)

    def span(self, known: Mapping[str, Any]) -> Span:
        """The least and the most over all ways to complete the answers."""
        low, high = self.law.span(known)
        return limited(low, self.limit), limited(high, self.limit)


class ItemOutcome(NamedTuple):
    """The result of a row, and its points and span under each combination of readings."""

    result: ItemResult
    points: tuple[Decimal, ...]
    spans: tuple[Span, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class ItemAt:
    """One row on a day. `terms` are its different forms, `which` says for each combination of
    readings of the category which of them holds. `choices`: its facts that are tried with each
    choice when unanswered."""

    id: str
    label: str
    rule: str
    facts: tuple[str, ...]
    unit: str
    fact_labels: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]]
    state: str
    deciding: tuple[str, ...]
    own: Citation
    cited: Mapping[str, Citation]
    figures: Mapping[str, Any]
    choice_labels: tuple[str, ...]
    conflicts: tuple[OpenConflict, ...]
    evidence: tuple[Asked, ...]
    terms: tuple[Term, ...]
    which: tuple[int, ...]
    outcome: Callable[[Answers], ItemOutcome] = field(init=False)
    """outcome(answers) → ItemOutcome; answers in the order of `facts`, None where unknown."""
    spans: Callable[[Answers], tuple[Span, ...]] = field(init=False)
    """spans(answers) → the span under each combination of readings."""
    points: Callable[[Answers], tuple[Decimal, ...]] = field(init=False)
    """points(answers) → the points under each combination of readings."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcome", lru_cache(REMEMBERED)(self._outcome))
        object.__setattr__(self, "spans", lru_cache(REMEMBERED)(self._spans))
        object.__setattr__(self, "points", lru_cache(REMEMBERED)(self._points))

    def _known(self, answers: Answers) -> dict[str, Any]:
        return {f: a for f, a in zip(self.facts, answers, strict=True) if a is not None}

    def _spans(self, answers: Answers) -> tuple[Span, ...]:
        worlds = list(self._worlds(self._known(answers)))
        found = [hull([term.span(world) for world in worlds]) for term in self.terms]
        return tuple([found[which] for which in self.which])

    def _worlds(self, known: dict[str, Any]) -> list[dict[str, Any]]:
        """The known answers with every way to answer the choices that are not answered."""
        return worlds(known, {f: c for f, c in self.choices.items() if f not in known})

    def _points(self, answers: Answers) -> tuple[Decimal, ...]:
        known = self._known(answers)
        found = [term.points(known) for term in self.terms]
        return tuple([found[which] for which in self.which])

    def simplest(self, answer: int) -> int:
        """The least quantity that gives the same as this one under every reading."""
        return max(term.law.simplest(answer, term.limit) for term in self.terms)

    def _outcome(self, answers: Answers) -> ItemOutcome:
        known = self._known(answers)
        points, spans = self.points(answers), self.spans(answers)
        low, high = hull(spans)
        term = self.terms[self.which[0]]
        working, raw = term.law.working(known), term.law.raw(known)
        capped = term.limit is not None and raw > term.limit
        cited = self._citation(working, by_cap=capped and term.limit == term.own)
        result = ItemResult(
            id=self.id,
            label=self.label,
            points=max(points[0], low),
            low=low,
            high=high,
            cap=term.limit,
            rule=self.rule,
            status=cited.status,
            source=cited.source,
            since=cited.since,
            verified_on=cited.verified_on,
            amended=cited.amended,
            facts=self.facts,
            explanation=self._explanation(known, term, working, raw, points),
            unsettled=self._unsettled(known, term.law, spans),
            counted=True,
        )
        gives = result.points > 0 or (high > 0 and term.law.unsure(known))
        papers = called_for(self.evidence, known) if gives else ()
        return ItemOutcome(result, points, spans, papers)

    def _explanation(
        self,
        known: dict[str, Any],
        term: Term,
        working: Working,
        raw: Decimal,
        points: tuple[Decimal, ...],
    ) -> Explanation:
        return Explanation(
            answers=tuple(known.items()),
            quantity=working.quantity,
            unit=self.unit,
            step=working.step,
            units=working.units,
            rate=working.rate,
            raw=raw,
            cap=term.limit,
            capped=term.limit is not None and raw > term.limit,
            matched=working.matched,
            choices=self.choice_labels,
            figures=self.figures,
            readings=tuple(one for c in self.conflicts for one in c.outcomes(points)),
            state=self.state,
        )

    def _citation(self, working: Working, by_cap: bool) -> Citation:
        """The weakest citation of what decided: a chain is as sure as its weakest link."""
        deciding = self.deciding if working.decided_by is None else working.decided_by
        names = ("cap",) if by_cap else deciding
        found = [self.cited[name] for name in names if name in self.cited]
        return max(found, key=lambda one: _WEAKNESS.index(one.status), default=self.own)

    def _unsettled(
        self, known: dict[str, Any], law: Law, spans: tuple[Span, ...]
    ) -> tuple[Unsettled, ...]:
        why: list[Unsettled] = []
        low, high = hull(spans)
        if low != high:
            missing = [f for f in self.facts if f not in known or isinstance(known[f], Ages)]
            why += [Unsettled("unanswered", fact, self.fact_labels[fact]) for fact in missing]
            why += [c.unsettled() for c in self.conflicts if c.matters(spans)]
        if law.unsure(known):
            why.append(Unsettled("unpublished", self.id, self.label))
        return tuple(why)


def hull(spans: Sequence[Span]) -> Span:
    """The least and the most of several spans."""
    if len(spans) == 1:
        return spans[0]
    return min([low for low, _ in spans]), max([high for _, high in spans])


def worlds(known: dict[str, Any], open_: Mapping[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """The known answers with every way to answer the open choices."""
    if not open_:
        return [known]
    ways = product(*open_.values())
    return [{**known, **dict(zip(open_, way, strict=True))} for way in ways]
