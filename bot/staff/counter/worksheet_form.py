"""The form of a worksheet: what was found, and the points the rules give for that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from werkzeug.datastructures import MultiDict

from bot.staff.counter.entries import Entry, entries
from bot.staff.counter.fact_fields import AnswerError, read_field
from bot.staff.forms import short_text
from bot.worksheets import (
    CHANGED,
    NOTHING,
    OPEN,
    REFUSED,
    RESULTS,
    VERIFIED,
    Line,
    Sheet,
    decide,
)
from scoring import Determination, Ruleset, determination, estimate, read_facts
from scoring.analysis.determination import Keyed
from scoring.engine import verified
from scoring.engine.results import Estimate, ItemResult

LONGEST = 200
MOST_POINTS = Decimal(1000)  # where a ruleset states no end: only catches slips of the pen
MOST_SIGNS = 7  # as many as a field for points takes
BETWEEN_PAPERS = "、"

Form = MultiDict[str, str]
Span = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Fault:
    """A field that cannot be taken: no answer to its fact, or points out of what is `allowed`."""

    entry: str
    typed: str
    allowed: Span | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry as it stands: what was decided, found and written; `typed` are points by row."""

    entry: Entry
    result: str
    facts: Mapping[str, Any]
    reason: str = ""
    papers: str = ""
    typed: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """What the form says: decisions by entry, their lines, and the fields that are at fault."""

    decisions: Mapping[str, Decision]
    lines: tuple[Line, ...]
    faults: Mapping[str, Fault]

    def unlike(self, sheet: Sheet) -> list[Line]:
        """The lines that the sheet has otherwise."""
        blank = {line.item: line for line in self.lines if line.is_blank}
        return [
            line for line in self.lines if sheet.lines.get(line.item, blank.get(line.item)) != line
        ]


