"""The papers to bring, one by one and numbered, with what was said of each: had, or missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from dialogs.conversation import Conversation, Ticks
from dialogs.flow import Talk
from scoring import Estimate
from scoring.engine.results import Evidence

State = Literal["have", "missing", ""]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `office` verifies it; `where` it is had, in how many working `days` and for how
    many `yuan`, no source may say. `lines`: what it proves; `facts`: those behind them."""

    number: int
    name: str
    office: str
    condition: str | None
    lines: tuple[str, ...]
    facts: frozenset[str]
    where: str | None
    days: int | None
    yuan: Decimal | None
    state: State

    @property
    def sign(self) -> str:
        """Its number as it stands in a list: the bare ones are those of choices."""
        return circled(self.number)


def circled(number: int) -> str:
    """A number in a circle, as far as there are such signs.

    >>> circled(3), circled(25), circled(60)
    ('③', '㉕', '(60)')
    """
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return f"({number})"


def listed(estimate: Estimate, ticks: Ticks) -> tuple[Paper, ...]:
    """The papers of an estimate by office, numbered in this order."""
    asked = [one for one in estimate.evidence if one.papers]
    offices = list(dict.fromkeys(one.verified_by for one in asked))
    each = [(one, name) for one in asked for name in one.papers]
    each.sort(key=lambda pair: offices.index(pair[0].verified_by))
    labels = {one.id: one.label for one in estimate.categories()}
    facts = {item.id: item.facts for one in estimate.categories() for item in one.items}
    return tuple(
        _paper(number, name, one, labels, facts, ticks)
        for number, (one, name) in enumerate(each, 1)
    )


def _paper(
    number: int,
    name: str,
    one: Evidence,
    labels: Mapping[str, str],
    facts: Mapping[str, tuple[str, ...]],
    ticks: Ticks,
) -> Paper:
    return Paper(
        number=number,
        name=name,
        office=one.verified_by,
        condition=one.condition,
        lines=tuple(labels.get(id, id) for id in one.categories),
        facts=frozenset(fact for item in one.items for fact in facts.get(item, ())),
        where=one.where,
        days=one.days,
        yuan=one.yuan,
        state=ticks.of(name),
    )


def papers(talk: Talk) -> tuple[Paper, ...]:
    """Those of the person whose turn it is."""
    return listed(talk.estimate, talk.conversation.papers)


def by_office(listing: Iterable[Paper]) -> Iterator[tuple[str, list[Paper]]]:
    """Each office with the papers it verifies."""
    for office, group in groupby(listing, key=lambda paper: paper.office):
        yield office, list(group)


def missing(listing: Iterable[Paper]) -> list[Paper]:
    """Those that one said one has not."""
    return [paper for paper in listing if paper.state == "missing"]


def undecided(listing: Iterable[Paper]) -> list[Paper]:
    """Those of which nothing was said, and which everybody needs to whom they are listed."""
    return [paper for paper in listing if not paper.state and not paper.condition]


def ticked(ticks: Ticks, said: Mapping[str, State], listing: Sequence[Paper]) -> Ticks:
    """The ticks with what was said now; only of papers that are asked for."""
    states = {paper.name: said.get(paper.name, ticks.of(paper.name)) for paper in listing}
    return Ticks(
        have=tuple(name for name, state in states.items() if state == "have"),
        missing=tuple(name for name, state in states.items() if state == "missing"),
    )


def asked_only(talk: Talk) -> Conversation:
    """The conversation without ticks of papers that its answers no longer call for: each would
    still tell what was answered before."""
    conversation = talk.conversation
    if conversation.papers == Ticks():
        return conversation
    return conversation.but(papers=ticked(conversation.papers, {}, papers(talk)))