class Worksheet:
    """A sheet under the rules of a day, beside what the citizen `told` (facts as they are kept)
    and the estimate of that (`claimed`)."""

    def __init__(
        self,
        rules: Ruleset,
        on: date,
        told: Mapping[str, Any],
        claimed: Estimate | None,
        sheet: Sheet,
    ) -> None:
        self.rules, self.on, self.told, self.claimed, self.sheet = rules, on, told, claimed, sheet
        self.entries = entries(rules, on)
        self._allowed = verified.allowed(rules, on)

    def determination(self, key: Keyed | None) -> Determination | None:
        """The id of the estimate of what was told; None where nothing was."""
        if not self.told:
            return None
        return determination(self.rules, self.told, on=self.on, key=key)

    def showing(self, given: "Given") -> "Worksheet":
        """The same with what a form says instead of what was kept, to be shown again."""
        lines = {line.item: line for line in given.lines if not line.is_blank}
        sheet = replace(self.sheet, lines=lines)
        return Worksheet(self.rules, self.on, self.told, self.claimed, sheet)

    def kept(self) -> dict[str, Decision]:
        """What is saved so far, by entry; the claims where nothing is."""
        return {id: self._kept(entry) for id, entry in self.entries.items()}

    def lines(self, entry: Entry) -> list[Line]:
        """The lines of an entry."""
        lines = self.sheet.lines
        return [lines[row.item.id] for row in entry.rows if row.item.id in lines]

    def points(self, entry: Entry) -> Decimal:
        """What an entry gives, as far as it is decided."""
        return sum((line.verified or NOTHING for line in self.lines(entry)), NOTHING)

    @property
    def total(self) -> Decimal:
        """What the lines come to together, within the caps."""
        points = {id: line.verified or NOTHING for id, line in self.sheet.lines.items()}
        return verified.together(self.rules, points, self.on)

    def claim(self, entry: Entry) -> dict[str, Any]:
        """What the citizen told of an entry."""
        return {id: self.told[id] for id in entry.told_by if id in self.told}

    def result(self, decisions: Mapping[str, Decision]) -> Estimate:
        """What the rules give for everything that was found, and told of what is still open."""
        facts = dict(self.told)
        for one in decisions.values():
            for id in one.entry.told_by:
                facts.pop(id, None)
            facts |= one.facts
        return estimate(self.rules, read_facts(facts, self.rules.catalogue), on=self.on)

    def span(self, item: ItemResult) -> Span | None:
        """Between what a clerk may set the points of a row, since the rules leave them open: they
        can be read in several ways, or are not published. None where they follow from the facts."""
        kinds = {one.kind for one in item.unsettled}
        if "unpublished" in kinds:
            least, most = self._allowed[item.id]
        elif "reading" in kinds:
            least, most = item.low, item.high
        else:
            return None
        bounds = (max(-MOST_POINTS, least), min(MOST_POINTS, most))
        return bounds if bounds[0] < bounds[1] else None

    def given(self, form: Form, everything: bool = False) -> Given:
        """What the form says; a field that it lacks is as it was kept. `everything`: what the
        citizen told and is still open is true."""
        faults: dict[str, Fault] = {}
        read = {id: self._read(form, one, faults) for id, one in self.kept().items()}
        if everything:
            read = {id: self._agreed(one) for id, one in read.items()}
        items = rows_of(self.result(read))
        decisions = {id: self._with_points(form, one, items, faults) for id, one in read.items()}
        lines = [line for one in decisions.values() for line in self._lines(one, items)]
        return Given(decisions, tuple(lines), faults)

    def _kept(self, entry: Entry) -> Decision:
        lines = self.lines(entry)
        found = {id: value for line in lines for id, value in line.facts.items()}
        return Decision(
            entry,
            _worst(line.result for line in lines),
            found or self.claim(entry),
            next((line.reason for line in lines if line.reason), ""),
            next((line.papers for line in lines if line.papers), ""),
            {line.item: line.verified for line in lines if line.verified is not None},
        )

    def _read(self, form: Form, kept: Decision, faults: dict[str, Fault]) -> Decision:
        entry = kept.entry
        found = dict(kept.facts)
        for fact in entry.facts:
            name = f"fact-{fact.id}"
            if name not in form:
                continue
            try:
                value = read_field(fact, form.getlist(name), self.on)
            except AnswerError:
                faults[name] = Fault(entry.id, form[name][:LONGEST])
                continue
            if value is not None:
                others = entry.told_by - {one.id for one in entry.facts}
                found = {id: one for id, one in found.items() if id not in others}
            found |= {fact.id: _plain(value)}
        found = {id: value for id, value in found.items() if value is not None}
        result = form.get(f"result-{entry.id}", kept.result)
        if result not in RESULTS:
            result = kept.result
        if result == OPEN and not _same(found, self.claim(entry)):
            result = CHANGED
        reason, papers = kept.reason, kept.papers
        if f"reason-{entry.id}" in form:
            reason = short_text(form[f"reason-{entry.id}"], LONGEST)
        if f"papers-{entry.id}" in form:
            each = (*form.getlist(f"paper-{entry.id}"), form[f"papers-{entry.id}"])
            papers = short_text(BETWEEN_PAPERS.join(one for one in each if one.strip()), LONGEST)
        return Decision(entry, result, {} if result == REFUSED else found, reason, papers)

    def _agreed(self, one: Decision) -> Decision:
        told = self.claim(one.entry)
        return replace(one, result=VERIFIED) if told and one.result == OPEN else one

    def _with_points(
        self,
        form: Form,
        one: Decision,
        items: Mapping[str, ItemResult],
        faults: dict[str, Fault],
    ) -> Decision:
        """The same with the points that the clerk set where the rules leave them open."""
        if one.result in (OPEN, REFUSED):
            return one
        typed = {}
        for row in one.entry.rows:
            id = row.item.id
            span, name = self.span(items[id]), f"verified-{id}"
            kept = one.typed.get(id)
            text = form.get(name, "" if kept is None else str(kept)).strip()
            if span is None or not text:
                continue
            points = _points(text)
            if points is None or not span[0] <= points <= span[1]:
                faults[name] = Fault(one.entry.id, text[:MOST_SIGNS], span)
            else:
                typed[id] = points
        return replace(one, typed=typed)

    def _lines(self, one: Decision, items: Mapping[str, ItemResult]) -> Iterator[Line]:
        known = self.sheet.lines
        claims = {id: line.claimed for id, line in known.items()}
        rows = [row.item.id for row in one.entry.rows]
        has_facts = not one.entry.told_by.isdisjoint(one.facts)
        points = {id: one.typed.get(id, items[id].points) for id in rows} if has_facts else {}
        shown = [id for id in rows if claims.get(id) or points.get(id)]
        shown = shown or [id for id in rows if id in known][:1] or rows[:1]
        for number, id in enumerate(shown):
            line = Line(
                id,
                claims.get(id, NOTHING),
                one.papers if not number else "",
                None if one.result == OPEN else points.get(id),
                one.result,
                one.reason,
                {} if number or one.result == OPEN else one.facts,
            )
            line = decide(line)
            if one.result != REFUSED and points.get(id, items[id].points) != items[id].points:
                line = replace(line, result=CHANGED)  # the clerk's own judgement needs a reason
            yield line


def rows_of(result: Estimate) -> dict[str, ItemResult]:
    """The rows of an estimate by id."""
    return {
        item.id: item
        for part in result.parts
        for category in part.categories
        for item in category.items
    }


def _same(found: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether two answers are one: what the talk keeps is JSON."""
    return {k: _plain(v) for k, v in found.items()} == {k: _plain(v) for k, v in told.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, list | frozenset) else value


def _worst(results: Iterator[str]) -> str:
    """The result of an entry from those of its lines: a change of one is a change."""
    found = set(results)
    return next((one for one in (REFUSED, CHANGED, VERIFIED, OPEN) if one in found), OPEN)


def _points(text: str) -> Decimal | None:
    """Points as typed, at most two places; None when they are none."""
    try:
        points = Decimal(text)
    except InvalidOperation:
        return None
    return points.quantize(Decimal("0.01")) if abs(points) <= MOST_POINTS else None
